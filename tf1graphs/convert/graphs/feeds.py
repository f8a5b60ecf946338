"""What must be fed for some tensors of a graph."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from tf1graphs.convert.graphs.nodes import data_inputs
from tf1graphs.convert.graphs.slicing import needed
from tf1graphs.inspect.graphs.feeds import is_fed
from tf1graphs.inspect.graphs.nodes import Tensor


def found(nodes: Mapping[str, Any], outputs: Iterable[Tensor], given: Collection[Tensor] = ()) -> list[Tensor]:
    """The placeholders and results of input pipelines that ``outputs`` need beside ``given``, in the graph's order."""
    outputs = list(outputs)
    sources = {name for name, node in nodes.items() if is_fed(node)}
    used = {tensor for node in nodes.values() for tensor in data_inputs(node)}.union(outputs)
    cut = {*given, *(tensor for tensor in used if tensor.node in sources)}
    part = needed(nodes, {output.node for output in outputs if output not in cut}, cut)
    taken = {tensor for node in part for tensor in data_inputs(node)}.union(outputs) & cut
    order = {name: position for position, name in enumerate(nodes)}
    return sorted(taken - set(given), key=lambda tensor: (order[tensor.node], tensor.output))
