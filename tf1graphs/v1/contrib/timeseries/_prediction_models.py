"""What predicts a window of output from a window of input in an ``ARModel``: Keras models."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tensorflow.python.ops import array_ops, gen_math_ops, nn_ops

from tf1graphs.v1._tf_keras import keras
from tf1graphs.v1.contrib import rnn

Dense, Flatten = keras.layers.Dense, keras.layers.Flatten


class FlatPredictionModel(keras.Model):  # type: ignore[misc]
    """Predicts all values by dense layers.

    Args:
        num_features: The number of values at each time.
        input_window_size: How many times the input has.
        output_window_size: How many times the output has.
        hidden_layer_sizes: The units of the hidden layers, or None for none.
    """

    def __init__(
        self,
        num_features: int,
        input_window_size: int,
        output_window_size: int,
        hidden_layer_sizes: Sequence[int] | None = None,
    ) -> None:
        super().__init__()
        self._input_flatten = Flatten()
        self._output_flatten = Flatten()
        self._hidden_layers = None
        if hidden_layer_sizes:
            hidden = [Dense(size, activation=nn_ops.relu) for size in hidden_layer_sizes]
            self._hidden_layers = keras.Sequential(hidden)
        size = num_features * output_window_size
        self._mean_transform = Dense(size, name="predicted_mean")
        self._covariance_transform = Dense(size, name="log_sigma_square")
        self._prediction_shape = [-1, output_window_size, num_features]

    def call(self, input_window_features: Any, output_window_features: Any) -> dict[str, Any]:
        """Returns ``mean`` and ``covariance``, ``[batch, output_window_size, num_features]``.

        Args:
            input_window_features: ``[batch, input_window_size, size]``.
            output_window_features: ``[batch, output_window_size, other size]``.
        """
        if input_window_features.shape.dims[1].value == 0:
            activation = self._output_flatten(output_window_features)
        elif output_window_features.shape.dims[2].value == 0:
            activation = self._input_flatten(input_window_features)
        else:
            both = [self._input_flatten(input_window_features), self._output_flatten(output_window_features)]
            activation = array_ops.concat(both, axis=1)
        if self._hidden_layers:
            activation = self._hidden_layers(activation)
        mean = array_ops.reshape(self._mean_transform(activation), self._prediction_shape)
        covariance = gen_math_ops.exp(self._covariance_transform(activation))
        return {"mean": mean, "covariance": array_ops.reshape(covariance, self._prediction_shape)}


class LSTMPredictionModel(keras.Model):  # type: ignore[misc]
    """Predicts by one LSTM that reads the input, and one that starts from its state and writes the output.

    Args:
        num_features: The number of values at each time.
        input_window_size: How many times the input has.
        output_window_size: How many times the output has.
        num_units: The units of both.
    """

    def __init__(
        self, num_features: int, input_window_size: int, output_window_size: int, num_units: int = 128
    ) -> None:
        super().__init__()
        self._encoder = rnn.LSTMBlockFusedCell(num_units=num_units, name="encoder")
        self._decoder = rnn.LSTMBlockFusedCell(num_units=num_units, name="decoder")
        self._mean_transform = Dense(num_features, name="mean_transform")
        self._covariance_transform = Dense(num_features, name="covariance_transform")

    def call(self, input_window_features: Any, output_window_features: Any) -> dict[str, Any]:
        """Returns ``mean`` and ``covariance``, ``[batch, output_window_size, num_features]``.

        Args:
            input_window_features: ``[batch, input_window_size, size]``.
            output_window_features: ``[batch, output_window_size, other size]``.
        """
        read = array_ops.transpose(input_window_features, [1, 0, 2])
        written = array_ops.transpose(output_window_features, [1, 0, 2])
        _, state = self._encoder(read, dtype=self.dtype)
        outputs, _ = self._decoder(written, dtype=self.dtype, initial_state=state)
        outputs = array_ops.transpose(outputs, [1, 0, 2])
        covariance = self._covariance_transform
        return {"mean": self._mean_transform(outputs), "covariance": gen_math_ops.exp(covariance(outputs))}
