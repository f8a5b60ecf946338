"""Nodes and tensors of a GraphDef by name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from tf1graphs.inspect.graphs.nodes import Tensor

# What has as many is no number of an output, which has 32 bits in TensorFlow.
_DIGITS = 10


def tensor(name: str) -> Tensor:
    """The tensor that an input of a node or a fetch names; ``"a"`` is ``"a:0"``."""
    node, colon, index = name.rpartition(":")
    return Tensor(node, int(index)) if colon and index.isdecimal() and len(index) < _DIGITS else Tensor(name, 0)


def data_inputs(node: Any) -> list[Tensor]:
    """The tensors that a node takes, in its order."""
    return [tensor(name) for name in node.input if not name.startswith("^")]


def control_inputs(node: Any) -> list[str]:
    """The names of the nodes that must have run before a node."""
    return [name[1:] for name in node.input if name.startswith("^")]


def sources(node: Any) -> Iterator[str]:
    """The names of all nodes that a node waits for."""
    return (tensor(name.removeprefix("^")).node for name in node.input)


def by_name(nodes: Iterable[Any]) -> dict[str, Any]:
    """Nodes by name, in their order."""
    return {node.name: node for node in nodes}


def consumers(nodes: Iterable[Any]) -> dict[str, list[Any]]:
    """By the name of a node the nodes that wait for it."""
    found: dict[str, list[Any]] = defaultdict(list)
    for node in nodes:
        for name in dict.fromkeys(sources(node)):
            found[name].append(node)
    return found


def same(node: Any) -> tuple[str, str]:
    """What two nodes have in common that make one variable or table: the container and the shared name."""
    return node.attr["container"].s.decode(), node.attr["shared_name"].s.decode() or node.name
