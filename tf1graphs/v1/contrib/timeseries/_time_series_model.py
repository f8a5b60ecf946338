"""The base class of all models: what a head asks of a model, how data is scaled and how exogenous columns enter."""

from __future__ import annotations

import abc
import collections
from collections.abc import Mapping
from typing import Any

from tensorflow.python.feature_column import feature_column_lib
from tensorflow.python.framework import dtypes, ops
from tensorflow.python.ops import array_ops, math_ops, parsing_ops

from tf1graphs.v1 import feature_column  # noqa: F401 (its columns of integers are those of 1.15)
from tf1graphs.v1.contrib.timeseries._state_tables import replicate_state
from tf1graphs.v1.contrib.timeseries.feature_keys import TrainEvalFeatures

# What a model makes of a batch: loss, a scalar; end_state, the state after the last step; predictions, by name,
# [batch, time, ...]; prediction_times, [batch, time].
ModelOutputs = collections.namedtuple("ModelOutputs", ["loss", "end_state", "predictions", "prediction_times"])

_NOT_INITIALIZED = (
    "TimeSeriesModels require initialize_graph() to be called before use. This defines variables and ops in the "
    "default graph, and allows Tensor-valued input statistics to be specified."
)


def exogenous_feature_placeholders(columns: Any) -> Any:
    """Returns tensors like those that examples of these columns are parsed to, ``[batch, ...]``, in the graph."""
    spec = feature_column_lib.make_parse_example_spec(columns)
    serialized = array_ops.placeholder(shape=[None], dtype=dtypes.string)
    return parsing_ops.parse_example(serialized=serialized, features=spec)


class TimeSeriesModel(abc.ABC):
    """A model of one or more values that are observed at integer times.

    Args:
        num_features: The number of values at each time.
        exogenous_feature_columns: Feature columns of what is known of other things at each time.
        dtype: The floating point dtype of the model.
    """

    def __init__(self, num_features: int, exogenous_feature_columns: Any = None, dtype: Any = dtypes.float32) -> None:
        self._exogenous_feature_columns = exogenous_feature_columns or []
        self.num_features = num_features
        self.dtype = dtype
        self._input_statistics: Any = None
        self._graph_initialized = False
        self._stats_means: Any = None
        self._stats_sigmas: Any = None

    @property
    def exogenous_feature_columns(self) -> Any:
        """The feature columns of what is known of other things."""
        return self._exogenous_feature_columns

    def generate(
        self, number_of_series: int, series_length: int, model_parameters: Any = None, seed: int | None = None
    ) -> Any:
        """Returns series drawn from the model; raises ``NotImplementedError`` where a model cannot draw."""
        raise NotImplementedError("This model does not support generation.")

    def initialize_graph(self, input_statistics: Any = None) -> None:
        """Makes the model's variables in the default graph; subclasses extend it.

        Args:
            input_statistics: The ``InputStatistics`` by which data is scaled, or None.
        """
        self._graph_initialized = True
        self._input_statistics = input_statistics
        if self._input_statistics:
            self._stats_means, variances = self._input_statistics.overall_feature_moments
            self._stats_sigmas = math_ops.sqrt(variances)

    def _scale_data(self, data: Any) -> Any:
        return data if self._input_statistics is None else (data - self._stats_means) / self._stats_sigmas

    def _scale_variance(self, variance: Any) -> Any:
        if self._input_statistics is None:
            return variance
        return variance / self._input_statistics.overall_feature_moments.variance

    def _scale_back_data(self, data: Any) -> Any:
        return data if self._input_statistics is None else data * self._stats_sigmas + self._stats_means

    def _scale_back_variance(self, variance: Any) -> Any:
        if self._input_statistics is None:
            return variance
        return variance * self._input_statistics.overall_feature_moments.variance

    def _check_graph_initialized(self) -> None:
        if not self._graph_initialized:
            raise ValueError(_NOT_INITIALIZED)

    def define_loss(self, features: Any, mode: str) -> Any:
        """Returns the ``ModelOutputs`` of a batch, from the start state of the model.

        Args:
            features: ``times`` ``[batch, time]``, ``values`` ``[batch, time, num_features]``, and exogenous ones.
            mode: A key of ``tf.estimator.ModeKeys``: training or evaluation.

        Raises:
            ValueError: ``initialize_graph`` has not been called.
        """
        self._check_graph_initialized()
        batch_size = array_ops.shape(features[TrainEvalFeatures.TIMES])[0]
        start_state = replicate_state(start_state=self.get_start_state(), batch_size=batch_size)
        return self.get_batch_loss(features=features, mode=mode, state=start_state)

    @abc.abstractmethod
    def get_start_state(self) -> Any:
        """Returns the state of the model before any observation: a nested structure of tensors, without a batch."""

    @abc.abstractmethod
    def get_batch_loss(self, features: Any, mode: str, state: Any) -> Any:
        """Returns the ``ModelOutputs`` of a batch from a state with a batch dimension; see ``define_loss``."""

    @abc.abstractmethod
    def predict(self, features: Any) -> Any:
        """Returns predictions by name, ``[batch, time, ...]``, for ``times`` from the state ``start_tuple``."""

    def _get_exogenous_embedding_shape(self) -> Any:
        if not self._exogenous_feature_columns:
            return (0,)
        with ops.Graph().as_default():
            placeholders = exogenous_feature_placeholders(self._exogenous_feature_columns)
            embedded = feature_column_lib.input_layer(
                features=placeholders, feature_columns=self._exogenous_feature_columns
            )
            return embedded.get_shape().as_list()[1:]

    def _process_exogenous_features(self, times: Any, features: Mapping[str, Any]) -> Any:
        """Returns what the columns make of the features, ``[batch, time, size]``, or None without columns."""
        if not self._exogenous_feature_columns:
            return None
        embedded = feature_column_lib.input_layer(
            features={name: _without_time(name, tensor) for name, tensor in features.items()},
            feature_columns=self._exogenous_feature_columns,
            trainable=True,
        )
        shape = array_ops.concat([array_ops.shape(times), array_ops.shape(embedded)[1:]], axis=0)
        regressors = array_ops.reshape(embedded, shape)
        regressors.set_shape(times.get_shape().concatenate(embedded.get_shape()[1:]))
        return math_ops.cast(regressors, dtype=self.dtype)


def _without_time(name: str, tensor: Any) -> Any:
    """Puts batch and time, the first two dimensions, into one, as feature columns know no other."""
    if tensor.get_shape().ndims is None:
        raise ValueError(
            f"Features with unknown rank are not supported. Got shape {tensor.get_shape()} for feature {name}."
        )
    shape = array_ops.shape(tensor)
    tensor = array_ops.reshape(tensor, array_ops.concat([[shape[0] * shape[1]], shape[2:]], axis=0))
    return tensor[:, None] if tensor.get_shape().ndims == 1 and tensor.dtype != dtypes.string else tensor
