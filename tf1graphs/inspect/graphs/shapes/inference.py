"""The shapes of all tensors of a graph, as far as they are known before it runs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import TypeVar

from tf1graphs.inspect.graphs import attributes
from tf1graphs.inspect.graphs.attributes import Shape
from tf1graphs.inspect.graphs.nodes import Graph, Tensor, is_back_edge
from tf1graphs.inspect.graphs.shapes import (
    arrays,
    convolutions,
    elementwise,
    fused,
    gathering,
    matrices,
    sources,
    tensor_arrays,
    values,
)
from tf1graphs.inspect.graphs.shapes.handles import handle_of, stored_by
from tf1graphs.inspect.graphs.shapes.operation import Known, Operation, ShapeRule, Unknown, common, merged, possible

RULES: dict[str, ShapeRule] = {
    **sources.RULES,
    **elementwise.RULES,
    **matrices.RULES,
    **convolutions.RULES,
    **arrays.RULES,
    **gathering.RULES,
    **tensor_arrays.RULES,
    **fused.RULES,
}
# Rules read what TensorFlow would have checked; a node that it would refuse has no shape.
_MALFORMED = (ArithmeticError, LookupError, ValueError, TypeError)
_NOTHING = Known()
T = TypeVar("T")
# Loops in loops settle in a few passes; after these many, what they carry is taken to be unknown.
_MOST_PASSES = 16


class Shapes:
    """The shapes of a graph's tensors: ``shapes[Tensor("x", 0)]`` is a tuple with None for unknown sizes, or None."""

    def __init__(self, known: Mapping[str, tuple[Known, ...]]) -> None:
        self._known = known

    def of(self, tensor: Tensor) -> Known:
        """What is known of a tensor."""
        outputs = self._known.get(tensor.node, ())
        return outputs[tensor.output] if tensor.output < len(outputs) else _NOTHING

    def __getitem__(self, tensor: Tensor) -> Shape:
        return self.of(tensor).shape

    def outputs(self, name: str) -> tuple[Shape, ...]:
        """The shapes of the outputs of a node, as many as are known."""
        return tuple(known.shape for known in self._known.get(name, ()))


@dataclass(frozen=True)
class _Assumed:
    """What one pass over the graph takes from the one before.

    Attributes:
        begun: by name of a ``Merge`` at which a loop begins, the shape that it gives in all iterations.
        elements: by name of an array or a stack, the shape of all that is stored in it.
    """

    begun: Mapping[str, Shape]
    elements: Mapping[str, Shape]


def infer_shapes(graph: Graph, batch: int | None = None) -> Shapes:
    """The shapes of a graph's tensors.

    What a loop carries has the shape it has at the beginning only if an iteration gives it back with this shape. So
    this is assumed, and given up where it turns out wrong, until nothing changes; but first the shapes of what is
    stored in arrays are taken from one pass to the next, as the iterations read it. Whatever fits together in the
    end is right, as each tensor is computed from earlier ones.

    Args:
        graph: the graph.
        batch: the size that stands for the first size of placeholders where that is not known.
    """
    returns = [
        (name, tensor)
        for name, node in graph.nodes.items()
        for tensor in node.inputs
        if is_back_edge(graph.nodes[tensor.node], node)
    ]
    assumed = _Assumed({}, {})
    for _ in range(_MOST_PASSES):
        shapes, elements = _one_pass(graph, assumed, batch)
        if elements != assumed.elements:
            assumed = _Assumed(assumed.begun, elements)
            continue
        begun = dict(assumed.begun)
        for name, tensor in returns:
            shape = shapes[Tensor(name, 0)]
            if common(shape, shapes[tensor]) != shape:
                begun[name] = common(shape, shapes[tensor])
        if begun == assumed.begun:
            return shapes
        assumed = _Assumed(begun, elements)
    return _one_pass(graph, _Assumed({name: None for name, _ in returns}, {}), batch)[0]


def _one_pass(graph: Graph, assumed: _Assumed, batch: int | None) -> tuple[Shapes, Mapping[str, Shape]]:
    """The shapes, and those of what is stored in arrays and stacks."""
    known: dict[str, tuple[Known, ...]] = {}
    shapes = Shapes(known)
    stored: dict[str | None, Shape] = {}
    for name in graph.order:
        node = graph.nodes[name]
        inputs = [shapes.of(tensor) for tensor in node.inputs if not is_back_edge(graph.nodes[tensor.node], node)]
        operation = Operation(node.proto, inputs, graph.producer, batch)
        known[name] = _outputs(operation, assumed.elements)
        if name in assumed.begun:
            known[name] = (Known(assumed.begun[name]), *known[name][1:])
        storing = stored_by(operation)
        if storing is not None:
            where, shape = storing
            stored[where] = common(stored[where], shape) if where in stored else shape
    # What is stored behind a handle of unknown origin could be stored anywhere.
    return shapes, {} if None in stored else {where: shape for where, shape in stored.items() if where is not None}


def _outputs(operation: Operation, elements: Mapping[str, Shape]) -> tuple[Known, ...]:
    inferred = _applied(RULES, operation)
    numbers = _applied(values.RULES, operation)
    stated = attributes.shapes(operation.proto, "_output_shapes")
    handle = handle_of(operation, elements)
    return tuple(
        Known(_agreed(shape, said), number, handle)
        for shape, said, number, _ in zip_longest(inferred, stated, numbers, (None,) * (handle is not None))
    )


def _applied(rules: Mapping[str, Callable[[Operation], Sequence[T]]], operation: Operation) -> Sequence[T]:
    if operation.proto.op not in rules:
        return ()
    try:
        return rules[operation.proto.op](operation)
    except _MALFORMED:
        return ()


def _agreed(inferred: Shape, stated: Shape) -> Shape:
    """What the rule and the file say together; None if they contradict each other, or TensorFlow has no such shape."""
    try:
        return possible(merged(inferred, stated))
    except Unknown:
        return None
