"""Shapes of operations that cut, join and arrange tensors."""

from __future__ import annotations

import numpy as np

from tf1graphs.inspect.graphs.attributes import Shape
from tf1graphs.inspect.graphs.shapes.operation import (
    Operation,
    ShapeRule,
    Unknown,
    as_shape,
    axis_of,
    merged,
    outputs_of,
    product,
)
from tf1graphs.inspect.graphs.shapes.slices import sliced_shape


def _reshaped(operation: Operation) -> list[Shape]:
    wanted = list(operation.sizes(1))
    shape = operation.shape(0)
    size = None if shape is None else product(shape)
    # The only size that is -1 or not known is what is left.
    if size is not None and wanted.count(None) == 1:
        rest = product([length for length in wanted if length is not None])
        if rest and size % rest == 0:
            wanted[wanted.index(None)] = size // rest
    return [tuple(wanted)]


def _concatenated(operation: Operation, first: int, axis_at: int) -> Shape:
    shapes = [operation.shape(first + index) for index in range(len(operation.inputs) - 1)]
    rank = max(-1 if shape is None else len(shape) for shape in shapes)
    if operation.inputs[axis_at].value is None:
        return (None,) * rank
    axis = axis_of(operation.known_scalar(axis_at), rank)
    rest: Shape = (None,) * rank
    for shape in shapes:
        rest = merged(rest, None if shape is None else shape[:axis] + (None,) + shape[axis + 1 :])
    along = [None if shape is None else shape[axis] for shape in shapes]
    total = None if None in along else sum(size for size in along if size is not None)
    return None if rest is None else rest[:axis] + (total,) + rest[axis + 1 :]


def _concat(operation: Operation) -> list[Shape]:
    return [_concatenated(operation, 1, 0)]


def _concat_v2(operation: Operation) -> list[Shape]:
    return [_concatenated(operation, 0, len(operation.inputs) - 1)]


def _packed(operation: Operation) -> list[Shape]:
    shape = operation.shape(0)
    for known in operation.inputs[1:]:
        shape = merged(shape, known.shape)
    if shape is None:
        raise Unknown
    axis = axis_of(operation.integer("axis"), len(shape) + 1)
    return [shape[:axis] + (len(operation.inputs),) + shape[axis:]]


def _unpacked(operation: Operation) -> list[Shape]:
    shape = operation.ranked(0)
    axis = axis_of(operation.integer("axis"), len(shape))
    return [shape[:axis] + shape[axis + 1 :]] * outputs_of(operation, "num")


def _split(operation: Operation) -> list[Shape]:
    shape = operation.ranked(1)
    count = outputs_of(operation, "num_split")
    axis = axis_of(operation.known_scalar(0), len(shape))
    size = shape[axis]
    return [shape[:axis] + (None if size is None else size // count,) + shape[axis + 1 :]] * count


def _split_v(operation: Operation) -> list[Shape]:
    shape = operation.ranked(0)
    axis = axis_of(operation.known_scalar(2), len(shape))
    sizes = [None if size == -1 else size for size in operation.vector(1)]
    total = shape[axis]
    if sizes.count(None) == 1 and total is not None:
        sizes[sizes.index(None)] = total - sum(size for size in sizes if size is not None)
    return [shape[:axis] + (size,) + shape[axis + 1 :] for size in sizes]


def _transposed(operation: Operation) -> list[Shape]:
    shape = operation.ranked(0)
    if operation.inputs[1].value is None:
        return [(None,) * len(shape)]
    order = [axis_of(axis, len(shape)) for axis in operation.known_vector(1)]
    if sorted(order) != list(range(len(shape))):
        raise Unknown
    return [tuple(shape[axis] for axis in order)]


def _strided(operation: Operation) -> list[Shape]:
    return [sliced_shape(operation)]


def _slice(operation: Operation) -> list[Shape]:
    sizes = operation.vector(2)
    shape = operation.shape(0) or (None,) * len(sizes)
    begins = operation.inputs[1].value
    starts = [None] * len(sizes) if begins is None else list(begins.flat)
    cut = []
    for length, size, start in zip(shape, sizes, starts, strict=True):
        left = None if length is None or start is None else length - start
        cut.append(left if size == -1 else size)
    return [as_shape(cut)]


def _squeezed(operation: Operation) -> list[Shape]:
    shape = operation.ranked(0)
    axes = {axis_of(axis, len(shape)) for axis in operation.integers("squeeze_dims")}
    if axes:
        return [tuple(size for axis, size in enumerate(shape) if axis not in axes)]
    if None in shape:
        raise Unknown
    return [tuple(size for size in shape if size != 1)]


def _expanded(operation: Operation) -> list[Shape]:
    shape = operation.ranked(0)
    axis = axis_of(operation.known_scalar(1), len(shape) + 1)
    return [shape[:axis] + (1,) + shape[axis:]]


def _padded(operation: Operation) -> list[Shape]:
    shape = operation.ranked(0)
    if operation.inputs[1].value is None:
        return [(None,) * len(shape)]
    around = operation.value(1).reshape(len(shape), 2)
    return [
        tuple(
            None if size is None or None in pair else size + sum(pair)
            for size, pair in zip(shape, around.tolist(), strict=True)
        )
    ]


def _tiled(operation: Operation) -> list[Shape]:
    shape = operation.ranked(0)
    if operation.inputs[1].value is None:
        return [(None,) * len(shape)]
    times = operation.vector(1)
    return [as_shape([product(pair) for pair in zip(shape, times, strict=True)])]


def _broadcast_to(operation: Operation) -> list[Shape]:
    return [operation.sizes(1)]


def _range(operation: Operation) -> list[Shape]:
    try:
        start, limit, step = (operation.known_scalar(index) for index in range(3))
    except Unknown:
        return [(None,)]
    return [(len(range(start, limit, step)),)]


def _linspace(operation: Operation) -> list[Shape]:
    value = operation.inputs[2].value
    return [(None if value is None else value.item(),)]


def _diagonal(operation: Operation) -> list[Shape]:
    return [operation.ranked(0) * 2]


def _matrix_diagonal(operation: Operation) -> list[Shape]:
    shape = operation.ranked(0)
    return [(*shape, shape[-1])]


def _shape_of(operation: Operation) -> list[Shape]:
    return [(None if known.shape is None else len(known.shape),) for known in operation.inputs]


def _broadcast_gradient(operation: Operation) -> list[Shape]:
    del operation
    return [(None,), (None,)]


def _space_to_batch(operation: Operation) -> list[Shape]:
    shape = operation.ranked(0)
    blocks = operation.known_vector(1)
    around = operation.value(2).reshape(len(blocks), 2).tolist()
    space = [
        None if size is None or None in pair or block < 1 else (size + sum(pair)) // block
        for size, block, pair in zip(shape[1:], blocks, around, strict=False)
    ]
    return [(product((shape[0], *blocks)), *space, *shape[1 + len(blocks) :])]


def _batch_to_space(operation: Operation) -> list[Shape]:
    shape = operation.ranked(0)
    blocks = operation.known_vector(1)
    around = operation.value(2).reshape(len(blocks), 2).tolist()
    space = [
        None if size is None or None in pair else size * block - sum(pair)
        for size, block, pair in zip(shape[1:], blocks, around, strict=False)
    ]
    batch = None if shape[0] is None or not all(blocks) else shape[0] // int(np.prod(blocks))
    return [(batch, *space, *shape[1 + len(blocks) :])]


def _offsets(operation: Operation) -> list[Shape]:
    return [known.shape for known in operation.inputs[1:]]


def _as_first_input_says(operation: Operation) -> list[Shape]:
    return [operation.sizes(0)]


def _as_second_input(operation: Operation) -> list[Shape]:
    return [operation.shape(1)]


RULES: dict[str, ShapeRule] = {
    "Reshape": _reshaped,
    "Concat": _concat,
    "ConcatV2": _concat_v2,
    "Pack": _packed,
    "Unpack": _unpacked,
    "Split": _split,
    "SplitV": _split_v,
    "Transpose": _transposed,
    "StridedSlice": _strided,
    "Slice": _slice,
    "Squeeze": _squeezed,
    "ExpandDims": _expanded,
    "Pad": _padded,
    "PadV2": _padded,
    "MirrorPad": _padded,
    "Tile": _tiled,
    "BroadcastTo": _broadcast_to,
    "Range": _range,
    "LinSpace": _linspace,
    "Diag": _diagonal,
    "MatrixDiag": _matrix_diagonal,
    "Shape": _shape_of,
    "ShapeN": _shape_of,
    "BroadcastGradientArgs": _broadcast_gradient,
    "SpaceToBatchND": _space_to_batch,
    "BatchToSpaceND": _batch_to_space,
    "ConcatOffset": _offsets,
    "StridedSliceGrad": _as_first_input_says,
    "StackPushV2": _as_second_input,
}
