"""Functions that slice, reorder and add axes, and align those of two tensors."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping
from typing import Any

from tensorflow.python.framework import ops
from tensorflow.python.ops import array_ops

from tf1graphs.v1.contrib.labeled_tensor import _axis_order
from tf1graphs.v1.contrib.labeled_tensor import _typecheck as tc
from tf1graphs.v1.contrib.labeled_tensor._axes import Axes, is_string
from tf1graphs.v1.contrib.labeled_tensor._labeled_tensor import (
    LabeledTensor,
    convert_to_labeled_tensor,
    is_labeled_tensor_like,
)

_is_name = tc.optional(is_string)


@tc.accepts(is_labeled_tensor_like, _is_name)
def identity(labeled_tensor: Any, name: str | None = None) -> LabeledTensor:
    """Returns the tensor as it is, by an op."""
    with ops.name_scope(name, "lt_identity", [labeled_tensor]) as scope:
        labeled_tensor = convert_to_labeled_tensor(labeled_tensor)
        return LabeledTensor(array_ops.identity(labeled_tensor.tensor, name=scope), labeled_tensor.axes)


@tc.accepts(is_labeled_tensor_like, tc.mapping(tc.instance(int, slice)), _is_name)
def slice_function(labeled_tensor: Any, selection: Mapping[str, Any], name: str | None = None) -> LabeledTensor:
    """Returns a part of a tensor: of each axis in ``selection`` one place, or a slice of places."""
    with ops.name_scope(name, "lt_slice", [labeled_tensor]) as scope:
        labeled_tensor = convert_to_labeled_tensor(labeled_tensor)
        places = tuple(selection.get(axis, slice(None)) for axis in labeled_tensor.axes)
        part = labeled_tensor.tensor[places]
        axes = [
            axis.name if axis.labels is None else (axis.name, axis.labels[place])
            for axis, place in zip(labeled_tensor.axes.values(), places, strict=True)
            if isinstance(place, slice)
        ]
        return LabeledTensor(array_ops.identity(part, name=scope), axes)


@tc.accepts(is_labeled_tensor_like, tc.optional(tc.collection(is_string)), _is_name)
def transpose(labeled_tensor: Any, axis_order: Collection[str] | None = None, name: str | None = None) -> LabeledTensor:
    """Returns the tensor with its axes in another order, by default the reverse.

    Raises:
        ValueError: The order has other names.
    """
    with ops.name_scope(name, "lt_transpose", [labeled_tensor]) as scope:
        labeled_tensor = convert_to_labeled_tensor(labeled_tensor)
        original = list(labeled_tensor.axes)
        order = original[::-1] if axis_order is None else list(axis_order)
        if sorted(order) != sorted(original):
            raise ValueError(
                "The new axis order must have the same names as the original axes, but the new order is "
                f"{order!r} while the original order is {original!r}"
            )
        permuted = array_ops.transpose(labeled_tensor.tensor, [original.index(axis) for axis in order], name=scope)
        return LabeledTensor(permuted, [labeled_tensor.axes[axis] for axis in order])


@tc.accepts(
    is_labeled_tensor_like, tc.collection(tc.union(is_string, tc.pair(is_string, tc.instance(Hashable)))), _is_name
)
def expand_dims(labeled_tensor: Any, axes: Collection[Any], name: str | None = None) -> LabeledTensor:
    """Returns the tensor with more axes, of size 1.

    Args:
        labeled_tensor: The tensor.
        axes: The names of all axes in their order; a new one may have a label.
        name: The name of the op.

    Raises:
        AxisOrderError: The axes of the tensor are not among them in this order.
    """
    with ops.name_scope(name, "lt_expand_dims", [labeled_tensor]) as scope:
        labeled_tensor = convert_to_labeled_tensor(labeled_tensor)
        _axis_order.check_axis_order(labeled_tensor, [axis if isinstance(axis, str) else axis[0] for axis in axes])
        expanded, shape = [], []
        for axis in axes:
            if axis in labeled_tensor.axes:
                old = labeled_tensor.axes[axis]
                expanded.append(old)
                shape.append(-1 if old.size is None else old.size)
            else:
                expanded.append((axis, 1) if isinstance(axis, str) else (axis[0], (axis[1],)))
                shape.append(1)
        return LabeledTensor(array_ops.reshape(labeled_tensor.tensor, shape, name=scope), expanded)


@tc.accepts(is_labeled_tensor_like, tc.optional(tc.collection(is_string)), _is_name)
def impose_axis_order(
    labeled_tensor: Any, axis_order: Collection[str] | None = None, name: str | None = None
) -> LabeledTensor:
    """Returns the tensor with its axes in an order, by default that of the scope around, which may name more.

    Raises:
        AxisOrderError: There is no order.
    """
    with ops.name_scope(name, "lt_impose_axis_order", [labeled_tensor]) as scope:
        labeled_tensor = convert_to_labeled_tensor(labeled_tensor)
        order = _axis_order.valid_axis_order(axis_order)
        return transpose(labeled_tensor, [axis for axis in order if axis in labeled_tensor.axes], name=scope)


@tc.accepts(is_labeled_tensor_like, is_labeled_tensor_like, _is_name)
def align(
    labeled_tensor_0: Any, labeled_tensor_1: Any, name: str | None = None
) -> tuple[LabeledTensor, LabeledTensor, Axes]:
    """Returns two tensors with the axes of both, of size 1 where they had none, and the axes of their broadcast.

    Raises:
        ValueError: An axis of both differs.
        AxisOrderError: What they share is not in one order, or not in that of the scope around.
    """
    with ops.name_scope(name, "lt_align", [labeled_tensor_0, labeled_tensor_1]) as scope:
        first, second = convert_to_labeled_tensor(labeled_tensor_0), convert_to_labeled_tensor(labeled_tensor_1)
        axes_0, axes_1 = first.axes, second.axes
        for axis in axes_0:
            if axis in axes_1 and axes_0[axis] != axes_1[axis]:
                raise ValueError(f"Mismatched {axis!r} axis on input tensors: {axes_0[axis]!r} and {axes_1[axis]!r}")
        order = _order_of_both(first, second)
        first = expand_dims(first, order, name=f"{scope}0")
        second = expand_dims(second, order, name=f"{scope}1")
        return first, second, Axes([axes_0[axis] if axis in axes_0 else axes_1[axis] for axis in order])


def _order_of_both(first: LabeledTensor, second: LabeledTensor) -> list[str]:
    required = _axis_order.get_axis_order()
    if required is None:
        order = _axis_order.consistent_order(list(first.axes), list(second.axes))
        if order is None:
            raise _axis_order.AxisOrderError(
                "No consistent axis order allows for aligning tensors with axis orders "
                f"{first.axes.keys()!r} and {second.axes.keys()!r} without copying data. Use transpose or "
                "impose_axis_order to reorder axes on one of more of the inputs."
            )
        return order
    for tensor in (first, second):
        _axis_order.check_axis_order(tensor, required)
    return [axis for axis in required if axis in first.axes or axis in second.axes]
