"""What distributions over numbers have in common, and how optional checks are attached."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, ClassVar

from tensorflow.python.framework import constant_op, dtypes, ops, tensor_shape
from tensorflow.python.ops import array_ops, check_ops, control_flow_ops
from tensorflow.python.ops.distributions import distribution

Check = Callable[[Any], Any]


def checked(validate_args: bool, x: Any, *checks: Check) -> Any:
    """Returns ``x``, which ``checks`` have seen before anybody uses it where ``validate_args`` asks for that."""
    if not validate_args:
        return x
    return control_flow_ops.with_dependencies([check(x) for check in checks], x)


def positive(message: str | None = None) -> Check:
    """Returns a check that all elements are above 0."""
    return functools.partial(check_ops.assert_positive, message=message)


def non_negative(message: str | None = None) -> Check:
    """Returns a check that no element is below 0."""
    return functools.partial(check_ops.assert_non_negative, message=message)


def after_positive(validate_args: bool, *parameters: Any) -> Any:
    """Returns a context in which ops wait for the check that parameters are above 0, if ``validate_args``."""
    return ops.control_dependencies([check_ops.assert_positive(each) for each in parameters] if validate_args else [])


class ScalarDistribution(distribution.Distribution):  # type: ignore[misc]
    """A distribution over numbers; its batch shape is what the named parameters broadcast to."""

    _batch_parameters: ClassVar[tuple[str, ...]]
    # Those whose shapes ``param_shapes`` tells; 1.15 told them of some distributions only.
    _shaped_parameters: ClassVar[tuple[str, ...]] = ()

    @classmethod
    def _param_shapes(cls, sample_shape: Any) -> dict[str, Any]:
        if not cls._shaped_parameters:
            raise NotImplementedError("_param_shapes not implemented")
        return dict.fromkeys(cls._shaped_parameters, ops.convert_to_tensor(sample_shape, dtype=dtypes.int32))

    def _batch_shape_tensor(self) -> Any:
        shapes = [array_ops.shape(getattr(self, name)) for name in self._batch_parameters]
        return functools.reduce(array_ops.broadcast_dynamic_shape, shapes)

    def _batch_shape(self) -> Any:
        shapes = [getattr(self, name).shape for name in self._batch_parameters]
        return functools.reduce(array_ops.broadcast_static_shape, shapes)

    def _event_shape_tensor(self) -> Any:
        return constant_op.constant([], dtype=dtypes.int32)

    def _event_shape(self) -> Any:
        return tensor_shape.TensorShape([])

    def _shape_of_samples(self, n: Any) -> Any:
        return array_ops.concat([[n], self.batch_shape_tensor()], 0)
