"""The losses of a graph: the tensors from which gradients start, and those that its program collected."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice

from tf1graphs.inspect.graphs.attributes import Shape
from tf1graphs.inspect.graphs.collections import Collections
from tf1graphs.inspect.graphs.nodes import Graph, Node, Tensor, parse_input
from tf1graphs.inspect.graphs.shapes.inference import Shapes

# tf.gradients begins with ones in the shape of the loss: Fill(Shape(loss), grad_ys_0).
_ONES = re.compile(r"((?:.*/)?)grad_ys_\d+(?:_\d+)?")

_BACKWARD = re.compile(r"_grad(?=/|$)")
_MOST_SCOPES = 64


@dataclass(frozen=True)
class Loss:
    """A loss.

    Attributes:
        tensor: its name.
        shape: its shape.
        found: ``"gradients"``, or the collection in which it is.
    """

    tensor: str
    shape: Shape
    found: str


def _differentiated(graph: Graph, ones: Node, scope: str) -> Tensor | None:
    """The tensor whose gradient is ``ones``.

    A shape that the program knew has no edge to the tensor; then the first op of the backward pass tells, whose name is
    that of its forward op and ``_grad``.
    """
    shape = graph.nodes[ones.inputs[0].node]
    if shape.op == "Shape" and shape.inputs:
        return shape.inputs[0]
    for consumer in graph.consumers[ones.name]:
        name = consumer.removeprefix(scope)
        for end in islice(_BACKWARD.finditer(name), _MOST_SCOPES):
            if name[: end.start()] in graph.nodes:
                return Tensor(name[: end.start()], 0)
    return None


def find_losses(graph: Graph, shapes: Shapes, collections: Collections) -> tuple[Loss, ...]:
    """The losses: first those from which gradients start."""
    found: dict[Tensor, str] = {}
    for name, node in graph.nodes.items():
        match = _ONES.fullmatch(name) if node.op == "Const" else None
        for consumer in graph.consumers[name] if match else ():
            ones = graph.nodes[consumer]
            if match and ones.op == "Fill" and len(ones.inputs) == 2:
                tensor = _differentiated(graph, ones, match[1])
                if tensor:
                    found.setdefault(tensor, "gradients")
    for text, key in collections.losses.items():
        node_name, output = parse_input(text)
        if node_name in graph.nodes and output is not None:
            found.setdefault(Tensor(node_name, output), key)
    return tuple(Loss(str(tensor), shapes[tensor], how) for tensor, how in found.items())
