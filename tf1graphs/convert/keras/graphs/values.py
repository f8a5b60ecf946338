"""Numbers in a graph that are known before it runs: constants, shapes, axes and what is computed of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from tf1graphs.convert.errors import CouldNotConvert
from tf1graphs.convert.keras.graphs.network import Network, Ref
from tf1graphs.inspect.reading import dtypes, tensors

# Stands for a size that is not known before the graph runs, such as the batch's; what is computed of one is no size.
UNKNOWN = -1
_COMPUTED_OF_UNKNOWN = -2
_MOST_COUNTED = 1 << 16
_VARIABLES = ("VariableV2", "Variable", "VarHandleOp")


def slices_of(node: Any, *arrays: np.ndarray) -> Any:
    """What a StridedSlice of begin, end and strides is as an index of NumPy and Keras.

    Source: ``strided_slice`` in ``tensorflow/python/ops/array_ops.py``.
    """
    begin, end, strides = (array.tolist() for array in arrays)
    masks = {name: node.attr[f"{name}_mask"].i for name in ("begin", "end", "shrink_axis", "new_axis", "ellipsis")}
    index: list[Any] = []
    for place, (first, last, step) in enumerate(zip(begin, end, strides, strict=True)):
        bit = 1 << place
        if masks["ellipsis"] & bit:
            index.append(Ellipsis)
        elif masks["new_axis"] & bit:
            index.append(None)
        elif masks["shrink_axis"] & bit:
            index.append(first)
        else:
            index.append(slice(None if masks["begin"] & bit else first, None if masks["end"] & bit else last, step))
    return tuple(index)


def _of_sizes(combine: Callable[..., Any]) -> Callable[..., np.ndarray]:
    """Arithmetic that knows nothing of what is computed of an unknown size."""

    def combined(_: Any, *arrays: np.ndarray) -> np.ndarray:
        result = np.asarray(combine(*arrays))
        is_size = all(np.issubdtype(array.dtype, np.integer) for array in arrays)
        if is_size and any((array < 0).any() for array in arrays):
            return np.full_like(result, _COMPUTED_OF_UNKNOWN)
        return result

    return combined


def _range(start: int, limit: int, delta: int) -> np.ndarray:
    """Axes and places, of which there are never many: a broken file may ask for any number."""
    counted = range(start, limit, delta)
    if len(counted) > _MOST_COUNTED:
        raise ValueError(f"it counts {len(counted)} numbers")
    return np.array(counted, np.int64)


_COMPUTED: dict[str, Callable[..., Any]] = {
    "Pack": lambda node, *arrays: np.stack(arrays, node.attr["axis"].i),
    "ConcatV2": lambda _, *arrays: np.concatenate(arrays[:-1], int(arrays[-1])),
    "StridedSlice": lambda node, array, *slices: array[slices_of(node, *slices)],
    "Range": lambda _, *bounds: _range(*map(int, bounds)),
    "Cast": lambda node, array: array.astype(dtypes.numpy_dtype(dtypes.name_of(node.attr["DstT"].type))),
    "ExpandDims": lambda _, array, axis: np.expand_dims(array, int(axis)),
    "Squeeze": lambda node, array: np.squeeze(array, tuple(node.attr["squeeze_dims"].list.i) or None),
    "GatherV2": lambda _, array, indices, axis: np.take(array, indices, int(axis)),
    "Reshape": lambda _, array, shape: np.reshape(array, shape),
    "Add": _of_sizes(np.add),
    "AddV2": _of_sizes(np.add),
    "Sub": _of_sizes(np.subtract),
    "Mul": _of_sizes(np.multiply),
    "RealDiv": _of_sizes(np.divide),
    "FloorDiv": _of_sizes(np.floor_divide),
    "Maximum": _of_sizes(np.maximum),
    "Minimum": _of_sizes(np.minimum),
    "Prod": _of_sizes(lambda array, axes: np.prod(array, tuple(np.atleast_1d(axes)), dtype=array.dtype)),
}


class Values:
    """What is known of a graph's tensors.

    ``shape_of`` gives the static shape of a tensor that is computed, None for each unknown size.
    """

    def __init__(self, network: Network, path: Path, shape_of: Callable[[Ref], tuple[int | None, ...]]) -> None:
        self._network = network
        self._path = path
        self._shape_of = shape_of

    def constant(self, ref: Ref) -> np.ndarray | None:
        """The values of ``ref``, in which sizes may be ``UNKNOWN``; None if the graph must run to know them."""
        node = self._network.node(ref)
        if node.op == "Const":
            return tensors.to_array(node.attr["value"].tensor, self._path)
        if node.op == "Shape":
            sizes = self._shape_of(self._network.inputs(node)[0])
            return np.array([UNKNOWN if size is None else size for size in sizes], np.int64)
        compute = _COMPUTED.get(node.op)
        if compute is None:
            return None
        arrays = []
        for read in self._network.inputs(node):
            array = self.constant(read)
            if array is None:
                return None
            arrays.append(array)
        try:
            value = np.asarray(compute(node, *arrays))
            if node.op == "Cast" and value.dtype.kind == "f" and self._reads_shape(ref):
                # Arithmetic of floats then keeps what is unknown unknown.
                value = np.where(value < 0, np.nan, value)
            return value
        except (TypeError, ValueError, IndexError) as error:
            raise CouldNotConvert(f"{node.name} ({node.op}) cannot be computed: {error}") from None

    def is_open(self, ref: Ref, value: np.ndarray) -> bool:
        """Whether ``value``, the constant of ``ref``, holds something of a size that is not known."""
        return self._reads_shape(ref) and bool((np.isnan(value) | (value < 0)).any())

    def _reads_shape(self, ref: Ref) -> bool:
        node = self._network.node(ref)
        reads = self._network.inputs(node) if node.op in _COMPUTED else []
        return node.op == "Shape" or any(self._reads_shape(read) for read in reads)

    def variable(self, ref: Ref) -> str | None:
        """The name of the variable that ``ref`` is, or of the constant that it was frozen to.

        The parts of a partitioned variable, joined, are the variable.
        """
        node = self._network.node(ref)
        if node.op == "ConcatV2":
            parts = [self.variable(read) or "" for read in self._network.inputs(node)[:-1]]
            base = parts[0].removesuffix("/part_0")
            is_variable = all(part == f"{base}/part_{number}" for number, part in enumerate(parts))
            return base if is_variable else None
        is_frozen = node.op == "Const" and dtypes.name_of(node.attr["dtype"].type) in dtypes.FLOATS
        if node.op in _VARIABLES or (is_frozen and tensors.shape_of(node.attr["value"].tensor.tensor_shape)):
            return str(node.name)
        return None
