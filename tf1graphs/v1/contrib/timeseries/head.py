"""``contrib.timeseries.head``: lets a model and a state manager be an Estimator's model function."""

# ruff: noqa: I001 (_tf_estimator comes first: it prepares TensorFlow for the estimators)
from __future__ import annotations

import re
from typing import Any

from tf1graphs.v1 import _tf_estimator  # noqa: F401
from tensorflow.python.framework import dtypes, ops, sparse_tensor
from tensorflow.python.ops import array_ops, math_ops, metrics_impl, variable_scope
from tensorflow.python.summary import summary
from tensorflow.python.training import training_util
from tensorflow.python.util import nest
from tensorflow_estimator.python.estimator.canned import head as head_lib
from tensorflow_estimator.python.estimator.canned import metric_keys
from tensorflow_estimator.python.estimator.export import export_lib
from tensorflow_estimator.python.estimator.mode_keys import ModeKeys
from tensorflow_estimator.python.estimator.model_fn import EstimatorSpec

from tf1graphs.v1.contrib.timeseries._feature_checks import check_predict_features, check_train_eval_features
from tf1graphs.v1.contrib.timeseries._identity_metrics import identity_metric, nested_identity_metric
from tf1graphs.v1.contrib.timeseries.feature_keys import (
    FilteringFeatures,
    FilteringResults,
    PredictionFeatures,
    PredictionResults,
    SavedModelLabels,
    State,
    TrainEvalFeatures,
)

__all__ = ["OneShotPredictionHead", "TimeSeriesRegressionHead", "state_to_dictionary"]

_STATE_NAME = re.compile(f"^{State.STATE_PREFIX}_(\\d+)$")
_NO_LABELS = (
    "The model received a `labels`, which is not supported. Pass "
    f"'{TrainEvalFeatures.TIMES}' and '{TrainEvalFeatures.VALUES}' as features."
)


def state_to_dictionary(state_tuple: Any) -> dict[str, Any]:
    """Returns the tensors of a nested state by name: ``model_state_00``, ``model_state_01``, ..."""
    return {f"{State.STATE_PREFIX}_{number:02d}": value for number, value in enumerate(nest.flatten(state_tuple))}


class _NoStatePredictOutput(export_lib.PredictOutput):  # type: ignore[misc]
    """A signature without the inputs for states."""

    def as_signature_def(self, receiver_tensors: dict[str, Any]) -> Any:
        stateless = {key: value for key, value in receiver_tensors.items() if not key.startswith(State.STATE_PREFIX)}
        return super().as_signature_def(receiver_tensors=stateless)


class TimeSeriesRegressionHead(head_lib._Head):  # type: ignore[misc]
    """Trains, evaluates, predicts with and serves a model.

    Args:
        model: A ``TimeSeriesModel``.
        state_manager: What gives windows their first states.
        optimizer: A ``tf.train.Optimizer``.
        input_statistics_generator: An ``InputStatisticsFromMiniBatch`` by which data is scaled, or None.
        name: The name of the head.
    """

    def __init__(
        self,
        model: Any,
        state_manager: Any,
        optimizer: Any,
        input_statistics_generator: Any = None,
        name: str | None = None,
    ) -> None:
        self.model = model
        self.state_manager = state_manager
        self.optimizer = optimizer
        self.input_statistics_generator = input_statistics_generator
        self._name = name

    @property
    def name(self) -> str | None:
        """The name of the head."""
        return self._name

    @property
    def logits_dimension(self) -> int:
        """What every head has; there are no logits here."""
        return 1

    def create_loss(self, features: Any, mode: str, logits: Any = None, labels: Any = None) -> Any:
        """Returns the ``ModelOutputs`` of a batch, and adds a summary of its loss."""
        outputs = self.state_manager.define_loss(self.model, features, mode)
        summary.scalar(head_lib._summary_key(self._name, metric_keys.MetricKeys.LOSS), outputs.loss)
        return outputs

    def _train_ops(self, features: Any) -> Any:
        with variable_scope.variable_scope("model", use_resource=True):
            outputs = self.create_loss(features, ModeKeys.TRAIN)
        train_op = self.optimizer.minimize(outputs.loss, global_step=training_util.get_global_step())
        return EstimatorSpec(loss=outputs.loss, mode=ModeKeys.TRAIN, train_op=train_op)

    def _evaluate_ops(self, features: Any) -> Any:
        with variable_scope.variable_scope("model", use_resource=True):
            outputs = self.create_loss(features, ModeKeys.EVAL)
        metrics = {key: identity_metric(key, value) for key, value in outputs.predictions.items()}
        times, state = FilteringResults.TIMES, FilteringResults.STATE_TUPLE
        metrics[times] = identity_metric(times, outputs.prediction_times)
        metrics[state] = nested_identity_metric(state, outputs.end_state)
        metrics[metric_keys.MetricKeys.LOSS_MEAN] = metrics_impl.mean(outputs.loss, name="average_loss")
        return EstimatorSpec(
            loss=outputs.loss, mode=ModeKeys.EVAL, eval_metric_ops=metrics, predictions=outputs.predictions
        )

    def _predict_ops(self, features: Any) -> Any:
        with variable_scope.variable_scope("model", use_resource=True):
            prediction = self.model.predict(features=features)
        prediction[PredictionResults.TIMES] = features[PredictionFeatures.TIMES]
        return EstimatorSpec(predictions=prediction, mode=ModeKeys.PREDICT)

    def _serving_ops(self, features: Any) -> Any:
        with variable_scope.variable_scope("model", use_resource=True):
            predicted = self.model.predict(features=features)
        with variable_scope.variable_scope("model", reuse=True):
            filtered = self.create_loss(features, ModeKeys.EVAL)
        with variable_scope.variable_scope("model", reuse=True):
            stateless = {key: value for key, value in features.items() if not key.startswith(State.STATE_PREFIX)}
            cold = self.model.define_loss(features=stateless, mode=ModeKeys.EVAL)
        exports = {
            SavedModelLabels.PREDICT: export_lib.PredictOutput(predicted),
            SavedModelLabels.FILTER: export_lib.PredictOutput(state_to_dictionary(filtered.end_state)),
            SavedModelLabels.COLD_START_FILTER: _NoStatePredictOutput(state_to_dictionary(cold.end_state)),
        }
        # The signatures are all that is used; an Estimator asks for predictions nevertheless.
        return EstimatorSpec(mode=ModeKeys.PREDICT, export_outputs=exports, predictions={})

    def _convert_feature_to_tensor(self, name: str, value: Any) -> Any:
        if name == TrainEvalFeatures.TIMES:
            return math_ops.cast(value, dtypes.int64)
        if name == TrainEvalFeatures.VALUES:
            return math_ops.cast(value, self.model.dtype)
        if name == PredictionFeatures.STATE_TUPLE:
            return value
        return sparse_tensor.convert_to_tensor_or_sparse_tensor(value)

    def _gather_state(self, features: dict[str, Any]) -> tuple[dict[str, Any], bool]:
        """Puts numbered tensors of a state together; the second value says whether there were any."""
        numbered = {key: found for key in features if (found := _STATE_NAME.search(key))}
        if not numbered:
            return features, False
        ordered = sorted(numbered, key=lambda key: int(numbered[key][1]))
        state = nest.pack_sequence_as(self.model.get_start_state(), [features[key] for key in ordered])
        others = {key: value for key, value in features.items() if key not in numbered}
        return {**others, State.STATE_TUPLE: state}, True

    def _check_predict_features(self, features: Any) -> None:
        check_predict_features(features, [PredictionFeatures.TIMES, PredictionFeatures.STATE_TUPLE])

    def create_estimator_spec(self, features: Any, mode: str, labels: Any = None) -> Any:
        """Returns the ``EstimatorSpec`` of a mode; this is the model function of the Estimator.

        Args:
            features: See ``TimeSeriesModel``; states may be ``start_tuple`` or numbered tensors.
            mode: A key of ``tf.estimator.ModeKeys``.
            labels: None or an empty dictionary.

        Raises:
            ValueError: There are labels, or a feature is missing or of a wrong shape.
        """
        with ops.name_scope(self._name, "head"):
            if labels is not None and labels != {}:
                raise ValueError(_NO_LABELS)
            features = {key: self._convert_feature_to_tensor(key, value) for key, value in features.items()}
            statistics = None
            if self.input_statistics_generator is not None:
                statistics = self.input_statistics_generator.initialize_graph(
                    features, update_statistics=mode == ModeKeys.TRAIN
                )
            self.model.initialize_graph(input_statistics=statistics)
            features, is_serving = self._gather_state(features)
            if mode in (ModeKeys.TRAIN, ModeKeys.EVAL):
                check_train_eval_features(features, self.model)
            elif mode == ModeKeys.PREDICT:
                self._check_predict_features(features)
            else:
                raise ValueError(f"Unknown mode '{mode}' passed to model_fn.")
            self.state_manager.initialize_graph(model=self.model, input_statistics=statistics)
            if mode == ModeKeys.TRAIN:
                return self._train_ops(features)
            if mode == ModeKeys.EVAL:
                return self._evaluate_ops(features)
            return self._serving_ops(features) if is_serving else self._predict_ops(features)


class OneShotPredictionHead(TimeSeriesRegressionHead):
    """Serves predictions from observations at once, with no state between requests.

    Serve it by ``TimeSeriesRegressor.build_one_shot_parsing_serving_input_receiver_fn``. Arguments are those of
    ``TimeSeriesRegressionHead``.
    """

    def _check_predict_features(self, features: Any) -> None:
        required = [PredictionFeatures.TIMES, TrainEvalFeatures.VALUES, PredictionFeatures.STATE_TUPLE]
        check_predict_features(features, required)

    def _evaluate_ops(self, features: Any) -> Any:
        spec = super()._evaluate_ops(features)
        del spec.eval_metric_ops[State.STATE_TUPLE]
        return spec

    def _serving_ops(self, features: Any) -> Any:
        with variable_scope.variable_scope("model", use_resource=True):
            values = features[FilteringFeatures.VALUES]
            observed = array_ops.shape(values)[1]
            filtering, prediction = {FilteringFeatures.VALUES: values}, {}
            for key, value in features.items():
                if key not in (State.STATE_TUPLE, FilteringFeatures.VALUES):
                    filtering[key] = value[:, :observed]
                    prediction[key] = value[:, observed:]
            cold = self.model.define_loss(features=filtering, mode=ModeKeys.EVAL)
            prediction[State.STATE_TUPLE] = cold.end_state
        with variable_scope.variable_scope("model", reuse=True):
            predicted = self.model.predict(features=prediction)
        exports = {SavedModelLabels.PREDICT: _NoStatePredictOutput(predicted)}
        return EstimatorSpec(mode=ModeKeys.PREDICT, export_outputs=exports, predictions={})
