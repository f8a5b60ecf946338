"""The autoregressive model: its parameters, what it predicts for a window, and its loss."""

# ruff: noqa: I001 (_tf_estimator comes first: it prepares TensorFlow for the estimators)
from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from tf1graphs.v1 import _tf_estimator  # noqa: F401
from tensorflow.python.framework import constant_op, dtypes, ops
from tensorflow.python.ops import array_ops, gen_math_ops, math_ops, nn_ops, variable_scope
from tensorflow_estimator.python.estimator.mode_keys import ModeKeys

from tf1graphs.v1.contrib.timeseries import _ar_evaluation, _ar_prediction
from tf1graphs.v1.contrib.timeseries._log_probs import normal_log_prob
from tf1graphs.v1.contrib.timeseries._prediction_models import FlatPredictionModel
from tf1graphs.v1.contrib.timeseries._time_series_model import TimeSeriesModel
from tf1graphs.v1.contrib.timeseries.feature_keys import PredictionFeatures, TrainEvalFeatures

_GIVEN = (TrainEvalFeatures.TIMES, TrainEvalFeatures.VALUES, PredictionFeatures.STATE_TUPLE)


class ARModel(TimeSeriesModel):
    """Predicts ``output_window_size`` times from the values at the ``input_window_size`` times before.

    Args:
        periodicities: The period of a cycle, or a list of them; the place in each is a feature. Or None.
        input_window_size: How many times are read; 0 predicts from times and exogenous features alone.
        output_window_size: How many times are predicted at once.
        num_features: The number of values at each time.
        prediction_model_factory: A function of ``num_features``, ``input_window_size`` and ``output_window_size``
            that returns a Keras model.
        num_time_buckets: Into how many parts a period is cut.
        loss: ``SQUARED_LOSS`` or ``NORMAL_LIKELIHOOD_LOSS``.
        exogenous_feature_columns: Feature columns of what is known of other things at each time.

    Raises:
        AssertionError: There is nothing to predict from or to predict, or a period is not positive.
    """

    SQUARED_LOSS = "squared_loss"
    NORMAL_LIKELIHOOD_LOSS = "normal_likelihood_loss"

    def __init__(
        self,
        periodicities: Any,
        input_window_size: int,
        output_window_size: int,
        num_features: int,
        prediction_model_factory: Callable[..., Any] = FlatPredictionModel,
        num_time_buckets: int = 10,
        loss: str = NORMAL_LIKELIHOOD_LOSS,
        exogenous_feature_columns: Any = None,
    ) -> None:
        self._model_factory = prediction_model_factory
        self.input_window_size = input_window_size
        self.output_window_size = output_window_size
        self.window_size = input_window_size + output_window_size
        self.loss = loss
        super().__init__(num_features=num_features, exogenous_feature_columns=exogenous_feature_columns)
        self.exogenous_size = 0
        if exogenous_feature_columns is not None:
            self.exogenous_size = self._get_exogenous_embedding_shape()[-1]
        assert num_time_buckets > 0
        self._buckets = int(num_time_buckets)
        periods = periodicities or []
        if not isinstance(periods, (list, tuple)):
            periods = [periods]
        self._periodicities = [int(period) for period in periods]
        assert all(period > 0 for period in self._periodicities)
        assert self._periodicities or self.input_window_size
        assert output_window_size > 0

    def initialize_graph(self, input_statistics: Any = None) -> None:
        """Makes the Keras model; its variables are below the scope ``model``."""
        super().initialize_graph(input_statistics=input_statistics)
        self._model_scope = variable_scope.variable_scope("model/", use_resource=True)
        self._model_instance = self._model_factory(
            num_features=self.num_features,
            input_window_size=self.input_window_size,
            output_window_size=self.output_window_size,
        )

    def get_start_state(self) -> Any:
        """Returns the times ``[time]``, the values and the exogenous features ``[time, ...]`` of an input of zeros."""
        size = self.input_window_size
        return (
            array_ops.zeros([size], dtype=dtypes.int64),
            array_ops.zeros([size, self.num_features], dtype=self.dtype),
            array_ops.zeros([size, self.exogenous_size], dtype=self.dtype),
        )

    def random_model_parameters(self, seed: int | None = None) -> None:
        """Returns None, as in 1.15: the model is not drawn from."""

    def generate(
        self, number_of_series: int, series_length: int, model_parameters: Any = None, seed: int | None = None
    ) -> None:
        """Returns None, as in 1.15: the model is not drawn from."""

    def prediction_ops(self, times: Any, values: Any, exogenous_regressors: Any) -> dict[str, Any]:
        """Returns what the model predicts for a window, ``[batch, output_window_size, num_features]``.

        Args:
            times: ``[batch, window_size]``.
            values: ``[batch, input_window_size, num_features]``.
            exogenous_regressors: ``[batch, window_size, exogenous_size]``.
        """
        times.get_shape().assert_is_compatible_with([None, self.window_size])
        batch_size = array_ops.shape(times)[0]
        if self.input_window_size:
            values.get_shape().assert_is_compatible_with([None, self.input_window_size, self.num_features])
        if exogenous_regressors is not None:
            exogenous_regressors.get_shape().assert_is_compatible_with([None, self.window_size, self.exogenous_size])
        inputs: list[Any] = []
        outputs: list[Any] = []
        sizes = (self.input_window_size, self.output_window_size)
        time_size = self._buckets * len(self._periodicities)
        if self._periodicities:
            _, time_features = self._compute_time_features(times)
            time_features = array_ops.reshape(time_features, [batch_size, self.window_size, time_size])
            before, after = array_ops.split(time_features, sizes, axis=1)
            inputs.append(before)
            outputs.append(after)
        if self.input_window_size:
            read = array_ops.slice(values, [0, 0, 0], [-1, self.input_window_size, -1])
            inputs.append(array_ops.reshape(read, [batch_size, self.input_window_size, self.num_features]))
        if self.exogenous_size:
            before, after = array_ops.split(exogenous_regressors, sizes, axis=1)
            inputs.append(before)
            outputs.append(after)
        input_features = array_ops.concat(inputs, axis=2)
        if outputs:
            output_features = array_ops.concat(outputs, axis=2)
        else:
            output_features = array_ops.zeros([batch_size, self.output_window_size, 0], dtype=self.dtype)
        static_batch_size, output_size = times.get_shape().dims[0].value, time_size + self.exogenous_size
        input_size = output_size + (self.num_features if self.input_window_size else 0)
        input_features.set_shape([static_batch_size, self.input_window_size, input_size])
        output_features.set_shape([static_batch_size, self.output_window_size, output_size])
        return self._output_window_predictions(input_features, output_features)

    def _output_window_predictions(self, input_window_features: Any, output_window_features: Any) -> dict[str, Any]:
        with self._model_scope:
            predictions: dict[str, Any] = self._model_instance(input_window_features, output_window_features)
            for value in predictions.values():
                value.set_shape([None, self.output_window_size, self.num_features])
            return predictions

    def loss_op(self, targets: Any, prediction_ops: Mapping[str, Any]) -> Any:
        """Returns the loss for a value, a scalar, of targets ``[batch, output_window_size, num_features]``."""
        prediction = prediction_ops["mean"]
        if self.loss == ARModel.NORMAL_LIKELIHOOD_LOSS:
            sigma = math_ops.sqrt(gen_math_ops.maximum(prediction_ops["covariance"], 1e-05))
            # As in 1.15, target and prediction change places: the density is the same.
            loss = -math_ops.reduce_sum(normal_log_prob(targets, sigma, prediction))
        else:
            assert self.loss == ARModel.SQUARED_LOSS, self.loss
            loss = math_ops.reduce_sum(math_ops.squared_difference(prediction, targets))
        return loss / math_ops.cast(math_ops.reduce_prod(array_ops.shape(targets)), loss.dtype)

    def _process_exogenous_features(self, times: Any, features: Mapping[str, Any]) -> Any:
        embedded = super()._process_exogenous_features(times=times, features=features)
        if embedded is not None:
            return embedded
        assert self.exogenous_size == 0
        return array_ops.zeros(array_ops.concat([array_ops.shape(times), constant_op.constant([0])], axis=0))

    def exogenous_regressors(self, times: Any, features: Mapping[str, Any]) -> Any:
        """Returns what the columns make of the features that are exogenous, ``[batch, time, exogenous_size]``."""
        exogenous = {key: value for key, value in features.items() if key not in _GIVEN}
        return self._process_exogenous_features(times=times, features=exogenous)

    def predict(self, features: Any) -> Any:
        """Returns ``mean`` and ``covariance``, ``[batch, time, num_features]``.

        Args:
            features: ``times`` ``[batch, time]``, and as ``start_tuple`` the times, values and exogenous features of
                the window before, with a batch dimension.
        """
        if not self._graph_initialized:
            self.initialize_graph()
        return _ar_prediction.predict(self, features)

    def get_batch_loss(self, features: Any, mode: str, state: Any) -> Any:
        """Returns the ``ModelOutputs`` of one window in training, of all windows of the batch in evaluation.

        Raises:
            ValueError: The times are not those of a window, are less than one, or the mode is another.
        """
        features = {key: ops.convert_to_tensor(value) for key, value in features.items()}
        regressors = self.exogenous_regressors(features[TrainEvalFeatures.TIMES], features)
        if mode == ModeKeys.TRAIN:
            return _ar_evaluation.process_window(self, features, mode=mode, exogenous_regressors=regressors)
        if mode == ModeKeys.EVAL:
            return _ar_evaluation.evaluate(self, features, regressors, state)
        raise ValueError(f"Unknown mode '{mode}' passed to get_batch_loss.")

    def _compute_time_features(self, time: Any) -> tuple[Any, Any]:
        """Returns the number of each period, and the place in it: by bucket, the part of it that has passed."""
        batch_size = array_ops.shape(time)[0]
        number = len(self._periodicities)
        periods = constant_op.constant(self._periodicities, shape=[1, 1, number, 1], dtype=time.dtype)
        time = array_ops.reshape(time, [batch_size, -1, 1, 1])
        window_offset = time / self._periodicities
        place = math_ops.cast(time % periods, self.dtype) * self._buckets / math_ops.cast(periods, self.dtype)
        buckets = array_ops.reshape(math_ops.range(self._buckets, dtype=self.dtype), [1, 1, 1, self._buckets])
        place = nn_ops.relu(place - buckets)
        return window_offset, array_ops.where_v2(place < 1.0, place, array_ops.zeros_like(place))
