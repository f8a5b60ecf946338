"""Functions on graphs and graph definitions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tensorflow.core.framework import graph_pb2
from tensorflow.python.framework import graph_util_impl, ops


def get_graph_from_inputs(op_input_list: Any, graph: Any = None) -> Any:
    """Returns the graph that all inputs belong to, or ``graph``.

    Raises:
        ValueError: the inputs belong to several graphs.
    """
    return ops._get_graph_from_inputs(op_input_list, graph)


def get_name_scope() -> str:
    """Returns the current name scope of the default graph, without the last slash."""
    scope: str = ops.get_default_graph().get_name_scope()
    return scope


def get_placeholders(graph: Any) -> list[Any]:
    """Returns the tensors of the graph's placeholders.

    Raises:
        TypeError: ``graph`` is not a graph.
    """
    if not isinstance(graph, ops.Graph):
        raise TypeError(f"graph is a tf.Graph, not {graph!r}")
    return [op.outputs[0] for op in graph.get_operations() if op.type == "Placeholder"]


def fuse_op(
    graph_def: Any,
    input_nodes: list[str],
    output_nodes: list[str],
    output_dtypes: list[int],
    output_quantized: bool,
    op_name: str,
    op_type: str,
) -> Any:
    """Returns the graph definition with the nodes between inputs and outputs replaced by one node.

    Args:
        graph_def: the definition; it is not changed.
        input_nodes: names of the nodes that feed the new node.
        output_nodes: names of nodes of one input each, which read the outputs of the new node, in this order.
        output_dtypes: types of the new node's outputs, kept in its attribute ``_output_types``.
        output_quantized: kept in the new node's attribute ``_output_quantized``.
        op_name: name of the new node.
        op_type: its op.

    Raises:
        TypeError: an argument has the wrong type, or a node past the fused ones needs one of them.
    """
    if not isinstance(graph_def, graph_pb2.GraphDef):
        raise TypeError(f"graph_def is a GraphDef, not {type(graph_def).__name__}")
    if isinstance(input_nodes, str) or isinstance(output_nodes, str):
        raise TypeError("input_nodes and output_nodes are lists of names")
    inputs_of, nodes, order = graph_util_impl._extract_graph_summary(graph_def)
    graph_util_impl._assert_nodes_are_present(nodes, input_nodes + output_nodes)
    before = graph_util_impl._bfs_for_reachable_nodes(input_nodes, inputs_of)
    needed = graph_util_impl._bfs_for_reachable_nodes(output_nodes, inputs_of)
    fused = needed - before
    _check_inputs_of_fused(fused - set(output_nodes), inputs_of, before, set(input_nodes))

    result = graph_pb2.GraphDef(library=graph_def.library, versions=graph_def.versions)
    result.node.extend(nodes[name] for name in sorted(before, key=order.__getitem__))
    node = result.node.add(name=op_name, op=op_type, input=input_nodes)
    node.attr["_output_types"].list.type[:] = output_dtypes
    node.attr["_output_quantized"].b = output_quantized
    for index, name in enumerate(output_nodes):
        assert len(nodes[name].input) == 1
        output = result.node.add()
        output.CopyFrom(nodes[name])
        output.input[:] = [f"{op_name}:{index}" if index else op_name]
    result.node.extend(node for name, node in nodes.items() if name not in before and name not in needed)
    return result


def _check_inputs_of_fused(
    names: Iterable[str], inputs_of: dict[str, list[str]], before: set[str], inputs: set[str]
) -> None:
    for name in names:
        for source in inputs_of[name]:
            if source in before and source not in inputs:
                raise TypeError(f"node {name} needs {source}, which is none of input_nodes")
