"""Models that go through a window step by step, with a state that observations update."""

from __future__ import annotations

import abc
from collections.abc import Callable, Sequence
from typing import Any

from tensorflow.python.framework import dtypes, ops
from tensorflow.python.ops import array_ops, math_ops
from tensorflow.python.util import nest

from tf1graphs.v1.contrib.timeseries._state_update_loop import StateUpdateLoop
from tf1graphs.v1.contrib.timeseries._time_series_model import ModelOutputs, TimeSeriesModel
from tf1graphs.v1.contrib.timeseries.feature_keys import PredictionFeatures, TrainEvalFeatures


class SequentialTimeSeriesModel(TimeSeriesModel):
    """A model whose state is moved to the next time, predicts, and is updated by what was observed.

    Args:
        train_output_names: What ``_filtering_step`` gives besides ``loss``.
        predict_output_names: What ``_prediction_step`` gives.
        num_features: The number of values at each time.
        normalize_features: Whether the model sees values of mean 0 and variance 1; it must then have
            ``_scale_back_predictions``.
        dtype: The floating point dtype of the model.
        exogenous_feature_columns: Feature columns of what is known of other things at each time.
        exogenous_update_condition: A function of ``times`` and ``features``, of one step, that returns a boolean
            vector: which states are updated by exogenous features. By default all are, at every step.
        static_unrolling_window_size_threshold: Windows up to this size are unrolled, without a loop in the graph.
    """

    def __init__(
        self,
        train_output_names: Sequence[str],
        predict_output_names: Sequence[str],
        num_features: int,
        normalize_features: bool = False,
        dtype: Any = dtypes.float32,
        exogenous_feature_columns: Any = None,
        exogenous_update_condition: Callable[..., Any] | None = None,
        static_unrolling_window_size_threshold: int | None = None,
    ) -> None:
        super().__init__(num_features=num_features, dtype=dtype, exogenous_feature_columns=exogenous_feature_columns)
        self._exogenous_update_condition = exogenous_update_condition
        self._train_output_names = train_output_names
        self._predict_output_names = predict_output_names
        self._normalize_features = normalize_features
        self._static_unrolling_window_size_threshold = static_unrolling_window_size_threshold

    def _scale_back_predictions(self, predictions: Any) -> Any:
        raise NotImplementedError(
            "SequentialTimeSeriesModel normalized input data (normalize_features=True), but no method was provided to "
            "transform the predictions back to the input scale."
        )

    @abc.abstractmethod
    def _filtering_step(self, current_times: Any, current_values: Any, state: Any, predictions: Any) -> Any:
        """Returns the state after an observation ``[batch, num_features]``, and outputs by name with ``loss``."""

    @abc.abstractmethod
    def _prediction_step(self, current_times: Any, state: Any) -> Any:
        """Returns the state, and what it predicts at ``current_times``, ``[batch]``, by name."""

    @abc.abstractmethod
    def _imputation_step(self, current_times: Any, state: Any) -> Any:
        """Returns the state moved over the times that were not observed, up to before ``current_times``."""

    @abc.abstractmethod
    def _exogenous_input_step(self, current_times: Any, current_exogenous_regressors: Any, state: Any) -> Any:
        """Returns the state updated by exogenous regressors, ``[batch, size]``."""

    def _loss_additions(self, times: Any, values: Any, mode: str) -> Any:
        return 0.0

    def _window_initializer(self, times: Any, state: Any) -> None:
        """Prepares what is the same for all steps of a window."""

    def get_batch_loss(self, features: Any, mode: str, state: Any) -> Any:
        """Returns the ``ModelOutputs`` of a batch, with the values themselves as the prediction ``observed``."""
        loss, states, outputs = self.per_step_batch_loss(features, mode, state)
        last = nest.pack_sequence_as(states, [part[:, -1] for part in nest.flatten(states)])
        outputs["observed"] = features[TrainEvalFeatures.VALUES]
        return ModelOutputs(
            loss=loss, end_state=last, predictions=outputs, prediction_times=features[TrainEvalFeatures.TIMES]
        )

    def _apply_exogenous_update(
        self, current_times: Any, step_number: Any, state: Any, raw_features: Any, embedded_exogenous_regressors: Any
    ) -> Any:
        if embedded_exogenous_regressors is None:
            return state
        updated = self._exogenous_input_step(
            current_times=current_times,
            current_exogenous_regressors=embedded_exogenous_regressors[:, step_number, :],
            state=state,
        )
        if self._exogenous_update_condition is None:
            return updated
        known = (PredictionFeatures.STATE_TUPLE, TrainEvalFeatures.TIMES, TrainEvalFeatures.VALUES)
        current = {key: value[:, step_number] for key, value in raw_features.items() if key not in known}
        chosen = [
            array_ops.where(self._exogenous_update_condition(times=current_times, features=current), after, before)
            for after, before in zip(nest.flatten(updated), nest.flatten(state), strict=True)
        ]
        return nest.pack_sequence_as(state, chosen)

    def per_step_batch_loss(self, features: Any, mode: str, state: Any) -> Any:
        """Returns the loss for an observation, the states after each step, and the outputs of each step.

        Args:
            features: See ``define_loss``.
            mode: A key of ``tf.estimator.ModeKeys``.
            state: The state before the window, with a batch dimension.

        Returns:
            A scalar; the state with ``[batch, time, ...]``; the outputs by name, ``[batch, time, ...]``.

        Raises:
            ValueError: ``initialize_graph`` has not been called.
        """
        self._check_graph_initialized()
        times = math_ops.cast(features[TrainEvalFeatures.TIMES], dtype=dtypes.int64)
        values = math_ops.cast(features[TrainEvalFeatures.VALUES], dtype=self.dtype)
        if self._normalize_features:
            values = self._scale_data(values)
        observed = (TrainEvalFeatures.TIMES, TrainEvalFeatures.VALUES)
        regressors = self._process_exogenous_features(
            times=times, features={key: value for key, value in features.items() if key not in observed}
        )

        def filter_one(step_number: Any, current_times: Any, state: Any) -> Any:
            current_values = values[:, step_number, :]
            state = self._apply_exogenous_update(current_times, step_number, state, features, regressors)
            predicted, predictions = self._prediction_step(current_times=current_times, state=state)
            return self._filtering_step(
                current_times=current_times, current_values=current_values, state=predicted, predictions=predictions
            )

        names = ["loss", *self._train_output_names]
        state, outputs = self._state_update_loop(times=times, state=state, state_update_fn=filter_one, outputs=names)
        loss = outputs.pop("loss")
        loss.set_shape(times.get_shape())
        loss_sum = math_ops.reduce_sum(loss)
        per_observation = loss_sum / math_ops.cast(math_ops.reduce_prod(array_ops.shape(times)), dtype=self.dtype)
        per_observation += self._loss_additions(times, values, mode)
        if self._normalize_features:
            outputs = self._scale_back_predictions(outputs)
        return per_observation, state, outputs

    def predict(self, features: Any) -> Any:
        """Returns what the model predicts, by name, ``[batch, time, ...]``.

        Args:
            features: ``times`` ``[batch, time]``, the state ``start_tuple`` with a batch dimension, exogenous ones.
        """
        times = ops.convert_to_tensor(features[PredictionFeatures.TIMES], dtypes.int64)
        given = (PredictionFeatures.TIMES, PredictionFeatures.STATE_TUPLE)
        regressors = self._process_exogenous_features(
            times=times, features={key: value for key, value in features.items() if key not in given}
        )

        def predict_one(step_number: Any, current_times: Any, state: Any) -> Any:
            state = self._apply_exogenous_update(current_times, step_number, state, features, regressors)
            return self._prediction_step(current_times=current_times, state=state)

        _, predictions = self._state_update_loop(
            times=times,
            state=features[PredictionFeatures.STATE_TUPLE],
            state_update_fn=predict_one,
            outputs=self._predict_output_names,
        )
        return self._scale_back_predictions(predictions) if self._normalize_features else predictions

    def _state_update_loop(
        self, times: Any, state: Any, state_update_fn: Callable[..., Any], outputs: Sequence[str]
    ) -> Any:
        times = ops.convert_to_tensor(times, dtype=dtypes.int64)
        threshold, size = self._static_unrolling_window_size_threshold, times.shape.dims[1].value
        self._window_initializer(times, state)
        loop = StateUpdateLoop(times, state_update_fn, self._imputation_step, list(outputs), self.dtype)
        return loop.run(state, unrolled=threshold is not None and size is not None and size <= threshold)
