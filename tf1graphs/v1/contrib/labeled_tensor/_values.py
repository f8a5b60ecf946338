"""Functions that keep the axes of a tensor, and constants."""

from __future__ import annotations

from typing import Any

import numpy as np
from tensorflow.python.framework import constant_op, dtypes, ops
from tensorflow.python.ops import array_ops, math_ops, numerics

from tf1graphs.v1.contrib.labeled_tensor import _typecheck as tc
from tf1graphs.v1.contrib.labeled_tensor import core
from tf1graphs.v1.contrib.labeled_tensor._axes import Axes, as_axis, is_axis_like, is_string
from tf1graphs.v1.contrib.labeled_tensor._labeled_tensor import is_labeled_tensor_like

_is_name = tc.optional(is_string)
_is_dtype = tc.optional(tc.instance(dtypes.DType))


@tc.accepts(
    tc.instance(np.ndarray, list, tuple, int, float, complex, np.number, bool, bytes, str),
    _is_dtype,
    tc.optional(tc.union(tc.instance(Axes), tc.collection(tc.union(is_string, is_axis_like)))),
    _is_name,
)
def constant(value: Any, dtype: Any = None, axes: Any = None, name: str | None = None) -> core.LabeledTensor:
    """Returns a constant; it is of the shape of its axes, if all of these have sizes, and else of its own.

    Args:
        value: The value.
        dtype: The dtype, or None for that of the value.
        axes: See ``LabeledTensor``; None is a scalar.
        name: The name of the op.
    """
    with ops.name_scope(name, "lt_constant", [value]) as scope:
        given = list(axes.values() if isinstance(axes, Axes) else axes or [])
        shape = None
        if not any(isinstance(axis, str) for axis in given):
            shape = [as_axis(axis).size for axis in given]
        return core.LabeledTensor(constant_op.constant(value, dtype=dtype, shape=shape, name=scope), given)


@tc.accepts(is_labeled_tensor_like, _is_dtype, _is_name)
def zeros_like(labeled_tensor: Any, dtype: Any = None, name: str | None = None) -> core.LabeledTensor:
    """Returns zeros with the same axes."""
    with ops.name_scope(name, "lt_zeros_like", [labeled_tensor]) as scope:
        labeled_tensor = core.convert_to_labeled_tensor(labeled_tensor)
        zeros = array_ops.zeros_like(labeled_tensor.tensor, dtype=dtype, name=scope)
        return core.LabeledTensor(zeros, labeled_tensor.axes)


@tc.accepts(is_labeled_tensor_like, _is_dtype, _is_name)
def ones_like(labeled_tensor: Any, dtype: Any = None, name: str | None = None) -> core.LabeledTensor:
    """Returns ones with the same axes."""
    with ops.name_scope(name, "lt_ones_like", [labeled_tensor]) as scope:
        labeled_tensor = core.convert_to_labeled_tensor(labeled_tensor)
        ones = array_ops.ones_like(labeled_tensor.tensor, dtype=dtype, name=scope)
        return core.LabeledTensor(ones, labeled_tensor.axes)


@tc.accepts(is_labeled_tensor_like, _is_dtype, _is_name)
def cast(labeled_tensor: Any, dtype: Any = None, name: str | None = None) -> core.LabeledTensor:
    """Returns the tensor in another dtype."""
    with ops.name_scope(name, "lt_cast", [labeled_tensor]) as scope:
        labeled_tensor = core.convert_to_labeled_tensor(labeled_tensor)
        converted = math_ops.cast(labeled_tensor.tensor, dtype=dtype, name=scope)
        return core.LabeledTensor(converted, labeled_tensor.axes)


@tc.accepts(is_labeled_tensor_like, is_string, _is_name)
def verify_tensor_all_finite(labeled_tensor: Any, message: str, name: str | None = None) -> core.LabeledTensor:
    """Returns the tensor; it fails with a message when it is run, if an element is not finite."""
    with ops.name_scope(name, "lt_verify_tensor_all_finite", [labeled_tensor]) as scope:
        labeled_tensor = core.convert_to_labeled_tensor(labeled_tensor)
        checked = numerics.verify_tensor_all_finite(labeled_tensor.tensor, msg=message, name=scope)
        return core.LabeledTensor(checked, labeled_tensor.axes)
