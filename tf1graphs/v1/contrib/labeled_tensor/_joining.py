"""Functions that take parts of labeled tensors by their labels, and put tensors together."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping
from typing import Any

from tensorflow.python.framework import dtypes, ops
from tensorflow.python.ops import array_ops, array_ops_stack

from tf1graphs.v1.contrib.labeled_tensor import _typecheck as tc
from tf1graphs.v1.contrib.labeled_tensor import core
from tf1graphs.v1.contrib.labeled_tensor._axes import is_axis_like, is_string
from tf1graphs.v1.contrib.labeled_tensor._labeled_tensor import is_labeled_tensor_like

_is_name = tc.optional(is_string)


def _place(axis: core.Axis, value: Any) -> Any:
    """Returns the place of a label, or the slice of places from one label to another, with both."""
    if not isinstance(value, slice):
        return axis.index(value)
    start = None if value.start is None else axis.index(value.start)
    stop = None if value.stop is None else axis.index(value.stop) + 1
    if value.step is not None:
        raise NotImplementedError("slicing with a step is not yet supported")
    return slice(start, stop)


@tc.accepts(is_labeled_tensor_like, tc.mapping(tc.instance(slice, Hashable, list)), _is_name)
def select(labeled_tensor: Any, selection: Mapping[str, Any], name: str | None = None) -> core.LabeledTensor:
    """Returns a part of a tensor by labels.

    Args:
        labeled_tensor: The tensor.
        selection: By name of the axis a label, which takes the axis away, a slice from label to label, or, for one
            axis alone, a list of labels.
        name: The name of the op.

    Raises:
        ValueError: There is no such axis, or it has no labels.
        KeyError: There is no such label.
        NotImplementedError: A list is not alone, or a slice has a step.
    """
    with ops.name_scope(name, "lt_select", [labeled_tensor]) as scope:
        labeled_tensor = core.convert_to_labeled_tensor(labeled_tensor)
        places: dict[str, Any] = {}
        lists: dict[str, Any] = {}
        for axis_name, value in selection.items():
            if axis_name not in labeled_tensor.axes:
                raise ValueError(
                    f"The tensor does not have an axis named {axis_name}. Its axes are: {labeled_tensor.axes.keys()!r}"
                )
            axis = labeled_tensor.axes[axis_name]
            if axis.labels is None:
                raise ValueError(f"The axis named {axis_name} does not have labels. The axis is: {axis!r}")
            if not isinstance(value, list):
                places[axis_name] = _place(axis, value)
                continue
            if lists:
                raise NotImplementedError("select does not yet support more than one list selection at the same time")
            lists[axis_name] = ops.convert_to_tensor([axis.index(label) for label in value], dtype=dtypes.int64)
        if lists and places:
            raise NotImplementedError("select does not yet support combined scalar and list selection")
        if not lists:
            return core.slice_function(labeled_tensor, places, name=scope)
        ((axis_name, indices),) = lists.items()
        return _taken(labeled_tensor, indices, core.Axis(axis_name, selection[axis_name]), scope)


def _taken(labeled_tensor: Any, indices: Any, axis: core.Axis, name: str) -> core.LabeledTensor:
    """Returns the places of an axis, which becomes ``axis``."""
    with ops.name_scope(name, "lt_take", [labeled_tensor]) as scope:
        others = labeled_tensor.axes.remove(axis.name)
        first = core.transpose(labeled_tensor, [axis.name, *others])
        taken = core.LabeledTensor(array_ops.gather(first.tensor, indices), [axis, *others.values()])
        return core.transpose(taken, list(labeled_tensor.axes), name=scope)


@tc.accepts(tc.collection(is_labeled_tensor_like), is_string, _is_name)
def concat(labeled_tensors: Collection[Any], axis_name: str, name: str | None = None) -> core.LabeledTensor:
    """Returns tensors one after the other along an axis.

    Raises:
        ValueError: There are none, the axis is not there, or the other axes differ.
    """
    with ops.name_scope(name, "lt_concat", labeled_tensors) as scope:
        labeled = [core.convert_to_labeled_tensor(each) for each in labeled_tensors]
        if not labeled:
            raise ValueError(f"concat expects at least 1 tensor, but received {labeled}")
        names = list(labeled[0].axes)
        if axis_name not in names:
            raise ValueError(f"{axis_name} not in {names}")
        shared = labeled[0].axes.remove(axis_name)
        for each in labeled[1:]:
            others = each.axes.remove(axis_name)
            if others != shared:
                raise ValueError(
                    f"Mismatched shared axes: the first tensor had axes {shared!r} but this tensor has axes {others!r}."
                )
        axis = core.concat_axes([each.axes[axis_name] for each in labeled])
        joined = array_ops.concat([each.tensor for each in labeled], names.index(axis_name), name=scope)
        axes = [axis if each.name == axis_name else each for each in labeled[0].axes.values()]
        return core.LabeledTensor(joined, axes)


@tc.accepts(tc.collection(is_labeled_tensor_like), tc.union(is_string, is_axis_like), tc.instance(int), _is_name)
def pack(
    labeled_tensors: Collection[Any], new_axis: Any, axis_position: int = 0, name: str | None = None
) -> core.LabeledTensor:
    """Returns tensors of the same axes along a new one.

    Raises:
        ValueError: There are none, or their axes differ.
    """
    with ops.name_scope(name, "lt_pack", labeled_tensors) as scope:
        labeled = [core.convert_to_labeled_tensor(each) for each in labeled_tensors]
        if not labeled:
            raise ValueError(f"pack expects at least 1 tensors, but received {labeled}")
        for each in labeled:
            if each.axes != labeled[0].axes:
                raise ValueError(f"Non-identical axes. Expected {labeled[0].axes} but got {each.axes}")
        stacked = array_ops_stack.stack([each.tensor for each in labeled], axis=axis_position, name=scope)
        axes: list[Any] = list(labeled[0].axes.values())
        axes.insert(axis_position, new_axis)
        return core.LabeledTensor(stacked, axes)


@tc.accepts(is_labeled_tensor_like, _is_name, _is_name)
def unpack(labeled_tensor: Any, axis_name: str | None = None, name: str | None = None) -> list[core.LabeledTensor]:
    """Returns the tensors along an axis, by default the first.

    Raises:
        ValueError: There is no such axis.
    """
    with ops.name_scope(name, "lt_unpack", [labeled_tensor]) as scope:
        labeled_tensor = core.convert_to_labeled_tensor(labeled_tensor)
        names = list(labeled_tensor.axes)
        if axis_name is None:
            axis_name = names[0]
        if axis_name not in names:
            raise ValueError(f"{axis_name} not in {names}")
        tensors = array_ops_stack.unstack(labeled_tensor.tensor, axis=names.index(axis_name), name=scope)
        axes = list(labeled_tensor.axes.remove(axis_name).values())
        return [core.LabeledTensor(tensor, axes) for tensor in tensors]


@tc.accepts(is_labeled_tensor_like, is_labeled_tensor_like, _is_name)
def boolean_mask(labeled_tensor: Any, mask: Any, name: str | None = None) -> core.LabeledTensor:
    """Returns what a mask of one axis, the first of the tensor, is true for; labels are lost.

    Raises:
        NotImplementedError: The mask has more axes.
        ValueError: The axis is another.
    """
    with ops.name_scope(name, "lt_boolean_mask", [labeled_tensor, mask]) as scope:
        labeled_tensor, mask = core.convert_to_labeled_tensor(labeled_tensor), core.convert_to_labeled_tensor(mask)
        if len(mask.axes) > 1:
            raise NotImplementedError("LabeledTensor's boolean_mask currently only supports 1D masks")
        mask_axis, *_ = mask.axes.values()
        first, *others = labeled_tensor.axes.values()
        if mask_axis != first:
            raise ValueError(
                f"the first axis of the labeled tensor and the mask are not equal:\n{first!r}\n{mask_axis!r}"
            )
        kept = array_ops.boolean_mask(labeled_tensor.tensor, mask.tensor, name=scope)
        return core.LabeledTensor(kept, [first.name, *others])


@tc.accepts(is_labeled_tensor_like, is_labeled_tensor_like, is_labeled_tensor_like, _is_name)
def where(condition: Any, x: Any, y: Any, name: str | None = None) -> core.LabeledTensor:
    """Returns ``x`` where a condition is true and ``y`` elsewhere; raises ``ValueError`` if axes differ."""
    with ops.name_scope(name, "lt_where", [condition, x, y]) as scope:
        condition, x, y = (core.convert_to_labeled_tensor(each) for each in (condition, x, y))
        if not condition.axes == x.axes == y.axes:
            raise ValueError("all inputs to `where` must have equal axes")
        return core.LabeledTensor(array_ops.where(condition.tensor, x.tensor, y.tensor, name=scope), x.axes)
