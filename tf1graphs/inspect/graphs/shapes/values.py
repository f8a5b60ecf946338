"""Integers that are known before anything runs: what shapes are computed from.

TensorFlow folds constants with its kernels; here the ops that programs compute shapes with are enough.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from tf1graphs.inspect.errors import InvalidFile
from tf1graphs.inspect.graphs import attributes
from tf1graphs.inspect.graphs.attributes import Shape
from tf1graphs.inspect.graphs.shapes.operation import (
    LARGEST,
    MOST_VALUES,
    Operation,
    Unknown,
    Value,
    ValueRule,
    axis_of,
    product,
)
from tf1graphs.inspect.graphs.shapes.slices import sliced_value
from tf1graphs.inspect.reading.tensors import shape_of, to_array

_INTEGERS = ("int32", "int64", "int16", "int8", "uint8", "bool")


def _fits(number: int) -> bool:
    """What is larger overflows in TensorFlow; here it is not known."""
    return -LARGEST <= number <= LARGEST


def as_value(numbers: Any) -> Value:
    """The array of integers. Raises ``Unknown`` if they are too many to be sizes."""
    value = np.asarray(numbers, object)
    if value.size > MOST_VALUES or value.ndim > 2:
        raise Unknown
    return value


def _constant(operation: Operation) -> list[Value | None]:
    attribute = operation.proto.attr.get("value")
    if attribute is None or attributes.dtype(operation.proto, "dtype") not in _INTEGERS:
        raise Unknown
    shape = shape_of(attribute.tensor.tensor_shape)
    size = None if shape is None else product(shape)
    if size is None or size > MOST_VALUES:
        raise Unknown
    try:
        array = to_array(attribute.tensor, operation.proto.name)
    except InvalidFile:
        raise Unknown from None
    if array.dtype == object:
        raise Unknown
    return [as_value(array.astype(object))]


def _elementwise(function: Callable[[int, int], int]) -> ValueRule:
    def on_two(first: int | None, second: int | None) -> int | None:
        if first is None or second is None:
            return None
        result = int(function(first, second))
        return result if _fits(result) else None

    on_arrays = np.frompyfunc(on_two, 2, 1)

    def rule(operation: Operation) -> list[Value | None]:
        return [as_value(on_arrays(operation.value(0), operation.value(1)))]

    return rule


def _passed_on(operation: Operation) -> list[Value | None]:
    return [operation.inputs[0].value]


def _cast(operation: Operation) -> list[Value | None]:
    if attributes.dtype(operation.proto, "DstT") not in ("int32", "int64"):
        raise Unknown
    return [operation.inputs[0].value]


def _shape_of(operation: Operation) -> list[Value | None]:
    # Of numbers that are known their number is, even where no shape of an op says it, as of Unique.
    shapes = [known.shape if known.value is None else known.value.shape for known in operation.inputs]
    return [None if shape is None else as_value(shape) for shape in shapes]


def _size(operation: Operation) -> list[Value | None]:
    return [as_value(product(operation.ranked(0)))]


def _rank(operation: Operation) -> list[Value | None]:
    return [as_value(len(operation.ranked(0)))]


def _unknown(shape: Shape) -> Value:
    """An array of that shape of which no number is known."""
    sizes = [size for size in shape or () if size is not None]
    if shape is None or len(sizes) < len(shape) or math.prod(sizes) > MOST_VALUES:
        raise Unknown
    return np.full(sizes, None, object)


def _packed(operation: Operation) -> list[Value | None]:
    if operation.integer("axis"):
        raise Unknown
    # A number in a vector that is not known leaves the others as they are.
    parts = [_unknown(known.shape) if known.value is None else known.value for known in operation.inputs]
    return [as_value(np.stack(parts))]


def _unpacked(operation: Operation) -> list[Value | None]:
    return [as_value(part) for part in operation.value(0)]


def _joined(operation: Operation, values: slice, axis: int) -> list[Value | None]:
    if operation.known_scalar(axis) != 0:
        raise Unknown
    parts = [_unknown(known.shape) if known.value is None else known.value for known in operation.inputs[values]]
    return [as_value(np.concatenate(parts))]


def _concat(operation: Operation) -> list[Value | None]:
    return _joined(operation, slice(1, None), 0)


def _concat_v2(operation: Operation) -> list[Value | None]:
    return _joined(operation, slice(0, -1), len(operation.inputs) - 1)


def _offsets(operation: Operation) -> list[Value | None]:
    """Where each of some shapes begins when they are joined along an axis."""
    axis = operation.known_scalar(0)
    offsets, begin = [], 0
    for index in range(1, len(operation.inputs)):
        shape = operation.known_vector(index)
        at = [0] * len(shape)
        at[axis] = begin
        begin += shape[axis]
        offsets.append(as_value(at))
    return [*offsets]


def _expanded(operation: Operation) -> list[Value | None]:
    return [as_value(np.expand_dims(operation.value(0), operation.known_scalar(1)))]


def _squeezed(operation: Operation) -> list[Value | None]:
    axes = operation.integers("squeeze_dims")
    return [as_value(np.squeeze(operation.value(0), axes or None))]


def _reshaped(operation: Operation) -> list[Value | None]:
    return [as_value(operation.value(0).reshape(operation.known_vector(1)))]


def _gathered(operation: Operation) -> list[Value | None]:
    indices = operation.value(1)
    if None in indices.flat or operation.integer("batch_dims"):
        raise Unknown
    if operation.proto.op == "GatherV2" and operation.known_scalar(2) != 0:
        raise Unknown
    return [as_value(operation.value(0)[indices.astype(int)])]


def _slice(operation: Operation) -> list[Value | None]:
    begins, sizes = operation.known_vector(1), operation.known_vector(2)
    cut = [slice(begin, None if size == -1 else begin + size) for begin, size in zip(begins, sizes, strict=True)]
    return [as_value(operation.value(0)[tuple(cut)])]


def _range(operation: Operation) -> list[Value | None]:
    numbers = range(operation.known_scalar(0), operation.known_scalar(1), operation.known_scalar(2))
    if len(numbers) > MOST_VALUES:
        raise Unknown
    return [as_value(list(numbers))]


def _filled(operation: Operation) -> list[Value | None]:
    sizes = operation.known_vector(0)
    if math.prod(sizes) > MOST_VALUES:
        raise Unknown
    return [as_value(np.full(sizes, operation.value(1).item(), object))]


def _reduced(function: Callable[[Value], Any]) -> ValueRule:
    def rule(operation: Operation) -> list[Value | None]:
        value = operation.value(0)
        axes = {axis_of(axis, value.ndim) for axis in operation.known_vector(1)}
        if axes != set(range(value.ndim)) or not value.size or None in value.flat:
            raise Unknown
        result = int(function(value))
        if not _fits(result):
            raise Unknown
        return [as_value(np.full((1,) * value.ndim if operation.flag("keep_dims") else (), result, object))]

    return rule


def _stitched(operation: Operation) -> list[Value | None]:
    half = len(operation.inputs) // 2
    pairs = [
        pair
        for index in range(half)
        for pair in zip(operation.known_vector(index), operation.value(half + index).flat, strict=True)
    ]
    numbers: list[int | None] = [None] * min(MOST_VALUES + 1, 1 + max(at for at, _ in pairs))
    for at, number in pairs:
        numbers[at] = number
    return [as_value(numbers)]


def _broadcast_gradient(operation: Operation) -> list[Value | None]:
    """The axes over which the gradients of two operands are summed: where the operand had, or got, the size 1."""
    first, second = operation.known_vector(0), operation.known_vector(1)
    rank = max(len(first), len(second))
    pairs = list(zip([1] * (rank - len(first)) + first, [1] * (rank - len(second)) + second, strict=True))
    axes: tuple[list[int], list[int]] = ([], [])
    for axis, pair in enumerate(pairs):
        for which in (0, 1):
            if pair[which] == 1:
                axes[which].append(axis)
    return [as_value(axes[0]), as_value(axes[1])]


def _unique(operation: Operation) -> list[Value | None]:
    numbers = operation.known_vector(0)
    places = {number: place for place, number in enumerate(dict.fromkeys(numbers))}
    return [as_value(list(places)), as_value([places[number] for number in numbers])]


def _switched(operation: Operation) -> list[Value | None]:
    return [operation.inputs[0].value] * 2


RULES: dict[str, ValueRule] = {
    "Const": _constant,
    "Cast": _cast,
    "Shape": _shape_of,
    "ShapeN": _shape_of,
    "Size": _size,
    "Rank": _rank,
    "Pack": _packed,
    "Unpack": _unpacked,
    "Concat": _concat,
    "ConcatV2": _concat_v2,
    "ConcatOffset": _offsets,
    "ExpandDims": _expanded,
    "Squeeze": _squeezed,
    "Reshape": _reshaped,
    "Gather": _gathered,
    "GatherV2": _gathered,
    "StridedSlice": sliced_value,
    "Slice": _slice,
    "Range": _range,
    "Fill": _filled,
    "DynamicStitch": _stitched,
    "BroadcastGradientArgs": _broadcast_gradient,
    "Prod": _reduced(lambda value: math.prod(value.flat)),
    "Sum": _reduced(lambda value: sum(value.flat)),
    "Max": _reduced(lambda value: max(value.flat)),
    "Min": _reduced(lambda value: min(value.flat)),
    **dict.fromkeys(("Add", "AddV2"), _elementwise(lambda first, second: first + second)),
    "Sub": _elementwise(lambda first, second: first - second),
    "Mul": _elementwise(lambda first, second: first * second),
    "FloorDiv": _elementwise(lambda first, second: first // second),
    "FloorMod": _elementwise(lambda first, second: first % second),
    "Maximum": _elementwise(max),
    "Minimum": _elementwise(min),
    **dict.fromkeys(("Identity", "StopGradient", "Enter", "PreventGradient"), _passed_on),
    "Switch": _switched,
    "Unique": _unique,
}
