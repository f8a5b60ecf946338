"""Shapes of operations that pick, scatter and group elements."""

from __future__ import annotations

from tf1graphs.inspect.graphs.attributes import Shape
from tf1graphs.inspect.graphs.shapes.operation import Operation, ShapeRule, Unknown, axis_of, merged, outputs_of


def _gathered(operation: Operation) -> list[Shape]:
    params, indices = operation.ranked(0), operation.ranked(1)
    if operation.integer("batch_dims"):
        raise Unknown
    axis = axis_of(operation.known_scalar(2), len(params)) if operation.proto.op == "GatherV2" else 0
    return [params[:axis] + indices + params[axis + 1 :]]


def _gathered_nd(operation: Operation) -> list[Shape]:
    params, indices = operation.ranked(0), operation.ranked(1)
    depth = indices[-1]
    if depth is None or depth > len(params):
        raise Unknown
    return [indices[:-1] + params[depth:]]


def _one_hot(operation: Operation) -> list[Shape]:
    indices = operation.ranked(0)
    (depth,) = operation.vector(1) if operation.inputs[1].value is not None else [None]
    axis = axis_of(operation.integer("axis", -1), len(indices) + 1)
    return [indices[:axis] + (depth,) + indices[axis:]]


def _where(operation: Operation) -> list[Shape]:
    shape = operation.shape(0)
    return [(None, None if shape is None else len(shape))]


def _stitched(operation: Operation) -> list[Shape]:
    half = len(operation.inputs) // 2
    tail: Shape = None
    for index in range(half):
        tail = merged(tail, operation.ranked(half + index)[len(operation.ranked(index)) :])
    try:
        most = max(number for index in range(half) for number in operation.known_vector(index)) + 1
    except Unknown:
        return [None if tail is None else (None, *tail)]
    return [None if tail is None else (most, *tail)]


def _partitioned(operation: Operation) -> list[Shape]:
    tail = operation.ranked(0)[len(operation.ranked(1)) :]
    return [(None, *tail)] * outputs_of(operation, "num_partitions")


def _unique(operation: Operation) -> list[Shape]:
    return [(None,), operation.shape(0), (None,)]


def _list_difference(operation: Operation) -> list[Shape]:
    del operation
    return [(None,), (None,)]


RULES: dict[str, ShapeRule] = {
    "Gather": _gathered,
    "GatherV2": _gathered,
    "GatherNd": _gathered_nd,
    "OneHot": _one_hot,
    "Where": _where,
    "DynamicStitch": _stitched,
    "ParallelDynamicStitch": _stitched,
    "DynamicPartition": _partitioned,
    "Unique": _unique,
    "UniqueWithCounts": _unique,
    "ListDiff": _list_difference,
}
