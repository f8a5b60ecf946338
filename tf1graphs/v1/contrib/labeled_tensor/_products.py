"""Products over an axis that two tensors share, and reductions over axes."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any

from tensorflow.python.framework import ops
from tensorflow.python.ops import array_ops, math_ops

from tf1graphs.v1.contrib.labeled_tensor import _typecheck as tc
from tf1graphs.v1.contrib.labeled_tensor import core
from tf1graphs.v1.contrib.labeled_tensor._axes import is_string
from tf1graphs.v1.contrib.labeled_tensor._labeled_tensor import is_labeled_tensor_like
from tf1graphs.v1.contrib.labeled_tensor._reshaping import squeeze

_is_name = tc.optional(is_string)
_is_reduced_axis = tc.union(is_string, tc.pair(is_string, tc.instance(Hashable)))
_is_reduced_axes = tc.optional(tc.union(_is_reduced_axis, tc.collection(_is_reduced_axis)))


def _shared_axis(a: core.LabeledTensor, b: core.LabeledTensor) -> str:
    ranks = f"but inputs have ranks {len(a.axes)!r} and {len(b.axes)!r}"
    if len(a.axes) > 2 or len(b.axes) > 2:
        raise NotImplementedError(f"matmul currently requires inputs with rank 2 or less, {ranks}")
    if not a.axes or not b.axes:
        raise ValueError(f"matmul currently requires inputs with at least rank 1, {ranks}")
    shared = set(a.axes) & set(b.axes)
    if len(shared) > 1:
        raise NotImplementedError(
            f"matmul does not yet support summing over multiple shared axes: {shared!r}. Use transpose and reshape to "
            "create a single shared axis to sum over."
        )
    if not shared:
        raise ValueError(
            f"there must have exactly one axis in common between input to matmul: {a.axes.keys()!r}, {b.axes.keys()!r}"
        )
    (axis,) = shared
    if a.axes[axis] != b.axes[axis]:
        raise ValueError(
            f"axis {axis!r} does not match on input arguments: {a.axes[axis].value!r} vs {b.axes[axis].value!r}"
        )
    return axis


@tc.accepts(is_labeled_tensor_like, is_labeled_tensor_like, _is_name)
def matmul(a: Any, b: Any, name: str | None = None) -> core.LabeledTensor:
    """Returns the product of two tensors of one or two axes, summed over the one that they share.

    Raises:
        ValueError: They share none, or it differs.
        NotImplementedError: They share more, or have more axes.
    """
    with ops.name_scope(name, "lt_matmul", [a, b]) as scope:
        a, b = core.convert_to_labeled_tensor(a), core.convert_to_labeled_tensor(b)
        shared = _shared_axis(a, b)
        axes = [axis for each in (a, b) for axis in each.axes.values() if axis.name != shared]
        order = core.get_axis_order()
        names = [axis.name for axis in axes]
        if order is not None and [axis for axis in order if axis in names] != names:
            a, b, axes = b, a, axes[::-1]
        left, transpose_a = _as_matrix(a, shared, summed=1)
        right, transpose_b = _as_matrix(b, shared, summed=0)
        product = math_ops.matmul(left, right, transpose_a=transpose_a, transpose_b=transpose_b)
        vectors = [i for i, each in enumerate((a, b)) if len(each.axes) == 1]
        if vectors:
            product = array_ops.squeeze(product, vectors)
        return core.LabeledTensor(array_ops.identity(product, name=scope), axes)


def _as_matrix(labeled_tensor: core.LabeledTensor, shared: str, summed: int) -> tuple[Any, bool]:
    """Returns a matrix, and whether it has to be transposed to have the shared axis at the place ``summed``."""
    if len(labeled_tensor.axes) == 1:
        return array_ops.reshape(labeled_tensor.tensor, (1, -1) if summed == 1 else (-1, 1)), False
    return labeled_tensor.tensor, list(labeled_tensor.axes).index(shared) != summed


@tc.accepts(is_string, callable)
def define_reduce_op(op_name: str, reduce_fn: Callable[..., Any]) -> Callable[..., Any]:
    """Returns the function of a labeled tensor that a reduction of ``tf`` makes."""

    @tc.accepts(is_labeled_tensor_like, _is_reduced_axes, _is_name)
    def op(labeled_tensor: Any, axes: Any = None, name: str | None = None) -> core.LabeledTensor:
        """Returns the reduction over axes, by default all.

        An axis with a label, a tuple, is kept with this label alone, with None without one. Raises ``ValueError`` if
        an axis is not there.
        """
        with ops.name_scope(name, f"lt_{op_name}", [labeled_tensor]) as scope:
            labeled_tensor = core.convert_to_labeled_tensor(labeled_tensor)
            chosen = labeled_tensor.axes if axes is None else [axes] if isinstance(axes, (str, tuple)) else axes
            kept = {
                axis: axis if isinstance(axis, str) else (axis[0], None if axis[1] is None else [axis[1]])
                for axis in chosen
            }
            by_name = {axis if isinstance(axis, str) else axis[0]: value for axis, value in kept.items()}
            for axis in by_name:
                if axis not in labeled_tensor.axes:
                    raise ValueError(f"Axis {axis} not in axes {labeled_tensor.axes}")
            dimensions = [i for i, axis in enumerate(labeled_tensor.axes) if axis in by_name]
            reduced = reduce_fn(labeled_tensor.tensor, dimensions, keepdims=True)
            all_axes = [by_name.get(axis.name, axis) for axis in labeled_tensor.axes.values()]
            gone = [axis for axis in chosen if isinstance(axis, str)]
            return squeeze(core.LabeledTensor(reduced, all_axes), gone, name=scope)

    op.__name__ = op_name
    return op


_NAMES = "reduce_all reduce_any reduce_logsumexp reduce_max reduce_mean reduce_min reduce_prod reduce_sum"
REDUCTIONS = {name: define_reduce_op(name, getattr(math_ops, f"{name}_v1")) for name in _NAMES.split()}
