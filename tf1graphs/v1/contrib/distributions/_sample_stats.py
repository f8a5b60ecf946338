"""Statistics of samples: auto-correlation and percentiles."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from tensorflow.python.framework import dtypes, ops, tensor_util
from tensorflow.python.ops import array_ops, check_ops, clip_ops, control_flow_ops, math_ops, nn_ops
from tensorflow.python.ops.distributions import util
from tensorflow.python.ops.signal import fft_ops


def _circular_correlation(x: Any, length: Any) -> Any:
    """Returns ``sum over m of x[..., m] conj(x[..., m + lag])`` by the Wiener-Khinchin theorem."""
    dtype = x.dtype
    number = math_ops.cast(length, np.float64)
    # Padded to twice the length, so that the end does not meet the start, and to a power of 2.
    exponent = math_ops.ceil(math_ops.log(number * 2) / np.log(2.0))
    padding = math_ops.cast(math_ops.pow(np.float64(2.0), exponent) - number, np.int32)
    padded = util.pad(x, axis=-1, back=True, count=padding)
    if not dtype.is_complex:
        if not dtype.is_floating:
            raise TypeError(f"Argument x must have either float or complex dtype found: {dtype}")
        padded = math_ops.complex(padded, dtype.real_dtype.as_numpy_dtype(0.0))
    transformed = fft_ops.fft(padded)
    density = transformed * math_ops.conj(transformed)
    return math_ops.cast(fft_ops.ifft(density), dtype)


def auto_correlation(
    x: Any,
    axis: int = -1,
    max_lags: Any = None,
    center: bool = True,
    normalize: bool = True,
    name: str = "auto_correlation",
) -> Any:
    """Returns the mean of ``x[m] conj(x[m + lag])`` for the lags 0 to ``max_lags`` along an axis.

    Args:
        x: Floats or complex numbers.
        axis: The axis, which has then ``max_lags + 1`` elements.
        max_lags: The largest lag, by default the last one there is.
        center: Whether the mean is taken away first.
        normalize: Whether the result is divided by that of lag 0.
        name: The name scope.

    Raises:
        TypeError: ``x`` has integers.
    """
    with ops.name_scope(name, values=[x]):
        x = ops.convert_to_tensor(x, name="x")
        dtype = x.dtype
        rank = util.prefer_static_rank(x)
        shift = rank - 1 - (rank + axis if axis < 0 else axis)
        rotated = util.rotate_transpose(x, shift)
        if center:
            rotated -= math_ops.reduce_mean(rotated, axis=-1, keepdims=True)
        length = util.prefer_static_shape(rotated)[-1]
        products = _circular_correlation(rotated, length)
        is_static = rotated.shape.is_fully_defined()
        if max_lags is None:
            max_lags = length - 1
        else:
            max_lags = ops.convert_to_tensor(max_lags, name="max_lags")
            known = tensor_util.constant_value(max_lags)
            is_static = is_static and known is not None
            max_lags = min(length - 1, known) if is_static else math_ops.minimum(length - 1, max_lags)
        products = products[..., : max_lags + 1]
        if is_static:
            products.set_shape([*rotated.shape.as_list()[:-1], min(length, max_lags + 1)])
        numbers = math_ops.cast(length, dtype.real_dtype) - math_ops.range(
            0.0, math_ops.cast(max_lags, dtype.real_dtype) + 1.0
        )
        result = products / math_ops.cast(numbers, dtype)
        if normalize:
            result /= result[..., :1]
        return util.rotate_transpose(result, -shift)


def _check_ndims(x: Any, at_least: int | None = None, at_most: int | None = None) -> None:
    ndims = x.shape.ndims
    if ndims is not None and at_least is not None and ndims < at_least:
        raise ValueError(f"Expected argument 'x' to have ndims >= {at_least}.  Found tensor {x}")
    if ndims is not None and at_most is not None and ndims > at_most:
        raise ValueError(f"Expected argument 'x' to have ndims <= {at_most}.  Found tensor {x}")


def _axes(axis: Any, x: Any) -> list[int]:
    """Returns the axes as numbers from 0 on."""
    axis = ops.convert_to_tensor(axis, name="axis")
    check_ops.assert_integer(axis)
    _check_ndims(axis, at_most=1)
    known = tensor_util.constant_value(axis)
    if known is None:
        raise ValueError(f"Expected argument 'axis' to be statically available.  Found: {axis}")
    if x.shape.ndims is None:
        raise ValueError(f"Expected argument 'x' to have statically defined 'ndims'.  Found: {x}")
    _check_ndims(x, at_least=1)
    ndims = x.shape.ndims
    axes = [int(each) for each in np.atleast_1d(known)]
    for each in axes:
        if each >= ndims:
            raise ValueError(f"dim {each} not in the interval [0, {ndims - 1}].")
        if each < -ndims:
            raise ValueError(f"Negatively indexed dim {each} not in the interval [-{ndims}, -1]")
    return [each % ndims for each in axes]


def _with_axes_last(x: Any, axes: Sequence[int]) -> Any:
    """Returns ``x`` with the axes as one, the last."""
    front = sorted(set(range(x.shape.ndims)).difference(axes))
    moved = array_ops.transpose(x, perm=[*front, *axes])
    if x.shape.is_fully_defined():
        sizes = x.shape.as_list()
        shape = [sizes[axis] for axis in front] + [np.prod([sizes[axis] for axis in axes])]
    else:
        shape = array_ops.concat([array_ops.shape(moved)[: len(front)], [-1]], axis=0)
    return array_ops.reshape(moved, shape=shape)


def percentile(
    x: Any,
    q: Any,
    axis: Any = None,
    interpolation: str | None = None,
    keep_dims: bool = False,
    validate_args: bool = False,
    name: str | None = None,
) -> Any:
    """Returns the value below which ``q`` percent of the values lie.

    Args:
        x: Numbers.
        q: A number from 0 to 100.
        axis: The axes of the values, by default all.
        interpolation: Which of the two nearest values: ``"lower"``, ``"higher"`` or ``"nearest"``, the default.
        keep_dims: Whether the axes stay, with one element.
        validate_args: Whether a run checks ``q``.
        name: The name scope.

    Raises:
        ValueError: The interpolation is unknown, ``q`` is no scalar, or there is no such axis.
    """
    rounds = {"lower": math_ops.ceil, "higher": math_ops.floor, "nearest": math_ops.round}
    if interpolation is not None and interpolation not in rounds:
        raise ValueError(f"Argument 'interpolation' must be in {set(rounds)}.  Found {interpolation}")
    with ops.name_scope(name or "percentile", values=[x, q]):
        x = ops.convert_to_tensor(x, name="x")
        q = math_ops.cast(q, dtypes.float64, name="q")
        if q.shape.ndims not in (None, 0):
            raise ValueError(f"Expected argument 'x' to have ndims 0.  Found tensor {q}")
        if validate_args:
            bounds = math_ops.cast(0.0, dtypes.float64), math_ops.cast(100.0, dtypes.float64)
            checks = [
                check_ops.assert_rank(q, 0),
                check_ops.assert_greater_equal(q, bounds[0]),
                check_ops.assert_less_equal(q, bounds[1]),
            ]
            q = control_flow_ops.with_dependencies(checks, q)
        axes = None if axis is None else _axes(axis, x)
        values = array_ops.reshape(x, [-1]) if axes is None else _with_axes_last(x, axes)
        # From the largest value down, as top_k sorts.
        above = 1.0 - q / 100.0
        number = math_ops.cast(array_ops.shape(values)[-1], dtypes.float64)
        index = rounds[interpolation or "nearest"]((number - 1) * above)
        number = array_ops.shape(values)[-1]
        index = clip_ops.clip_by_value(math_ops.cast(index, dtypes.int32), 0, number - 1)
        ordered, _ = nn_ops.top_k(values, k=array_ops.shape(values)[-1])
        result = ordered[..., index]
        result.set_shape(values.shape[:-1])
        if not keep_dims:
            return result
        if axes is None:
            ndims = array_ops.rank(x) if x.shape.ndims is None else x.shape.ndims
            return result * array_ops.ones(array_ops.ones(shape=[ndims], dtype=dtypes.int32), dtype=x.dtype)
        for each in sorted(axes):
            result = array_ops.expand_dims(result, axis=each)
        return result
