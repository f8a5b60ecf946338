"""Whether each node of a graph has what it takes; what comes later relies on it."""

from __future__ import annotations

from typing import Any

from tf1graphs.convert.errors import CouldNotConvert
from tf1graphs.convert.graphs.nodes import by_name, data_inputs, sources


def refuse_damaged(graph_def: Any) -> None:
    """Refuses a graph in which nodes have one name, or lack inputs.

    Raises:
        CouldNotConvert: with the node; also where it has more inputs than its op takes.
    """
    from tensorflow.python.framework import op_def_registry

    nodes = by_name(graph_def.node)
    definitions = {op: op_def_registry.get(op) for op in dict.fromkeys(node.op for node in graph_def.node)}
    seen: set[str] = set()
    for node in graph_def.node:
        if node.name in seen:
            raise CouldNotConvert(f"two nodes have the name {node.name}; the file is damaged")
        seen.add(node.name)
        gone = next((name for name in sources(node) if name not in nodes), None)
        if gone is not None:
            raise CouldNotConvert(f"the graph has no node {gone}, which {node.name} needs; the file is damaged")
        definition, has = definitions[node.op], len(data_inputs(node))
        takes = sum(_number(node, definition, argument) for argument in definition.input_arg) if definition else has
        if has != takes:
            raise CouldNotConvert(
                f"the number of inputs of {node.name} is {has}, and {node.op} takes {takes}; the file is damaged"
            )


def _number(node: Any, definition: Any, argument: Any) -> int:
    """How many tensors a node takes for an ``OpDef.ArgDef``."""
    name = argument.number_attr or argument.type_list_attr
    if not name:
        return 1
    described = next(each for each in definition.attr if each.name == name)
    if name not in node.attr and not described.HasField("default_value"):
        raise CouldNotConvert(f"{node.name} ({node.op}) has no attribute {name}; the file is damaged")
    value = node.attr.get(name, described.default_value)
    return int(max(value.i if argument.number_attr else len(value.list.type), described.minimum))
