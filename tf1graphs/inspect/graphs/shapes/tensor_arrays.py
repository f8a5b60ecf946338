"""Shapes of arrays of tensors and of stacks, in which loops keep what their iterations give."""

from __future__ import annotations

from tf1graphs.inspect.graphs import attributes
from tf1graphs.inspect.graphs.attributes import Shape
from tf1graphs.inspect.graphs.shapes.operation import Operation, ShapeRule, merged


def _element_shape(operation: Operation) -> Shape:
    (shape,) = operation.behind(0)
    return shape


def _array_read(operation: Operation) -> list[Shape]:
    return [_element_shape(operation)]


def _array_gathered(operation: Operation) -> list[Shape]:
    shape = merged(attributes.shape(operation.proto, "element_shape"), _element_shape(operation))
    return [None if shape is None else (*operation.ranked(1, 1), *shape)]


def _array_concatenated(operation: Operation) -> list[Shape]:
    shape = attributes.shape(operation.proto, "element_shape_except0")
    return [None if shape is None else (None, *shape), (None,)]


def _array(operation: Operation) -> list[Shape]:
    del operation
    return [(2,), ()]


RULES: dict[str, ShapeRule] = {
    "TensorArrayV3": _array,
    "TensorArrayGradV3": _array,
    "TensorArrayReadV3": _array_read,
    "StackPopV2": _array_read,
    "TensorArrayGatherV3": _array_gathered,
    "TensorArrayConcatV3": _array_concatenated,
}
