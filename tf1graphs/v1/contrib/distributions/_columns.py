"""Vectors as columns of matrices, so that a linear operator is applied to all samples at once."""

from __future__ import annotations

from typing import Any

from tensorflow.python.framework import dtypes, ops, tensor_util
from tensorflow.python.ops import array_ops, check_ops, control_flow_ops, math_ops
from tensorflow.python.ops.distributions import util


def _constants(*tensors: Any) -> list[Any] | None:
    values = [tensor_util.constant_value(tensor) for tensor in tensors]
    return None if any(value is None for value in values) else values


class Columns:
    """Turns ``[sample, batch, event]`` into ``[batch, event, samples]`` and back, for events that are vectors.

    Args:
        batch_ndims: The number of batch dimensions, a number or an int32 scalar.
        validate_args: Whether a run checks it.
    """

    def __init__(self, batch_ndims: Any, validate_args: bool) -> None:
        self._validate_args = validate_args
        self._batch_ndims = ops.convert_to_tensor(batch_ndims, name="batch_ndims")
        known = tensor_util.constant_value(self._batch_ndims) is not None
        if not known and validate_args:
            checks = [check_ops.assert_rank(self._batch_ndims, 0), check_ops.assert_non_negative(self._batch_ndims)]
            self._batch_ndims = control_flow_ops.with_dependencies(checks, self._batch_ndims)
        self._is_scalar_batch = None if known else math_ops.equal(self._batch_ndims, 0)
        self._event_ndims = ops.convert_to_tensor(1, name="event_ndims")

    def _sample_ndims(self, x: Any) -> Any:
        if x.shape.ndims is None:
            ndims = array_ops.rank(x, name="ndims")
        else:
            ndims = ops.convert_to_tensor(x.shape.ndims, dtype=dtypes.int32, name="ndims")
        known = _constants(ndims, self._batch_ndims)
        if known:
            sample_ndims = known[0] - known[1] - 1
            if sample_ndims < 0:
                raise ValueError(f"expected batch_ndims({known[1]}) + event_ndims(1) <= ndims({known[0]})")
            return ops.convert_to_tensor(sample_ndims, name="sample_ndims")
        sample_ndims = ndims - self._batch_ndims - self._event_ndims
        if not self._validate_args:
            return sample_ndims
        return control_flow_ops.with_dependencies([check_ops.assert_non_negative(sample_ndims)], sample_ndims)

    def _part(self, x: Any, starts: list[Any], size: Any, name: str) -> Any:
        """Returns ``size`` dimensions of the shape of ``x``, a vector, from the sum of ``starts`` on."""
        starts = starts or [array_ops.zeros([], dtype=dtypes.int32, name="zero")]
        known = _constants(size, *starts)
        if x.shape.ndims is not None and known:
            start = sum(known[1:])
            sizes = x.shape[start : start + known[0]].as_list()
            if None not in sizes:
                return ops.convert_to_tensor(sizes, dtype=dtypes.int32, name=name)
        return array_ops.slice(array_ops.shape(x), [sum(starts)], [size])

    def _shapes(self, x: Any) -> tuple[Any, Any, Any]:
        sample_ndims = self._sample_ndims(x)
        return (
            self._part(x, [], sample_ndims, "sample_shape"),
            self._part(x, [sample_ndims], self._batch_ndims, "batch_shape"),
            self._part(x, [sample_ndims, self._batch_ndims], self._event_ndims, "event_shape"),
        )

    def gather(self, x: Any) -> tuple[Any, Any]:
        """Returns ``[batch, event, samples]`` for ``[sample, batch, event]``, and the sample shape."""
        sample_shape, batch_shape, event_shape = self._shapes(x)
        event_shape = util.pick_vector(False, [1], event_shape)
        rows = array_ops.reshape(x, array_ops.concat([[-1], batch_shape, event_shape], 0))
        return util.rotate_transpose(rows, shift=-1), sample_shape

    def spread(self, x: Any, sample_shape: Any) -> Any:
        """Returns ``[sample, batch, event]`` for ``[batch, event, samples]``."""
        x = util.rotate_transpose(x, shift=1)
        if self._is_scalar_batch is None:
            _, batch_shape, event_shape = self._shapes(x)
        else:
            sizes = x.shape.as_list() if x.shape.is_fully_defined() else array_ops.shape(x)
            batch_shape = sizes[1 : 1 + self._batch_ndims]
            start = array_ops.where_v2(math_ops.logical_and(False, self._is_scalar_batch), 2, 1 + self._batch_ndims)
            event_shape = sizes[start : start + self._event_ndims]
        return array_ops.reshape(x, array_ops.concat([sample_shape, batch_shape, event_shape], 0))
