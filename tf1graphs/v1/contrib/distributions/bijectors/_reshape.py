"""The bijector that changes the shape of events."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from tensorflow.python.framework import dtypes, ops, tensor_util
from tensorflow.python.ops import array_ops, check_ops, control_flow_ops, math_ops
from tensorflow.python.ops.distributions import bijector

from tf1graphs.v1.contrib.distributions.bijectors._base import no_change


def _shape_assertions(shape: Any, validate_args: bool) -> list[Any]:
    """Checks that a shape is a vector of sizes, of which one may be -1."""
    if not shape.dtype.is_integer:
        raise TypeError(f"{shape} dtype ({shape.dtype.name}) should be `int`-like.")
    assertions = []
    ndims = array_ops.rank(shape)
    static_ndims = tensor_util.constant_value(ndims)
    if static_ndims is not None and static_ndims > 1:
        raise ValueError(f"`{shape}` rank ({static_ndims}) should be <= 1.")
    if validate_args:
        assertions.append(check_ops.assert_less_equal(ndims, 1, message=f"`{shape}` rank should be <= 1."))
    static = tensor_util.constant_value_as_shape(shape)
    if static.is_fully_defined():
        sizes = np.array(static.as_list(), np.int32)
        if sum(sizes == -1) > 1:
            raise ValueError(f"`{shape}` must have at most one `-1` (given {sizes})")
        if np.any(sizes < -1):
            raise ValueError(f"`{shape}` elements must be either positive integers or `-1`(given {sizes}).")
    elif validate_args:
        unknown = math_ops.reduce_sum(math_ops.cast(math_ops.equal(shape, -1), dtypes.int32))
        at_most_one = f"`{shape}` elements must have at most one `-1`."
        sizes_only = f"`{shape}` elements must be either positive integers or `-1`."
        assertions.append(check_ops.assert_less_equal(unknown, 1, message=at_most_one))
        assertions.append(check_ops.assert_greater_equal(shape, -1, message=sizes_only))
    return assertions


class Reshape(bijector.Bijector):  # type: ignore[misc]
    """Changes the shape of the last dimensions.

    Args:
        event_shape_out: Their shape in ``y``; one size may be -1.
        event_shape_in: Their shape in ``x``, by default one dimension.
        validate_args: Whether a run checks shapes that are not known before.
        name: The name scope.

    Raises:
        TypeError: A shape has no integers.
        ValueError: A shape is not a vector, or has several unknown sizes or negative ones; on use: ``x`` or ``y`` has
            another shape.
    """

    def __init__(
        self, event_shape_out: Any, event_shape_in: Any = (-1,), validate_args: bool = False, name: str | None = None
    ) -> None:
        with ops.name_scope(name, "reshape", values=[event_shape_out, event_shape_in]):
            self._out = ops.convert_to_tensor(event_shape_out, name="event_shape_out", preferred_dtype=dtypes.int32)
            self._in = ops.convert_to_tensor(event_shape_in, name="event_shape_in", preferred_dtype=dtypes.int32)
            self._assertions = _shape_assertions(self._out, validate_args)
            self._assertions += _shape_assertions(self._in, validate_args)
            super().__init__(
                forward_min_event_ndims=0,
                is_constant_jacobian=True,
                validate_args=validate_args,
                name=name or "reshape",
            )

    def _match(self, x: Any, shape_in: Any, ndims_in: Any) -> list[Any]:
        """Checks that the last dimensions of ``x`` are those of ``shape_in``; returns what a run has to check."""
        static_ndims = shape_in.shape.with_rank_at_least(1).dims[0].value
        x_ndims, static_x_ndims = array_ops.rank(x), x.shape.ndims
        event_shape = None
        if static_ndims is not None and static_x_ndims is not None:
            tail = x.shape.with_rank_at_least(static_ndims)[static_x_ndims - static_ndims :]
            event_shape = np.array(tail.as_list(), np.int32) if tail.is_fully_defined() else None
        dynamic = array_ops.shape(x)[x_ndims - ndims_in :] if event_shape is None else event_shape
        sizes_in = tensor_util.constant_value(shape_in)
        if event_shape is not None and sizes_in is not None:
            if not np.equal(event_shape[sizes_in >= 0], sizes_in[sizes_in >= 0]).all():
                raise ValueError(f"Input `event_shape` does not match `event_shape_in` ({event_shape} vs {sizes_in}).")
            return []
        if not self.validate_args:
            return []
        is_given = array_ops.reshape(shape_in >= 0, [-1])
        found, expected = array_ops.boolean_mask(dynamic, is_given), array_ops.boolean_mask(shape_in, is_given)
        message = "Input `event_shape` does not match `event_shape_in`."
        return [check_ops.assert_equal(found, expected, message=message)]

    def _reshaped(self, x: Any, shape_in: Any, shape_out: Any) -> Any:
        ndims_in = array_ops.shape(shape_in)[0]
        assertions = self._match(x, shape_in, ndims_in)
        if assertions:
            x = control_flow_ops.with_dependencies(assertions, x)
        sizes = array_ops.shape(x)
        ndims = array_ops.rank(x) if x.shape.ndims is None else x.shape.ndims
        leading = sizes[: ndims - math_ops.abs(ndims_in)]
        static_ndims = shape_in.shape.with_rank_at_least(1).dims[0].value
        if static_ndims is not None and static_ndims == x.shape.ndims:
            # The concatenation would lose a shape that is known.
            return array_ops.reshape(x, shape_out)
        return array_ops.reshape(x, array_ops.concat([leading, shape_out], axis=0))

    def _forward(self, x: Any) -> Any:
        with ops.control_dependencies(self._assertions):
            return self._reshaped(x, self._in, self._out)

    def _inverse(self, y: Any) -> Any:
        with ops.control_dependencies(self._assertions):
            return self._reshaped(y, self._out, self._in)

    def _inverse_log_det_jacobian(self, y: Any) -> Any:
        with ops.control_dependencies(self._assertions):
            return no_change(y)

    def _forward_log_det_jacobian(self, x: Any) -> Any:
        with ops.control_dependencies(self._assertions):
            return no_change(x)

    def _reshaped_zeros(self, reshape: Callable[[Any], Any], shape: Any) -> Any:
        with ops.control_dependencies(self._assertions):
            return reshape(array_ops.zeros(dtype=dtypes.float32, shape=shape))

    def _forward_event_shape(self, input_shape: Any) -> Any:
        return self._reshaped_zeros(self.forward, input_shape).shape

    def _inverse_event_shape(self, output_shape: Any) -> Any:
        return self._reshaped_zeros(self.inverse, output_shape).shape

    def _forward_event_shape_tensor(self, input_shape: Any) -> Any:
        return array_ops.shape(self._reshaped_zeros(self.forward, input_shape))

    def _inverse_event_shape_tensor(self, output_shape: Any) -> Any:
        return array_ops.shape(self._reshaped_zeros(self.inverse, output_shape))
