"""The formulas of the cells that Keras has.

Sources: ``call`` of the cells in ``tensorflow/python/ops/rnn_cell_impl.py`` and in ``tensorflow/contrib/rnn``.
``?inputs`` is what the cell reads in a round, ``?state`` its last output, ``?memory`` an LSTM's cell state.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from tf1graphs.convert.keras.graphs.network import Network, Ref
from tf1graphs.convert.keras.graphs.patterns import Found, Pattern
from tf1graphs.convert.keras.graphs.values import Values


@dataclass(frozen=True)
class Cell:
    """A cell.

    Attributes:
        kind: the layer of Keras.
        output: the formula of its output.
        sources: its variables in the order of the way.
        carry: the way.
        gates: how often as wide as the cell its last variable is.
        arguments: of Keras's layer.
        block: whether one operation computes the cell, which then has the forget bias, peepholes and clipping as
            attributes.
    """

    kind: str
    output: Pattern
    sources: tuple[str, ...]
    carry: str
    gates: int
    arguments: dict[str, Any] = field(default_factory=dict)
    block: bool = False

    def is_plain(self, node: Any) -> bool:
        """Whether the operation of a block, ``node``, computes no more than Keras's cell."""
        return not self.block or not (node.attr["use_peephole"].b or node.attr["cell_clip"].f > 0)

    def new_memory(self, found: Found, output: Ref) -> Ref:
        """An LSTM's memory after the round in which its output is ``output``."""
        return Ref(output.node, 1) if self.block else found["?new_memory"]

    def settings(self, network: Network, values: Values, found: Found, output: Ref) -> dict[str, Any]:
        """What the way must know of this cell."""
        if self.carry != "lstm":
            return {}
        if self.block:
            return {"forget_bias": network.node(output).attr["forget_bias"].f}
        value = values.constant(found["?forget_bias"])
        return {"forget_bias": float(value) if value is not None else None}


def _linear(inputs: Pattern, kernel: str, bias: str) -> Pattern:
    return ("Add", ("MatMul", inputs, kernel), bias)


_READ = ("ConcatV2", "?inputs", "?state", 1.0)


def _gate(number: int) -> Pattern:
    return (f"Split:{number}", 1.0, _linear(_READ, "?kernel", "?bias"))


_NEW_MEMORY = (
    "Add",
    ("Mul", "?memory", ("Sigmoid", ("Add", _gate(2), "?forget_bias"))),
    ("Mul", ("Sigmoid", _gate(0)), ("Tanh", _gate(1))),
)
_LSTM = ("Mul", ("Tanh", ("?new_memory", _NEW_MEMORY)), ("Sigmoid", _gate(3)))
_GATES = ("Sigmoid", _linear(_READ, "?gates_kernel", "?gates_bias"))
_RESET, _UPDATE = ("Split", 1.0, _GATES), ("Split:1", 1.0, _GATES)


def _gru(candidate: Pattern) -> Pattern:
    return ("Add", ("Mul", _UPDATE, "?state"), ("Mul", ("Sub", 1.0, _UPDATE), ("Tanh", candidate)))


_RESET_BEFORE = _linear(("ConcatV2", "?inputs", ("Mul", _RESET, "?state"), 1.0), "?candidate_kernel", "?candidate_bias")
_RESET_AFTER = (
    "Add",
    _linear("?inputs", "?input_kernel", "?input_bias"),
    ("Mul", _RESET, _linear("?state", "?state_kernel", "?state_bias")),
)
_GRU_SOURCES = ("?gates_kernel", "?gates_bias", "?candidate_kernel", "?candidate_bias")
CELLS = (
    Cell("LSTM", _LSTM, ("?kernel", "?bias"), "lstm", 4),
    Cell(
        "LSTM",
        ("LSTMBlockCell:6", "?inputs", "?memory", "?state", "?kernel", "?wci", "?wcf", "?wco", "?bias"),
        ("?kernel", "?bias"),
        "lstm",
        4,
        block=True,
    ),
    Cell("GRU", _gru(_RESET_BEFORE), _GRU_SOURCES, "gru", 1, {"reset_after": False}),
    Cell(
        "GRU",
        ("GRUBlockCell:3", "?inputs", "?state", "?gates_kernel", "?candidate_kernel", "?gates_bias", "?candidate_bias"),
        _GRU_SOURCES,
        "gru",
        1,
        {"reset_after": False},
    ),
    Cell(
        "GRU",
        _gru(_RESET_AFTER),
        ("?gates_kernel", "?gates_bias", "?input_kernel", "?input_bias", "?state_kernel", "?state_bias"),
        "gru_reset_after",
        1,
    ),
    Cell("SimpleRNN", ("Tanh", _linear(_READ, "?kernel", "?bias")), ("?kernel", "?bias"), "rnn", 1),
)
