"""``tf.contrib.receptive_field.python.util.graph_compute_order``: when each node of a graph is computed."""

from __future__ import annotations

import collections
import math
from collections.abc import Sequence
from typing import Any, NamedTuple

from tf1graphs.v1.contrib.receptive_field._layers import Axis, layer_axes

__all__ = ["get_compute_order", "parse_graph_nodes"]


class NodeInfo(NamedTuple):
    """A node, its distance from the inputs, and the height and width that go in and come out, None if unknown."""

    order: int
    node: Any
    input_size: Any
    output_size: Any


def parse_graph_nodes(graph_def: Any) -> dict[str, Any]:
    """Returns the nodes of a graph by their names."""
    return {node.name: node for node in graph_def.node}


def get_compute_order(
    graph_def: Any, input_node_name: str = "", input_node_size: Sequence[int] | None = None
) -> tuple[dict[str, NodeInfo], dict[str, Any]]:
    """Returns what is known of each node by its name, and the nodes by their names.

    Args:
        graph_def: The ``GraphDef``, without loops.
        input_node_name: The node that counts as the input.
        input_node_size: Its height and width, from which those of the others follow.
    """
    nodes = parse_graph_nodes(graph_def)
    found: dict[str, NodeInfo] = collections.defaultdict(lambda: NodeInfo(0, None, None, None))
    for name in nodes:
        _visit(nodes, name, found, input_node_name, input_node_size)
    return found, nodes


def _visit(
    nodes: dict[str, Any], name: str, found: dict[str, NodeInfo], input_name: str, input_size: Sequence[int] | None
) -> NodeInfo:
    if name not in found:
        node = nodes[name]
        if name == input_name:
            found[name] = NodeInfo(0, node, None, input_size)
        else:
            names = [each.split(":")[0] for each in node.input if not each.startswith("^")]
            parents = [_visit(nodes, each, found, input_name, input_size) for each in names]
            order = max((parent.order + 1 for parent in parents), default=0)
            size = parents[0].output_size if parents else None
            found[name] = NodeInfo(order, node, size, _output_size(node, nodes, size))
    return found[name]


def _output_size(node: Any, nodes: dict[str, Any], size: Any) -> Any:
    if size is None:
        return None
    axes = layer_axes(node, nodes, size, force=True)
    return [_output_length(length, axis) for length, axis in zip(size, axes, strict=True)]


def _output_length(length: int | None, axis: Axis) -> int | None:
    if length is None or axis.kernel_size is None or axis.stride is None or axis.total_padding is None:
        return None
    return math.ceil((length + axis.total_padding - axis.kernel_size + 1) / axis.stride)
