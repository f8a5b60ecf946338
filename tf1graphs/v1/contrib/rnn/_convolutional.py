"""LSTMs whose products are convolutions: ``ConvLSTMCell`` and its one, two and three dimensional kinds.

Source: Shi et al., Convolutional LSTM Network, https://arxiv.org/abs/1506.04214, equation 3 without peepholes.
"""

from __future__ import annotations

from typing import Any

from tensorflow.python.framework import tensor_shape
from tensorflow.python.ops import array_ops, init_ops, math_ops, nn_ops
from tensorflow.python.ops import variable_scope as vs

from tf1graphs.v1.contrib.rnn._cells import Cell, LSTMStateTuple


class ConvLSTMCell(Cell):
    """An LSTM on inputs ``[batch, *input_shape]`` with channels last.

    Args:
        conv_ndims: the number of dimensions of the convolution, 1 to 3.
        input_shape: the shape of the inputs without the batch dimension.
        output_channels: the number of channels of the state.
        kernel_shape: the shape of the kernel, ``conv_ndims`` numbers.
        use_bias: whether there is a bias.
        skip_connection: whether the inputs are appended to the channels of the output.
        forget_bias: what is added to the forget gate.
        initializers: unused, as in TensorFlow 1.15.
        name: the name of the layer.

    Raises:
        ValueError: ``input_shape`` has not ``conv_ndims + 1`` dimensions.
    """

    def __init__(
        self,
        conv_ndims: int,
        input_shape: Any,
        output_channels: int,
        kernel_shape: Any,
        use_bias: bool = True,
        skip_connection: bool = False,
        forget_bias: float = 1.0,
        initializers: Any = None,
        name: str | None = "conv_lstm_cell",
    ) -> None:
        super().__init__(name=name)
        if conv_ndims != len(input_shape) - 1:
            raise ValueError(f"Invalid input_shape {input_shape} for conv_ndims={conv_ndims}.")
        self._conv_ndims = conv_ndims
        self._output_channels = output_channels
        self._kernel_shape = tuple(kernel_shape)
        self._use_bias = use_bias
        self._skip_connection = skip_connection
        self._forget_bias = forget_bias
        *positions, channels = input_shape
        state_shape = tensor_shape.TensorShape([*positions, output_channels])
        self._state_size = LSTMStateTuple(state_shape, state_shape)
        self._output_size = tensor_shape.TensorShape(
            [*positions, output_channels + (channels if skip_connection else 0)]
        )

    def call(self, inputs: Any, state: Any, scope: Any = None) -> Any:
        """Returns ``(output, (c, h))``."""
        c, h = state
        gates = _convolution([inputs, h], self._kernel_shape, 4 * self._output_channels, self._use_bias)
        i, j, f, o = array_ops.split(gates, 4, axis=self._conv_ndims + 1)
        c = math_ops.sigmoid(f + self._forget_bias) * c
        c += math_ops.sigmoid(i) * math_ops.tanh(j)
        output = math_ops.tanh(c) * math_ops.sigmoid(o)
        if self._skip_connection:
            output = array_ops.concat([output, inputs], axis=-1)
        return output, LSTMStateTuple(c, output)


def _convolution(args: list[Any], kernel_shape: tuple[int, ...], channels: int, use_bias: bool) -> Any:
    shapes = [arg.get_shape().as_list() for arg in args]
    rank = len(shapes[0])
    if any(len(shape) != rank for shape in shapes) or rank not in (3, 4, 5):
        raise ValueError(f"Conv Linear expects 3D, 4D or 5D arguments of the same rank: {shapes}")
    depth, dtype = sum(shape[-1] for shape in shapes), args[0].dtype
    kernel = vs.get_variable("kernel", [*kernel_shape, depth, channels], dtype=dtype)
    convolve, strides = {
        3: (nn_ops.conv1d, 1),
        4: (nn_ops.conv2d, [1] * 4),
        5: (nn_ops.conv3d_v1, [1] * 5),
    }[rank]
    result = convolve(array_ops.concat(args, rank - 1), kernel, strides, padding="SAME")
    if not use_bias:
        return result
    return result + vs.get_variable("biases", [channels], dtype, init_ops.constant_initializer(0.0, dtype=dtype))


class Conv1DLSTMCell(ConvLSTMCell):
    """``ConvLSTMCell`` on inputs ``[batch, length, channels]``."""

    def __init__(self, name: str | None = "conv_1d_lstm_cell", **kwargs: Any) -> None:
        super().__init__(conv_ndims=1, name=name, **kwargs)


class Conv2DLSTMCell(ConvLSTMCell):
    """``ConvLSTMCell`` on inputs ``[batch, height, width, channels]``."""

    def __init__(self, name: str | None = "conv_2d_lstm_cell", **kwargs: Any) -> None:
        super().__init__(conv_ndims=2, name=name, **kwargs)


class Conv3DLSTMCell(ConvLSTMCell):
    """``ConvLSTMCell`` on inputs ``[batch, depth, height, width, channels]``."""

    def __init__(self, name: str | None = "conv_3d_lstm_cell", **kwargs: Any) -> None:
        super().__init__(conv_ndims=3, name=name, **kwargs)
