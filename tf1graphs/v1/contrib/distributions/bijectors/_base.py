"""What the bijectors have in common: scopes before they are complete, and checks of what they are inverted at."""

from __future__ import annotations

from typing import Any

from tensorflow.python.framework import constant_op
from tensorflow.python.ops import check_ops
from tensorflow.python.ops.distributions import bijector

from tf1graphs.v1.contrib.distributions._base import checked, non_negative


class ScopedBijector(bijector.Bijector):  # type: ignore[misc]
    """A bijector that makes ops while it is set up, in the scope ``name/init``."""

    def _init_scope(self, name: str, *values: Any) -> Any:
        self._graph_parents: list[Any] = []
        self._name = name
        return self._name_scope("init", values=list(values))


def no_change(x: Any, name: str = "Const") -> Any:
    """Returns the log determinant of a Jacobian that is 1."""
    return constant_op.constant(0.0, dtype=x.dtype.base_dtype, name=name)


def in_unit_interval(validate_args: bool, y: Any) -> Any:
    """Returns what a cumulative distribution is inverted at, checked to be in [0, 1] if ``validate_args``."""

    def at_most_one(y: Any) -> Any:
        message = "Inverse transformation input must be less than or equal to 1."
        return check_ops.assert_less_equal(y, constant_op.constant(1.0, y.dtype), message=message)

    above_zero = non_negative("Inverse transformation input must be greater than 0.")
    return checked(validate_args, y, above_zero, at_most_one)
