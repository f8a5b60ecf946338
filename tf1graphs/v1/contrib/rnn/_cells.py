"""What the cells of ``tf.contrib.rnn`` share: their base classes and their static sizes."""

from __future__ import annotations  # noqa: I001 (_tf_keras comes first, to keep tf_keras quiet)

from typing import Any

from tensorflow.python.autograph.core import config
from tensorflow.python.framework import ops, tensor_shape

from tf1graphs.v1 import _tf_keras  # noqa: F401
from tf_keras.src.layers.rnn.legacy_cells import LayerRNNCell, LSTMStateTuple, RNNCell

__all__ = [
    "Cell",
    "LSTMStateTuple",
    "LayerCell",
    "LayerRNNCell",
    "RNNCell",
    "WrapperCell",
    "last_dimension",
    "lstm_sizes",
]

# AutoGraph rewrites the layers of programs, not those of TensorFlow, to which these belong.
config.CONVERSION_RULES = (config.DoNotConvert("tf1graphs.v1"), *config.CONVERSION_RULES)


class _Sized:
    """Returns the sizes that the constructor of a cell has set."""

    _state_size: Any
    _output_size: Any

    @property
    def state_size(self) -> Any:
        """The size or shape of each part of the state, without the batch dimension."""
        return self._state_size

    @property
    def output_size(self) -> Any:
        """The size or shape of the output, without the batch dimension."""
        return self._output_size


class Cell(_Sized, RNNCell):  # type: ignore[misc]
    """A cell that creates its variables with ``tf.get_variable`` while it is called."""


class LayerCell(_Sized, LayerRNNCell):  # type: ignore[misc]
    """A cell that creates its variables in ``build``."""


class WrapperCell(RNNCell):  # type: ignore[misc]
    """A cell around another one, ``_cell``, whose sizes and zero state it has."""

    _cell: Any

    @property
    def state_size(self) -> Any:
        """The state size of the wrapped cell."""
        return self._cell.state_size

    @property
    def output_size(self) -> Any:
        """The output size of the wrapped cell."""
        return self._cell.output_size

    def zero_state(self, batch_size: Any, dtype: Any) -> Any:
        """Returns the zero state of the wrapped cell."""
        with ops.name_scope(type(self).__name__ + "ZeroState", values=[batch_size]):
            return self._cell.zero_state(batch_size, dtype)


def last_dimension(shape: Any) -> int:
    """Returns the static size of the inputs of a cell.

    Raises:
        ValueError: ``shape`` is not of rank 2, or its last dimension is unknown.
    """
    size = tensor_shape.dimension_value(tensor_shape.TensorShape(shape).with_rank(2)[1])
    if size is None:
        raise ValueError(f"Could not infer input size from inputs.get_shape()[-1]: the shape is {shape}")
    return int(size)


def lstm_sizes(num_units: int, num_proj: int | None) -> tuple[Any, int]:
    """Returns ``(state_size, output_size)`` of an LSTM whose output may be projected."""
    output_size = num_proj or num_units
    return LSTMStateTuple(num_units, output_size), output_size
