"""Layers that compute nothing: other shapes, other orders, parts, and several in one."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from tf1graphs.convert.keras.graphs.building import Building, refuse
from tf1graphs.convert.keras.graphs.known.convolution import of_one_dimension
from tf1graphs.convert.keras.graphs.known.dense import of_tensordot
from tf1graphs.convert.keras.graphs.known.recurrent import sequences_of
from tf1graphs.convert.keras.graphs.values import slices_of


def _to_shape(building: Building, node: Any, inputs: Any, shape: list[int]) -> Any:
    """A layer that gives ``inputs`` the sizes ``shape`` behind the batch, of which one may be -1."""
    if list(inputs.shape[1:]) == shape:
        return inputs
    if len(shape) == 1:
        return building.layer("Flatten", node.name, inputs)
    return building.layer("Reshape", node.name, inputs, target_shape=tuple(shape))


def _reshape(building: Building, node: Any, _: int) -> Any:
    dense = of_tensordot(building, node)
    if dense is not None:
        return dense
    inputs = building.input_of(node)
    shape = building.sizes_of(node, 1)
    old, new = list(inputs.shape[1:]), shape[1:]
    changed = refuse(node, f"it makes {shape} of {list(inputs.shape)}, and what becomes of the batch is open")
    if not shape or shape[0] not in {-1, *building.batches} or new.count(-1) > 1 or any(size < -1 for size in new):
        raise changed
    if None in old:
        if len(old) != len(new) or any(size not in (other or -1, -1) for size, other in zip(new, old, strict=True)):
            raise changed
        return inputs
    known = math.prod(size for size in new if size != -1)
    filled = [math.prod(old) // max(known, 1) if size == -1 else size for size in new]
    if math.prod(filled) != math.prod(old):
        raise changed
    return _to_shape(building, node, inputs, filled)


def _squeeze(building: Building, node: Any, _: int) -> Any:
    convolution = of_one_dimension(building, node)
    if convolution is not None:
        return convolution
    inputs = building.input_of(node)
    rank = len(inputs.shape)
    axes = [axis % rank for axis in node.attr["squeeze_dims"].list.i]
    axes = axes or [axis for axis in range(1, rank) if inputs.shape[axis] == 1]
    if 0 in axes or any(inputs.shape[axis] != 1 for axis in axes):
        raise refuse(node, f"it takes the axes {axes} away, which are not all of size 1")
    shape = [size for axis, size in enumerate(inputs.shape) if axis and axis not in axes]
    if not shape or None in shape:
        raise refuse(node, "what is left has no known shape")
    return _to_shape(building, node, inputs, shape)


def _expand(building: Building, node: Any, _: int) -> Any:
    import keras

    inputs = building.input_of(node)
    axis = int(building.constant_of(node, 1)) % (len(inputs.shape) + 1)
    if axis == 0:
        raise refuse(node, "it puts an axis before the batch")
    return keras.ops.expand_dims(inputs, axis)


def _transpose(building: Building, node: Any, _: int) -> Any:
    order = [int(axis) for axis in building.constant_of(node, 1)]
    recurrent = sequences_of(building, node, order)
    if recurrent is not None:
        return recurrent
    if order[0] != 0:
        raise refuse(node, f"the order of axes {order} moves the batch")
    return building.layer("Permute", node.name, building.input_of(node), dims=tuple(order[1:]))


def _concat(building: Building, node: Any, _: int) -> Any:
    refs = building.network.inputs(node)
    inputs = [building.tensor(ref) for ref in refs[:-1]]
    axis = int(building.constant_of(node, len(refs) - 1))
    if axis % len(inputs[0].shape) == 0:
        raise refuse(node, "it joins batches")
    return inputs[0] if len(inputs) == 1 else building.layer("Concatenate", node.name, inputs, axis=axis)


def _pad(building: Building, node: Any, _: int) -> Any:
    import keras

    paddings = [tuple(int(size) for size in pair) for pair in building.constant_of(node, 1)]
    inputs = building.input_of(node)
    value = float(building.constant_of(node, 2)) if node.op == "PadV2" else 0.0
    if paddings[0] != (0, 0):
        raise refuse(node, "it pads the batch")
    if node.op != "MirrorPad" and len(paddings) == 4 and paddings[-1] == (0, 0) and value == 0:
        return building.layer("ZeroPadding2D", node.name, inputs, padding=tuple(paddings[1:-1]))
    mode = node.attr["mode"].s.decode().lower() if node.op == "MirrorPad" else "constant"
    return keras.ops.pad(inputs, paddings, mode, value if mode == "constant" else None)


def _slice(building: Building, node: Any, _: int) -> Any:
    """A part of each example: ``x[:, -1, :]``."""
    inputs = building.input_of(node)
    parts = slices_of(node, *(building.constant_of(node, number) for number in (1, 2, 3)))
    if not parts or parts[0] not in (slice(None, None, 1), Ellipsis):
        raise refuse(node, "it takes a part of the batch")
    return inputs[parts]


def _reverse(building: Building, node: Any, _: int) -> Any:
    import keras

    turned = building.input_of(node)
    axes = [int(axis) % len(turned.shape) for axis in building.constant_of(node, 1)]
    if 0 in axes:
        raise refuse(node, "it turns the batch around")
    for axis in axes:
        turned = keras.ops.flip(turned, axis=axis)
    return turned


def _split(building: Building, node: Any, index: int) -> Any:
    import keras

    axis = int(np.asarray(building.constant_of(node, 0)))
    inputs = building.input_of(node, 1)
    if axis % len(inputs.shape) == 0:
        raise refuse(node, "it splits the batch")
    return keras.ops.split(inputs, int(node.attr["num_split"].i), axis=axis)[index]


def _larger(building: Building, node: Any, _: int) -> Any:
    """Whole multiples of height and width, each pixel repeated."""
    inputs = building.input_of(node)
    sizes = building.constant_of(node, 1).tolist()
    if node.attr["align_corners"].b or None in inputs.shape[1:3]:
        raise refuse(node, "its corners are aligned, or its size is open")
    if any(size % old for size, old in zip(sizes, inputs.shape[1:3], strict=True)):
        raise refuse(node, f"{sizes} is no multiple of {list(inputs.shape[1:3])}")
    times = tuple(size // old for size, old in zip(sizes, inputs.shape[1:3], strict=True))
    return building.layer("UpSampling2D", node.name, inputs, size=times)


OPS = {
    "Reshape": _reshape,
    "Squeeze": _squeeze,
    "ExpandDims": _expand,
    "Transpose": _transpose,
    "ConcatV2": _concat,
    "Pad": _pad,
    "PadV2": _pad,
    "MirrorPad": _pad,
    "StridedSlice": _slice,
    "ReverseV2": _reverse,
    "Split": _split,
    "ResizeNearestNeighbor": _larger,
}
