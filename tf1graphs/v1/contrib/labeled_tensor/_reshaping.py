"""Functions that make other axes of the axes of a labeled tensor."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from tensorflow.python.framework import ops
from tensorflow.python.framework import tensor as tensor_lib
from tensorflow.python.ops import array_ops

from tf1graphs.v1.contrib.labeled_tensor import _typecheck as tc
from tf1graphs.v1.contrib.labeled_tensor import core
from tf1graphs.v1.contrib.labeled_tensor._axes import is_axis_like, is_axis_value, is_string
from tf1graphs.v1.contrib.labeled_tensor._labeled_tensor import is_labeled_tensor_like

_is_name = tc.optional(is_string)


def _size(axis: core.Axis) -> int:
    return -1 if axis.size is None else axis.size


@tc.accepts(
    is_labeled_tensor_like, tc.collection(is_string), tc.collection(tc.union(is_string, is_axis_like)), _is_name
)
def reshape(
    labeled_tensor: Any, existing_axes: Collection[str], new_axes: Collection[Any], name: str | None = None
) -> core.LabeledTensor:
    """Returns the tensor with other axes in the place of some that follow each other.

    Args:
        labeled_tensor: The tensor.
        existing_axes: The names of the old axes.
        new_axes: The new axes, of which one may be a name alone.
        name: The name of the op.

    Raises:
        ValueError: An old axis is not there, or two new ones have no size.
        AxisOrderError: The old axes do not follow each other.
    """
    with ops.name_scope(name, "lt_reshape", [labeled_tensor]) as scope:
        labeled_tensor = core.convert_to_labeled_tensor(labeled_tensor)
        names, existing = list(labeled_tensor.axes), list(existing_axes)
        if not set(existing) <= set(names):
            raise ValueError(
                f"existing_axes {existing!r} are not contained in the set of axis names {names!r} on the input "
                "labeled tensor"
            )
        start, stop = names.index(existing[0]), names.index(existing[-1]) + 1
        if existing != names[start:stop]:
            raise core.AxisOrderError(
                f"existing_axes {existing!r} are not a slice of axis names {names!r} on the input labeled tensor. Use "
                "`transpose` or `impose_axis_order` to reorder axes on the input explicitly."
            )
        if sum(isinstance(axis, str) for axis in new_axes) > 1:
            raise ValueError(
                "at most one axis in new_axes can have unknown size. All other axes must have an indicated integer "
                f"size or labels: {new_axes!r}"
            )
        old = list(labeled_tensor.axes.values())
        axes = [*old[:start], *new_axes, *old[stop:]]
        shape = [-1 if isinstance(axis, str) else _size(core.as_axis(axis)) for axis in axes]
        return core.LabeledTensor(array_ops.reshape(labeled_tensor.tensor, shape, name=scope), axes)


@tc.accepts(is_labeled_tensor_like, is_string, is_string, _is_name)
def rename_axis(labeled_tensor: Any, existing_name: str, new_name: str, name: str | None = None) -> core.LabeledTensor:
    """Returns the tensor with another name of an axis; raises ``ValueError`` if it is not there."""
    with ops.name_scope(name, "lt_rename_axis", [labeled_tensor]) as scope:
        if existing_name not in labeled_tensor.axes:
            raise ValueError(
                f"existing_name {existing_name!r} are not contained in the set of axis names "
                f"{labeled_tensor.axes.keys()!r} on the input labeled tensor"
            )
        axis = core.Axis(new_name, labeled_tensor.axes[existing_name].value)
        return reshape(labeled_tensor, [existing_name], [axis], name=scope)


@tc.accepts(is_labeled_tensor_like, tc.optional(tc.collection(is_string)), _is_name)
def squeeze(
    labeled_tensor: Any, axis_names: Collection[str] | None = None, name: str | None = None
) -> core.LabeledTensor:
    """Returns the tensor without axes of size 1, by default all of them.

    Raises:
        ValueError: There is no such axis, or it is of another size.
    """
    with ops.name_scope(name, "lt_squeeze", [labeled_tensor]) as scope:
        labeled_tensor = core.convert_to_labeled_tensor(labeled_tensor)
        axes = labeled_tensor.axes
        if axis_names is None:
            axis_names = [axis.name for axis in axes.values() if len(axis) == 1]
        for axis_name in axis_names:
            if axis_name not in axes:
                raise ValueError(f"axis {axis_name} is not in tensor axes {axes}")
            if len(axes[axis_name]) != 1:
                raise ValueError(f"cannot squeeze axis with size greater than 1: ({axis_name}, {axes[axis_name]})")
        dimensions = [i for i, axis_name in enumerate(axes) if axis_name in axis_names]
        kept = [axis for axis in axes.values() if axis.name not in axis_names]
        if dimensions:
            return core.LabeledTensor(array_ops.squeeze(labeled_tensor.tensor, dimensions, name=scope), kept)
        return core.LabeledTensor(array_ops.identity(labeled_tensor.tensor, name=scope), kept)


def _check_names(names: Any, axes: Any, kind: str) -> None:
    if not set(names) <= set(axes):
        raise ValueError(
            f"{kind} axes {names!r} are not contained in the set of axis names {axes!r} on the input labeled tensor"
        )


@tc.accepts(is_labeled_tensor_like, tc.mapping(tc.instance(int, tensor_lib.Tensor)), _is_name)
def tile(labeled_tensor: Any, multiples: Mapping[str, Any], name: str | None = None) -> core.LabeledTensor:
    """Returns the tensor repeated along axes without labels, by name.

    Raises:
        ValueError: An axis is not there, or has labels.
    """
    with ops.name_scope(name, "lt_tile", [labeled_tensor]) as scope:
        labeled_tensor = core.convert_to_labeled_tensor(labeled_tensor)
        axes = labeled_tensor.axes
        _check_names(multiples.keys(), axes, "tile")
        labeled = [axis_name for axis_name in multiples if axes[axis_name].labels is not None]
        if labeled:
            raise ValueError(f"cannot tile axes with tick labels: {labeled!r}")
        tiled = array_ops.tile(labeled_tensor.tensor, [multiples.get(axis_name, 1) for axis_name in axes], name=scope)
        return core.LabeledTensor(tiled, [axis.name if axis.labels is None else axis for axis in axes.values()])


@tc.accepts(is_labeled_tensor_like, tc.mapping(tc.pair(is_axis_value, is_axis_value)), is_string, _is_name)
def pad(
    labeled_tensor: Any, paddings: Mapping[str, Any], mode: str = "CONSTANT", name: str | None = None
) -> core.LabeledTensor:
    """Returns the tensor with more before and after axes.

    Args:
        labeled_tensor: The tensor.
        paddings: By name of the axis the sizes, or the labels, of what is before and after.
        mode: See ``tf.pad``.
        name: The name of the op.

    Raises:
        ValueError: An axis is not there.
    """
    with ops.name_scope(name, "lt_pad", [labeled_tensor]) as scope:
        labeled_tensor = core.convert_to_labeled_tensor(labeled_tensor)
        axes = labeled_tensor.axes
        _check_names(paddings.keys(), axes, "pad")
        padded, sizes = [], []
        for axis_name, axis in axes.items():
            if axis_name not in paddings:
                padded.append(axis)
                sizes.append((0, 0))
                continue
            before, after = (core.Axis(axis_name, value) for value in paddings[axis_name])
            padded.append(core.concat_axes([before, axis, after]))
            sizes.append((len(before), len(after)))
        return core.LabeledTensor(array_ops.pad(labeled_tensor.tensor, sizes, mode, name=scope), padded)
