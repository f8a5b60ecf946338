"""A ``GraphDef`` with its edges: who consumes what, in an order in which inputs come first."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

_BACK = ("NextIteration", "RefNextIteration")
_MERGE = ("Merge", "RefMerge")


class Tensor(NamedTuple):
    """An output of a node."""

    node: str
    output: int

    def __str__(self) -> str:
        return f"{self.node}:{self.output}"


@dataclass(frozen=True, slots=True)
class Node:
    """A ``NodeDef``.

    Attributes:
        proto: the message.
        inputs: the tensors it takes, in order; none of them if the graph has not all.
        controls: the nodes that run before it.
    """

    proto: Any
    name: str
    op: str
    inputs: tuple[Tensor, ...]
    controls: tuple[str, ...]


@dataclass(frozen=True)
class Graph:
    """The nodes of a graph and their edges.

    Attributes:
        nodes: by name, in the order of the file.
        consumers: by name of a node, the names of those that take one of its tensors.
        problems: what no TensorFlow would load, a line each.
        producer: the version of the GraphDef, by which some ops have another meaning.
    """

    nodes: dict[str, Node]
    consumers: dict[str, list[str]]
    problems: tuple[str, ...]
    producer: int

    def is_back_edge(self, producer: str, consumer: str) -> bool:
        """Whether a loop returns by this edge to its beginning."""
        return self.nodes[producer].op in _BACK and self.nodes[consumer].op in _MERGE

    def origin(self, tensor: Tensor, through: Iterable[str]) -> Tensor:
        """The tensor from which ``tensor`` comes unchanged, through ops of the types ``through``."""
        seen = set()
        while (node := self.nodes[tensor.node]).op in through and node.inputs and tensor not in seen:
            seen.add(tensor)
            tensor = node.inputs[0]
        return tensor


def parse_input(text: str) -> tuple[str, int | None]:
    """The node and the number of the output that an input names; None instead of the number for a control input."""
    if text.startswith("^"):
        return text[1:], None
    name, colon, output = text.rpartition(":")
    if colon and output.isascii() and output.isdecimal() and len(output) < 10:
        return name, int(output)
    return text, 0


def make_graph(graph_def: Any) -> Graph:
    """The edges of a ``GraphDef``. Inputs that no node has become problems."""
    protos: dict[str, Any] = {}
    problems = []
    for proto in graph_def.node:
        if proto.name in protos:
            problems.append(f"two nodes have the name {proto.name}")
        else:
            protos[proto.name] = proto
    nodes: dict[str, Node] = {}
    consumers: dict[str, list[str]] = {name: [] for name in protos}
    for name, proto in protos.items():
        inputs: list[Tensor] = []
        controls, is_broken = [], False
        for text in proto.input:
            source, output = parse_input(text)
            if source not in protos:
                problems.append(f"{name} takes {text}, which the graph has not")
                is_broken = True
            elif output is None:
                controls.append(source)
            else:
                inputs.append(Tensor(source, output))
        nodes[name] = node = Node(proto, name, proto.op, () if is_broken else tuple(inputs), tuple(controls))
        for source in dict.fromkeys(tensor.node for tensor in node.inputs):
            consumers[source].append(name)
    graph = Graph(nodes, consumers, (), graph_def.versions.producer)
    cyclic = cyclic_nodes(graph)
    if cyclic:
        problems.append(f"{len(cyclic)} operations hang on themselves, not through a loop; the first is {cyclic[0]}")
    return Graph(nodes, consumers, tuple(problems), graph.producer)


def _sorted_nodes(graph: Graph) -> list[str]:
    """Kahn's algorithm on all edges but those by which loops return; what is left out hangs on a cycle."""
    waiting = {
        name: len({tensor.node for tensor in node.inputs if not graph.is_back_edge(tensor.node, name)})
        for name, node in graph.nodes.items()
    }
    ready = deque(name for name, count in waiting.items() if not count)
    found = []
    while ready:
        name = ready.popleft()
        found.append(name)
        for consumer in graph.consumers[name]:
            if not graph.is_back_edge(name, consumer):
                waiting[consumer] -= 1
                if not waiting[consumer]:
                    ready.append(consumer)
    return found


def cyclic_nodes(graph: Graph) -> list[str]:
    """The nodes that hang on a cycle which is no loop of TensorFlow's."""
    found = set(_sorted_nodes(graph))
    return [name for name in graph.nodes if name not in found]


def in_order(graph: Graph) -> list[str]:
    """All nodes, each after those whose tensors it takes; those of cycles at the end."""
    return _sorted_nodes(graph) + cyclic_nodes(graph)


def reached_from(graph: Graph, starts: Iterable[str]) -> set[str]:
    """The nodes that hang on one of ``starts``, and these."""
    reached = set(starts)
    ready = list(reached)
    while ready:
        for consumer in graph.consumers[ready.pop()]:
            if consumer not in reached:
                reached.add(consumer)
                ready.append(consumer)
    return reached
