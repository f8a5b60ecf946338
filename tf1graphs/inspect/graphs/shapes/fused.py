"""Shapes of fused cells and of quantized operations.

Quantized tensors come with two scalars, the least and the greatest value they stand for.
"""

from __future__ import annotations

from tf1graphs.inspect.graphs.attributes import Shape
from tf1graphs.inspect.graphs.shapes import convolutions, elementwise, matrices
from tf1graphs.inspect.graphs.shapes.operation import Operation, ShapeRule


def _lstm_cell(operation: Operation) -> list[Shape]:
    """``x [B, I], cs_prev [B, H], ...`` to seven tensors ``[B, H]``."""
    (batch, _), (_, units) = operation.ranked(0, 2), operation.ranked(1, 2)
    return [(batch, units)] * 7


def _lstm_cell_gradient(operation: Operation) -> list[Shape]:
    """``x [B, I], cs_prev [B, H], ...`` to ``[B, H], [B, 4 H]`` and three gradients of peepholes ``[H]``."""
    batch, units = operation.ranked(1, 2)
    gates = None if units is None else 4 * units
    return [(batch, units), (batch, gates), *[(units,)] * 3]


def _lstm_block(operation: Operation) -> list[Shape]:
    """``seq_len_max, x [T, B, I], cs_prev [B, H], ...`` to seven tensors ``[T, B, H]``."""
    (time, batch, _), (_, units) = operation.ranked(1, 3), operation.ranked(2, 2)
    return [(time, batch, units)] * 7


def _gru_cell(operation: Operation) -> list[Shape]:
    """``x [B, I], h_prev [B, H], ...`` to four tensors ``[B, H]``."""
    (batch, _), (_, units) = operation.ranked(0, 2), operation.ranked(1, 2)
    return [(batch, units)] * 4


def _cudnn(operation: Operation) -> list[Shape]:
    """``input [T, B, I], input_h [layers * directions, B, H], ...`` to the output and the states."""
    (time, batch, _), state = operation.ranked(0, 3), operation.ranked(1, 3)
    directions = 2 if operation.text("direction") == "bidirectional" else 1
    units = None if state[2] is None else directions * state[2]
    cell = state if operation.text("rnn_mode") == "lstm" else None
    return [(time, batch, units), state, cell]


def _with_range(rule: ShapeRule) -> ShapeRule:
    def ranged(operation: Operation) -> list[Shape]:
        return [rule(operation)[0], (), ()]

    return ranged


def _range_of(operation: Operation) -> list[Shape]:
    del operation
    return [(), ()]


_PASSED_ON = (
    *("QuantizeV2", "QuantizedRelu", "QuantizedRelu6", "QuantizedReluX", "QuantizedBiasAdd"),
    *("Requantize", "QuantizeDownAndShrinkRange", "QuantizedInstanceNorm", "QuantizedBatchNormWithGlobalNormalization"),
)

RULES: dict[str, ShapeRule] = {
    "LSTMBlockCell": _lstm_cell,
    "LSTMBlockCellGrad": _lstm_cell_gradient,
    "BlockLSTM": _lstm_block,
    "BlockLSTMV2": _lstm_block,
    "GRUBlockCell": _gru_cell,
    "CudnnRNN": _cudnn,
    "CudnnRNNV2": _cudnn,
    "CudnnRNNV3": _cudnn,
    **dict.fromkeys(_PASSED_ON, _with_range(elementwise.RULES["Identity"])),
    **dict.fromkeys(("QuantizedAdd", "QuantizedMul"), _with_range(elementwise.RULES["Add"])),
    "QuantizedMatMul": _with_range(matrices.RULES["MatMul"]),
    "QuantizedConv2D": _with_range(convolutions.RULES["Conv2D"]),
    "QuantizedMaxPool": _with_range(convolutions.RULES["MaxPool"]),
    "QuantizedAvgPool": _with_range(convolutions.RULES["AvgPool"]),
    "RequantizationRange": _range_of,
}
