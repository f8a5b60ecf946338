"""What LSTM cells add to their forget gates: no checkpoint has it, but the graph does."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tf1graphs.convert.errors import CouldNotConvert
from tf1graphs.convert.keras.graphs.known._cells import CELLS
from tf1graphs.convert.keras.graphs.network import Network, Ref
from tf1graphs.convert.keras.graphs.patterns import find
from tf1graphs.convert.keras.graphs.values import Values
from tf1graphs.inspect.reading.graphs import GraphFile

_LSTMS = [cell for cell in CELLS if cell.carry == "lstm"]
# The operation of LSTMBlockFusedCell, which runs all steps, and which of its inputs the kernel is.
_FUSED, _KERNEL = "BlockLSTM", 4


def _open_shape(ref: Ref) -> tuple[int | None, ...]:
    raise CouldNotConvert(f"the shape of {ref.node} is not known")


def _of_node(node: Any, network: Network, values: Values) -> Iterator[tuple[str | None, float | None]]:
    """The kernel and the forget bias of the cell whose output ``node`` computes, if it does."""
    if node.op == _FUSED:
        yield values.variable(network.inputs(node)[_KERNEL]), node.attr["forget_bias"].f
    for cell in _LSTMS:
        op, _, output = cell.output[0].partition(":")
        ref = Ref(node.name, int(output or 0))
        found = find(cell.output, ref, network, values) if node.op == op else None
        if found:
            yield values.variable(found["?kernel"]), cell.settings(network, values, found, ref)["forget_bias"]


def forget_biases(file: GraphFile) -> dict[str, float]:
    """The forget bias of each LSTM cell in a graph, by the name of the variable that is its kernel."""
    network = Network(file.meta_graphs[0].graph_def)
    values = Values(network, file.path, _open_shape)
    biases: dict[str, float] = {}
    for node in network.nodes.values():
        try:
            found = list(_of_node(node, network, values))
        except (CouldNotConvert, IndexError, RecursionError):
            continue  # What a node reads is not to be told before the graph runs; then it is no cell.
        biases.update({kernel: bias for kernel, bias in found if kernel and bias is not None})
    return biases
