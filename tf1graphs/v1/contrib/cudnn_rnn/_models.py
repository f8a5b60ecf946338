"""The classes of ``cudnn_rnn_ops``: networks that are given their opaque parameters with each call."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tensorflow.python.framework import dtypes

from tf1graphs.v1.contrib.cudnn_rnn import _network, _ops
from tf1graphs.v1.contrib.cudnn_rnn._network import CUDNN_INPUT_LINEAR_MODE, CUDNN_RNN_UNIDIRECTION, check_direction


class _Model:
    """A network without variables.

    Args:
        rnn_mode: ``"lstm"``, ``"gru"``, ``"rnn_relu"`` or ``"rnn_tanh"``.
        num_layers: the number of layers.
        num_units: the number of units.
        input_size: the size of the inputs.
        input_mode: ``"linear_input"``, ``"skip_input"`` or ``"auto_select"``.
        direction: ``"unidirectional"`` or ``"bidirectional"``.
        dtype: of the parameters.
        dropout: the share of elements dropped between layers.
        seed: of the dropout.
        num_proj: the size that the outputs of an LSTM are projected to.
    """

    def __init__(
        self,
        rnn_mode: str,
        num_layers: int,
        num_units: int,
        input_size: int,
        input_mode: str = CUDNN_INPUT_LINEAR_MODE,
        direction: str = CUDNN_RNN_UNIDIRECTION,
        dtype: Any = dtypes.float32,
        dropout: float = 0.0,
        seed: int | None = 0,
        num_proj: int | None = None,
    ) -> None:
        self.rnn_mode = rnn_mode
        self.num_layers = num_layers
        self.num_units = num_units
        self.input_size = input_size
        self.input_mode = input_mode
        self.direction = direction
        self.num_proj = num_proj
        self._dtype = dtype
        self._dropout = dropout
        self._seed = seed

    def _settings(self) -> dict[str, Any]:
        names = ("rnn_mode", "num_layers", "num_units", "input_size", "input_mode", "direction", "num_proj")
        return {name: getattr(self, name) for name in names} | {"dropout": self._dropout, "seed": self._seed}

    def params_size(self) -> Any:
        """Returns how many numbers the opaque parameters have, an int32 scalar."""
        return _ops.cudnn_rnn_opaque_params_size(dtype=self._dtype, **self._settings())

    def params_to_canonical(self, params: Any) -> Any:
        """Returns a list of the matrices and one of the biases that are in the opaque parameters, in cuDNN's order."""
        return _ops.cudnn_rnn_opaque_params_to_canonical(params=params, **self._settings())

    def canonical_to_params(self, weights: Sequence[Any], biases: Sequence[Any]) -> Any:
        """Returns the opaque parameters of matrices and biases in cuDNN's order."""
        return _ops.cudnn_rnn_canonical_to_opaque_params(weights=weights, biases=biases, **self._settings())


class CudnnLSTM(_Model):
    """An LSTM; see the base class for the arguments."""

    def __init__(self, num_layers: int, num_units: int, input_size: int, *settings: Any, **more: Any) -> None:
        super().__init__(_network.CUDNN_LSTM, num_layers, num_units, input_size, *settings, **more)

    def __call__(
        self,
        input_data: Any,
        input_h: Any,
        input_c: Any,
        params: Any,
        sequence_lengths: Any = None,
        time_major: bool = True,
        is_training: bool = True,
    ) -> tuple[Any, Any, Any]:
        """Returns ``(outputs, output_h, output_c)``; shapes are those of ``cudnn_lstm``."""
        lengths = sequence_lengths, time_major
        modes: tuple[Any, ...] = self.input_mode, self.direction, self._dropout, self._seed, self.num_proj
        return _ops.cudnn_lstm(input_data, input_h, input_c, params, is_training, *lengths, *modes)


class _ModelNoInputC(_Model):
    """A network that is no LSTM.

    Raises:
        ValueError: ``direction`` is none.
    """

    _rnn_mode: str

    def __init__(
        self,
        num_layers: int,
        num_units: int,
        input_size: int,
        input_mode: str = CUDNN_INPUT_LINEAR_MODE,
        direction: str = CUDNN_RNN_UNIDIRECTION,
        dtype: Any = dtypes.float32,
        dropout: float = 0.0,
        seed: int | None = 0,
    ) -> None:
        check_direction(direction)
        modes: tuple[Any, ...] = input_mode, direction, dtype, dropout, seed
        super().__init__(self._rnn_mode, num_layers, num_units, input_size, *modes)

    def __call__(
        self,
        input_data: Any,
        input_h: Any,
        params: Any,
        sequence_lengths: Any = None,
        time_major: bool = True,
        is_training: bool = True,
    ) -> tuple[Any, Any]:
        """Returns ``(outputs, output_h)``; shapes are those of ``cudnn_gru``."""
        lengths = sequence_lengths, time_major
        modes: tuple[Any, ...] = self.input_mode, self.direction, self._dropout, self._seed
        return _ops.cudnn_rnn_no_input_c(input_data, input_h, params, is_training, self._rnn_mode, *lengths, *modes)


class CudnnGRU(_ModelNoInputC):
    """A GRU; see the base class for the arguments."""

    _rnn_mode = _network.CUDNN_GRU


class CudnnRNNTanh(_ModelNoInputC):
    """An RNN with tanh; see the base class for the arguments."""

    _rnn_mode = _network.CUDNN_RNN_TANH


class CudnnRNNRelu(_ModelNoInputC):
    """An RNN with ReLU; see the base class for the arguments."""

    _rnn_mode = _network.CUDNN_RNN_RELU
