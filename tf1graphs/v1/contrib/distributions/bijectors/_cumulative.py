"""Bijectors that are cumulative distribution functions: from numbers to (0, 1)."""

from __future__ import annotations

from typing import Any

from tensorflow.python.framework import ops
from tensorflow.python.ops import array_ops, check_ops, math_ops

from tf1graphs.v1.contrib.distributions._base import checked, non_negative, positive
from tf1graphs.v1.contrib.distributions.bijectors._base import ScopedBijector, in_unit_interval


class Gumbel(ScopedBijector):
    """``y = exp(-exp(-(x - loc) / scale))``.

    Args:
        loc: Floats.
        scale: Floats above 0.
        validate_args: Whether a run checks ``scale``, and that ``y`` is in [0, 1].
        name: The name scope.
    """

    def __init__(self, loc: Any = 0.0, scale: Any = 1.0, validate_args: bool = False, name: str = "gumbel") -> None:
        with self._init_scope(name, loc, scale):
            self.loc = ops.convert_to_tensor(loc, name="loc")
            scale = ops.convert_to_tensor(scale, name="scale")
            check_ops.assert_same_float_dtype([self.loc, scale])
            self.scale = checked(validate_args, scale, positive("Argument scale was not positive"))
        super().__init__(forward_min_event_ndims=0, validate_args=validate_args, name=name)

    def _forward(self, x: Any) -> Any:
        return math_ops.exp(-math_ops.exp(-((x - self.loc) / self.scale)))

    def _inverse(self, y: Any) -> Any:
        y = in_unit_interval(self.validate_args, y)
        return self.loc - self.scale * math_ops.log(-math_ops.log(y))

    def _inverse_log_det_jacobian(self, y: Any) -> Any:
        y = in_unit_interval(self.validate_args, y)
        return math_ops.log(self.scale / (-math_ops.log(y) * y))

    def _forward_log_det_jacobian(self, x: Any) -> Any:
        z = (x - self.loc) / self.scale
        return -z - math_ops.exp(-z) - math_ops.log(self.scale)


class Weibull(ScopedBijector):
    """``y = 1 - exp(-(x / scale)**concentration)`` for an ``x`` that is not below 0.

    Args:
        scale: Floats above 0.
        concentration: Floats above 0.
        validate_args: Whether a run checks the parameters, ``x`` and ``y``.
        name: The name scope.
    """

    def __init__(
        self, scale: Any = 1.0, concentration: Any = 1.0, validate_args: bool = False, name: str = "weibull"
    ) -> None:
        with self._init_scope(name, scale, concentration):
            scale = ops.convert_to_tensor(scale, name="scale")
            concentration = ops.convert_to_tensor(concentration, name="concentration")
            check_ops.assert_same_float_dtype([scale, concentration])
            self.scale = checked(validate_args, scale, positive("Argument scale was not positive"))
            is_positive = positive("Argument concentration was not positive")
            self.concentration = checked(validate_args, concentration, is_positive)
        super().__init__(forward_min_event_ndims=0, validate_args=validate_args, name=name)

    def _possible_x(self, x: Any) -> Any:
        return checked(self.validate_args, x, non_negative("Forward transformation input must be at least 0."))

    def _forward(self, x: Any) -> Any:
        return -math_ops.expm1(-((self._possible_x(x) / self.scale) ** self.concentration))

    def _inverse(self, y: Any) -> Any:
        y = in_unit_interval(self.validate_args, y)
        return self.scale * (-math_ops.log1p(-y)) ** (1 / self.concentration)

    def _inverse_log_det_jacobian(self, y: Any) -> Any:
        y = in_unit_interval(self.validate_args, y)
        inner = -math_ops.log1p(-y) + (1 / self.concentration - 1) * math_ops.log(-math_ops.log1p(-y))
        return inner + math_ops.log(self.scale / self.concentration)

    def _forward_log_det_jacobian(self, x: Any) -> Any:
        x = self._possible_x(x)
        inner = -((x / self.scale) ** self.concentration) + (self.concentration - 1) * math_ops.log(x)
        return inner + math_ops.log(self.concentration) + -self.concentration * math_ops.log(self.scale)


class Kumaraswamy(ScopedBijector):
    """``y = (1 - (1 - x)**(1 / concentration0))**(1 / concentration1)``, from [0, 1] to [0, 1].

    Args:
        concentration1: Floats above 0.
        concentration0: Floats above 0.
        validate_args: Whether a run checks the parameters, ``x`` and ``y``.
        name: The name scope.
    """

    def __init__(
        self,
        concentration1: Any = None,
        concentration0: Any = None,
        validate_args: bool = False,
        name: str = "kumaraswamy",
    ) -> None:
        is_positive = positive("Concentration parameter must be positive.")
        with self._init_scope(name, concentration1, concentration0):
            concentration1 = ops.convert_to_tensor(concentration1, name="concentration1")
            self.concentration1 = checked(validate_args, concentration1, is_positive)
            concentration0 = ops.convert_to_tensor(concentration0, name="concentration0")
            self.concentration0 = checked(validate_args, concentration0, is_positive)
        super().__init__(forward_min_event_ndims=0, validate_args=validate_args, name=name)

    def _possible(self, x: Any) -> Any:
        def at_most_one(x: Any) -> Any:
            one = array_ops.ones([], self.concentration0.dtype)
            return check_ops.assert_less_equal(x, one, message="sample must be no larger than `1`.")

        return checked(self.validate_args, x, non_negative("sample must be non-negative"), at_most_one)

    def _forward(self, x: Any) -> Any:
        survival = math_ops.exp(math_ops.log1p(-self._possible(x)) / self.concentration0)
        return math_ops.exp(math_ops.log1p(-survival) / self.concentration1)

    def _inverse(self, y: Any) -> Any:
        survival = (1 - self._possible(y) ** self.concentration1) ** self.concentration0
        return math_ops.exp(math_ops.log1p(-survival))

    def _inverse_log_det_jacobian(self, y: Any) -> Any:
        y = self._possible(y)
        a, b = self.concentration1, self.concentration0
        outer = math_ops.log(a) + math_ops.log(b) + (a - 1) * math_ops.log(y)
        return outer + (b - 1) * math_ops.log1p(-(y**a))
