"""The part of a graph that some of its tensors need."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from tf1graphs.convert.graphs.nodes import control_inputs, data_inputs
from tf1graphs.inspect.graphs.nodes import Tensor


def needed(nodes: Mapping[str, Any], targets: Iterable[str], cut: Collection[Tensor] = ()) -> list[Any]:
    """The nodes that must run for the nodes ``targets``, in the order of the graph.

    Args:
        nodes: all nodes of the graph by name.
        targets: names of nodes.
        cut: tensors that are given: what computes only them is not needed.
    """
    given = {tensor.node for tensor in cut}
    found: set[str] = set()
    waiting = list(targets)
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        found.add(name)
        node = nodes[name]
        waiting.extend(tensor.node for tensor in data_inputs(node) if tensor not in cut)
        waiting.extend(control for control in control_inputs(node) if control not in given)
    return [node for name, node in nodes.items() if name in found]
