"""A ``GraphDef`` with its edges: who consumes what, in an order in which inputs come first."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

_BACK = ("NextIteration", "RefNextIteration")
_MERGE = ("Merge", "RefMerge")
# No program passes a tensor on more often; a longer chain, or a circle, would be gone through again and again.
_MOST_PASSED = 64


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
        order: all names, each after those whose tensors it takes, but for the edges by which loops return; those that
            hang on another cycle at the end.
        problems: what no TensorFlow would load, a line each.
        producer: the version of the GraphDef, by which some ops have another meaning.
    """

    nodes: dict[str, Node]
    consumers: dict[str, list[str]]
    order: tuple[str, ...]
    problems: tuple[str, ...]
    producer: int

    def origin(self, tensor: Tensor, through: Container[str]) -> Tensor:
        """The tensor from which ``tensor`` comes unchanged, through a few ops of the types ``through``."""
        for _ in range(_MOST_PASSED):
            node = self.nodes[tensor.node]
            if node.op not in through or not node.inputs:
                break
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
    order = _sorted_names(nodes, consumers)
    reached = set(order)
    cyclic = [name for name in nodes if name not in reached]
    if cyclic:
        problems.append(f"{len(cyclic)} operations hang on themselves, not through a loop; the first is {cyclic[0]}")
    return Graph(nodes, consumers, (*order, *cyclic), tuple(problems), graph_def.versions.producer)


def is_back_edge(producer: Node, consumer: Node) -> bool:
    """Whether a loop returns by this edge to its beginning."""
    return producer.op in _BACK and consumer.op in _MERGE


def _sorted_names(nodes: dict[str, Node], consumers: dict[str, list[str]]) -> list[str]:
    """Kahn's algorithm on all edges but those by which loops return; what hangs on another cycle is left out."""
    waiting = {
        name: len({tensor.node for tensor in node.inputs if not is_back_edge(nodes[tensor.node], node)})
        for name, node in nodes.items()
    }
    ready = deque(name for name, count in waiting.items() if not count)
    found = []
    while ready:
        name = ready.popleft()
        found.append(name)
        for consumer in consumers[name]:
            if not is_back_edge(nodes[name], nodes[consumer]):
                waiting[consumer] -= 1
                if not waiting[consumer]:
                    ready.append(consumer)
    return found


def reached(starts: Iterable[str], edges: Callable[[str], Iterable[str]]) -> set[str]:
    """``starts`` and all nodes to which ``edges`` lead from them."""
    found: set[str] = set()
    ready = list(starts)
    while ready:
        name = ready.pop()
        if name not in found:
            found.add(name)
            ready.extend(edges(name))
    return found
