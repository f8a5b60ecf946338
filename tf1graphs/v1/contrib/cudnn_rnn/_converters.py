"""``CudnnParamsFormatConverter*``: between opaque parameters and the variables of cells that compute the same.

cuDNN adds two biases to each gate, cells add one: theirs is the sum, and half of it goes to each of cuDNN's.
"""

from __future__ import annotations

import abc
from collections.abc import Sequence
from typing import Any

from tensorflow.python.framework import ops
from tensorflow.python.ops import array_ops

from tf1graphs.v1.contrib.cudnn_rnn import _kernels, _network, _ops
from tf1graphs.v1.contrib.cudnn_rnn._network import CUDNN_INPUT_LINEAR_MODE, CUDNN_RNN_UNIDIRECTION, Network

_Tensors = Sequence[Any]


def on_kernels_device() -> Any:
    """Returns a scope of the device that conversions run on: the GPU if there is one, else none in particular."""
    return ops.device("/gpu:0" if _kernels.are_there() else None)


class CudnnParamsFormatConverter(abc.ABC):
    """Converts the parameters of one network.

    Args:
        num_layers: the number of layers.
        num_units: the number of units.
        input_size: the size of the inputs.
        num_proj: the size that the outputs of an LSTM are projected to; None or 0 for none.
        input_mode: ``"linear_input"``, ``"skip_input"`` or ``"auto_select"``.
        direction: ``"unidirectional"`` or ``"bidirectional"``.
    """

    _rnn_mode: str

    def __init__(
        self,
        num_layers: int,
        num_units: int,
        input_size: int,
        num_proj: int | None = None,
        input_mode: str = CUDNN_INPUT_LINEAR_MODE,
        direction: str = CUDNN_RNN_UNIDIRECTION,
    ) -> None:
        self._network = Network(self._rnn_mode, num_layers, num_units, input_size, input_mode, direction, num_proj)
        modes = {"input_mode": input_mode, "direction": direction, "num_proj": num_proj}
        sizes = {"num_layers": num_layers, "num_units": num_units, "input_size": input_size}
        self._settings: dict[str, Any] = {"rnn_mode": self._rnn_mode, **sizes, **modes}

    def tf_canonical_to_opaque(self, tf_canonicals: _Tensors, weights_proj: _Tensors | None = None) -> Any:
        """Returns the opaque parameters.

        Args:
            tf_canonicals: the weights of all cells, then their biases: by layer, forward before backward.
            weights_proj: the projection of each cell.
        """
        weights, biases = self._tf_canonical_to_cu_canonical(tf_canonicals, weights_proj)
        weights = [array_ops.reshape(weight, [-1]) for weight in weights]
        with on_kernels_device():
            return _ops.cudnn_rnn_canonical_to_opaque_params(weights=weights, biases=biases, **self._settings)

    def opaque_to_tf_canonical(self, opaque_param: Any) -> tuple[list[Any], ...]:
        """Returns ``(weights, biases)`` of all cells, and their projections as a third where there are some."""
        with on_kernels_device():
            weights, biases = _ops.cudnn_rnn_opaque_params_to_canonical(params=opaque_param, **self._settings)
        return self._cu_canonical_to_tf_canonical(weights, biases)

    def _cu_canonical_to_tf_canonical(self, cu_weights: _Tensors, cu_biases: _Tensors) -> tuple[list[Any], ...]:
        weights: list[Any] = []
        biases: list[Any] = []
        projections: list[Any] = []
        number = self._network.num_layers * self._network.directions
        for own, own_biases in zip(_groups(cu_weights, number), _groups(cu_biases, number), strict=True):
            if self._network.num_proj:
                own, projections = own[:-1], [*projections, array_ops.transpose(own[-1])]
            weights += self._cudnn_to_tf_weights(*own)
            biases += self._cudnn_to_tf_biases(*own_biases)
        return (weights, biases, projections) if self._network.num_proj else (weights, biases)

    def _tf_canonical_to_cu_canonical(
        self, tf_canonicals: _Tensors, weights_proj: _Tensors | None
    ) -> tuple[list[Any], list[Any]]:
        half, network = len(tf_canonicals) // 2, self._network
        number = network.num_layers * network.directions
        weights: list[Any] = []
        biases: list[Any] = []
        groups = zip(_groups(tf_canonicals[:half], number), _groups(tf_canonicals[half:], number), strict=True)
        for cell, (own, own_biases) in enumerate(groups):
            weights += self._tf_to_cudnn_weights(cell // network.directions, *own)
            if weights_proj is not None:
                weights.append(array_ops.transpose(weights_proj[cell]))
            biases += self._tf_to_cudnn_biases(*own_biases)
        return weights, biases

    def _widths(self, layer: int) -> list[int]:
        """Returns the sizes of the inputs and of the hidden state of a layer."""
        return [self._network.depth(layer), self._network.output_size]

    @abc.abstractmethod
    def _cudnn_to_tf_weights(self, *cu_weights: Any) -> _Tensors:
        """Returns the kernels of one cell, of the matrices of one direction of a layer."""

    @abc.abstractmethod
    def _tf_to_cudnn_weights(self, layer: int, *tf_weights: Any) -> _Tensors:
        """Undoes ``_cudnn_to_tf_weights``."""

    @abc.abstractmethod
    def _cudnn_to_tf_biases(self, *cu_biases: Any) -> _Tensors:
        """Returns the biases of one cell, of those of one direction of a layer."""

    @abc.abstractmethod
    def _tf_to_cudnn_biases(self, *tf_biases: Any) -> _Tensors:
        """Undoes ``_cudnn_to_tf_biases``."""


def _groups(tensors: _Tensors, number: int) -> list[_Tensors]:
    size = len(tensors) // number
    return [tensors[start : start + size] for start in range(0, size * number, size)]


class CudnnParamsFormatConverterLSTM(CudnnParamsFormatConverter):
    """Converts between ``CudnnLSTM`` and ``CudnnCompatibleLSTMCell``; see the base class for the arguments."""

    _rnn_mode = _network.CUDNN_LSTM

    def _joined(self, gates: _Tensors) -> Any:
        """Returns one array of the gates, of which cells have forget gate and candidate in the other order."""
        return array_ops.concat([gates[0], gates[2], gates[1], gates[3]], axis=0)

    def _gates(self, array: Any) -> _Tensors:
        """Undoes ``_joined``."""
        i, candidate, forget, o = array_ops.split(array, 4, axis=0)
        return [i, forget, candidate, o]

    def _cudnn_to_tf_weights(self, *cu_weights: Any) -> _Tensors:
        half = len(cu_weights) // 2
        pairs = zip(cu_weights[:half], cu_weights[half:], strict=True)
        return [array_ops.transpose(self._joined([array_ops.concat(pair, axis=1) for pair in pairs]))]

    def _tf_to_cudnn_weights(self, layer: int, *tf_weights: Any) -> _Tensors:
        (kernel,) = tf_weights
        gates = self._gates(array_ops.transpose(kernel))
        pairs = [array_ops.split(gate, self._widths(layer), axis=1) for gate in gates]
        return [pair[0] for pair in pairs] + [pair[1] for pair in pairs]

    def _cudnn_to_tf_biases(self, *cu_biases: Any) -> _Tensors:
        half = len(cu_biases) // 2
        pairs = zip(cu_biases[:half], cu_biases[half:], strict=True)
        return [self._joined([of_input + of_hidden for of_input, of_hidden in pairs])]

    def _tf_to_cudnn_biases(self, *tf_biases: Any) -> _Tensors:
        (bias,) = tf_biases
        halves = [gate * 0.5 for gate in self._gates(bias)]
        return halves * 2


class CudnnParamsFormatConverterGRU(CudnnParamsFormatConverter):
    """Converts between ``CudnnGRU`` and ``CudnnCompatibleGRUCell``; see the base class for the arguments."""

    _rnn_mode = _network.CUDNN_GRU

    def _cudnn_to_tf_weights(self, *cu_weights: Any) -> _Tensors:
        reset_x, update_x, candidate_x, reset_h, update_h, candidate_h = cu_weights
        gates = [array_ops.concat(pair, axis=1) for pair in ((reset_x, reset_h), (update_x, update_h))]
        kernels = [array_ops.concat(gates, axis=0), candidate_x, candidate_h]
        return [array_ops.transpose(kernel) for kernel in kernels]

    def _tf_to_cudnn_weights(self, layer: int, *tf_weights: Any) -> _Tensors:
        gates, candidate_x, candidate_h = (array_ops.transpose(kernel) for kernel in tf_weights)
        reset, update = array_ops.split(gates, 2, axis=0)
        reset_x, reset_h = array_ops.split(reset, self._widths(layer), axis=1)
        update_x, update_h = array_ops.split(update, self._widths(layer), axis=1)
        return [reset_x, update_x, candidate_x, reset_h, update_h, candidate_h]

    def _cudnn_to_tf_biases(self, *cu_biases: Any) -> _Tensors:
        reset_x, update_x, candidate_x, reset_h, update_h, candidate_h = cu_biases
        gates = array_ops.concat([reset_x, update_x], axis=0) + array_ops.concat([reset_h, update_h], axis=0)
        return [gates, candidate_x, candidate_h]

    def _tf_to_cudnn_biases(self, *tf_biases: Any) -> _Tensors:
        gates, candidate_x, candidate_h = tf_biases
        halves = [gates * 0.5, gates * 0.5]
        (reset_x, update_x), (reset_h, update_h) = (array_ops.split(half, 2, axis=0) for half in halves)
        return [reset_x, update_x, candidate_x, reset_h, update_h, candidate_h]


class CudnnParamsFormatConverterBasic(CudnnParamsFormatConverterLSTM):
    """Converts between a network without gates and ``BasicRNNCell``; see the base class for the arguments."""

    def _joined(self, gates: _Tensors) -> Any:
        return gates[0]

    def _gates(self, array: Any) -> _Tensors:
        return [array]

    def _tf_to_cudnn_biases(self, *tf_biases: Any) -> _Tensors:
        (bias,) = tf_biases
        return [bias * 0.5, bias * 0.5]


class CudnnParamsFormatConverterTanh(CudnnParamsFormatConverterBasic):
    """Converts between ``CudnnRNNTanh`` and ``BasicRNNCell``; see the base class for the arguments."""

    _rnn_mode = _network.CUDNN_RNN_TANH


class CudnnParamsFormatConverterRelu(CudnnParamsFormatConverterBasic):
    """Converts between ``CudnnRNNRelu`` and ``BasicRNNCell``; see the base class for the arguments."""

    _rnn_mode = _network.CUDNN_RNN_RELU
