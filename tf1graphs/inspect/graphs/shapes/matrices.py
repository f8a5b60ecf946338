"""Shapes of matrix products, reductions and losses."""

from __future__ import annotations

from tf1graphs.inspect.graphs.attributes import Shape
from tf1graphs.inspect.graphs.shapes.elementwise import broadcast
from tf1graphs.inspect.graphs.shapes.operation import Operation, ShapeRule, Unknown, axis_of, merged, same_size


def _batch_matmul(operation: Operation) -> list[Shape]:
    first, second = operation.ranked(0), operation.ranked(1)
    if len(first) < 2 or len(second) < 2:
        raise Unknown
    rows, inner = first[-2:][::-1] if operation.flag("adj_x") else first[-2:]
    other, columns = second[-2:][::-1] if operation.flag("adj_y") else second[-2:]
    same_size(inner, other)
    batch = broadcast(first[:-2], second[:-2])
    return [None if batch is None else (*batch, rows, columns)]


def _matmul(operation: Operation) -> list[Shape]:
    first, second = (operation.shape(index) or (None, None) for index in (0, 1))
    rows, inner = first[::-1] if operation.flag("transpose_a") else first
    other, columns = second[::-1] if operation.flag("transpose_b") else second
    same_size(inner, other)
    return [(rows, columns)]


def _reduced(operation: Operation) -> list[Shape]:
    keep = operation.flag("keep_dims")
    shape = operation.shape(0)
    axes = operation.inputs[1].value if len(operation.inputs) > 1 else None
    if shape is None:
        raise Unknown
    if axes is None or None in axes.flat:
        return [(None,) * len(shape) if keep else None]
    gone = {axis_of(axis, len(shape)) for axis in axes.flat}
    if keep:
        return [tuple(1 if axis in gone else size for axis, size in enumerate(shape))]
    return [tuple(size for axis, size in enumerate(shape) if axis not in gone)]


def _arg_reduced(operation: Operation) -> list[Shape]:
    shape = operation.ranked(0)
    axis = axis_of(operation.known_scalar(1), len(shape))
    return [shape[:axis] + shape[axis + 1 :]]


def _top_k(operation: Operation) -> list[Shape]:
    (count,) = operation.vector(1) if operation.proto.op == "TopKV2" else [operation.integer("k")]
    return [(*operation.ranked(0)[:-1], count)] * 2


def _in_top_k(operation: Operation) -> list[Shape]:
    return [merged(operation.shape(1), operation.ranked(0, 2)[:1])]


def _cross_entropy(operation: Operation) -> list[Shape]:
    shape = broadcast(operation.ranked(0, 2), operation.ranked(1, 2))
    return [None if shape is None else shape[:1], shape]


def _sparse_cross_entropy(operation: Operation) -> list[Shape]:
    logits = operation.ranked(0, 2)
    return [merged(operation.shape(1), logits[:1]), logits]


def _segments(operation: Operation) -> list[Shape]:
    data = operation.ranked(0)
    (count,) = operation.vector(2)
    return [(count, *data[len(operation.ranked(1)) :])]


def _sorted_segments(operation: Operation) -> list[Shape]:
    return [(None, *operation.ranked(0)[1:])]


RULES: dict[str, ShapeRule] = {
    "MatMul": _matmul,
    "BatchMatMul": _batch_matmul,
    "BatchMatMulV2": _batch_matmul,
    "ArgMax": _arg_reduced,
    "ArgMin": _arg_reduced,
    "TopK": _top_k,
    "TopKV2": _top_k,
    "InTopK": _in_top_k,
    "InTopKV2": _in_top_k,
    "SoftmaxCrossEntropyWithLogits": _cross_entropy,
    "SparseSoftmaxCrossEntropyWithLogits": _sparse_cross_entropy,
    **dict.fromkeys(("Sum", "Mean", "Prod", "Max", "Min", "All", "Any", "EuclideanNorm"), _reduced),
    **dict.fromkeys(("UnsortedSegmentSum", "UnsortedSegmentMax", "UnsortedSegmentMin"), _segments),
    **dict.fromkeys(("SegmentSum", "SegmentMean", "SegmentMax", "SegmentMin", "SegmentProd"), _sorted_segments),
}
