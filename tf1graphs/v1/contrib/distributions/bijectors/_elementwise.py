"""Bijectors of numbers."""

from __future__ import annotations

from typing import Any

import numpy as np
from tensorflow.python.framework import ops, tensor_util
from tensorflow.python.ops import array_ops, check_ops, math_ops, nn_ops
from tensorflow.python.ops.distributions import bijector, util

from tf1graphs.v1.contrib.distributions._base import checked, non_negative, positive
from tf1graphs.v1.contrib.distributions.bijectors._base import ScopedBijector, no_change


class AbsoluteValue(bijector.Bijector):  # type: ignore[misc]
    """``y = abs(x)``, which is not injective: ``inverse(y)`` is ``(-y, y)``.

    Args:
        validate_args: Whether a run checks that ``y`` is not below 0.
        name: The name scope.
    """

    def __init__(self, validate_args: bool = False, name: str = "absolute_value") -> None:
        super().__init__(forward_min_event_ndims=0, is_constant_jacobian=True, validate_args=validate_args, name=name)

    @property
    def _is_injective(self) -> bool:
        return False

    def _forward(self, x: Any) -> Any:
        return math_ops.abs(x)

    def _inverse(self, y: Any) -> Any:
        y = checked(self.validate_args, y, non_negative("Argument y was negative"))
        return -y, y

    def _inverse_log_det_jacobian(self, y: Any) -> Any:
        is_no_negative = non_negative("Argument y was negative")
        zeros = checked(self.validate_args, no_change(y), lambda _: is_no_negative(y))
        return zeros, zeros


class PowerTransform(ScopedBijector):
    """``y = (1 + power x)**(1 / power)``, and ``exp(x)`` for a ``power`` of 0.

    Args:
        power: A number that is not below 0, known when the graph is built.
        validate_args: Whether a run checks ``1 + power x`` and ``y``.
        name: The name scope.

    Raises:
        ValueError: ``power`` is below 0 or not known.
    """

    def __init__(self, power: Any = 0.0, validate_args: bool = False, name: str = "power_transform") -> None:
        with self._init_scope(name, power):
            power = tensor_util.constant_value(ops.convert_to_tensor(power, name="power"))
        if power is None or power < 0:
            raise ValueError("`power` must be a non-negative TF constant.")
        self.power = power
        super().__init__(forward_min_event_ndims=0, validate_args=validate_args, name=name)

    def _possible_x(self, x: Any) -> Any:
        if not self.validate_args or self.power == 0.0:
            return x
        message = f"Forward transformation input must be at least {-1.0 / self.power}."
        return checked(True, x, lambda x: check_ops.assert_non_negative(1.0 + self.power * x, message=message))

    def _possible_y(self, y: Any) -> Any:
        return checked(self.validate_args, y, positive("Inverse transformation input must be greater than 0."))

    def _forward(self, x: Any) -> Any:
        x = self._possible_x(x)
        if self.power == 0.0:
            return math_ops.exp(x)
        return math_ops.exp(math_ops.log1p(x * self.power) / self.power)

    def _inverse(self, y: Any) -> Any:
        y = self._possible_y(y)
        if self.power == 0.0:
            return math_ops.log(y)
        return math_ops.expm1(math_ops.log(y) * self.power) / self.power

    def _inverse_log_det_jacobian(self, y: Any) -> Any:
        return (self.power - 1.0) * math_ops.log(self._possible_y(y))

    def _forward_log_det_jacobian(self, x: Any) -> Any:
        x = self._possible_x(x)
        return x if self.power == 0.0 else (1.0 / self.power - 1.0) * math_ops.log1p(x * self.power)


class Exp(PowerTransform):
    """``y = exp(x)``.

    Args:
        validate_args: Whether a run checks that ``y`` is above 0.
        name: The name scope.
    """

    def __init__(self, validate_args: bool = False, name: str = "exp") -> None:
        super().__init__(validate_args=validate_args, name=name)


class Sigmoid(bijector.Bijector):  # type: ignore[misc]
    """``y = 1 / (1 + exp(-x))``."""

    def __init__(self, validate_args: bool = False, name: str = "sigmoid") -> None:
        super().__init__(forward_min_event_ndims=0, validate_args=validate_args, name=name)

    def _forward(self, x: Any) -> Any:
        return math_ops.sigmoid(x)

    def _inverse(self, y: Any) -> Any:
        return math_ops.log(y) - math_ops.log1p(-y)

    def _inverse_log_det_jacobian(self, y: Any) -> Any:
        return -math_ops.log(y) - math_ops.log1p(-y)

    def _forward_log_det_jacobian(self, x: Any) -> Any:
        return -nn_ops.softplus(-x) - nn_ops.softplus(x)


class Softplus(bijector.Bijector):  # type: ignore[misc]
    """``y = hinge_softness log(1 + exp(x / hinge_softness))``.

    Args:
        hinge_softness: Floats that are not 0, by default 1.
        validate_args: Whether a run checks that.
        name: The name scope.
    """

    def __init__(self, hinge_softness: Any = None, validate_args: bool = False, name: str = "softplus") -> None:
        def non_zero(softness: Any) -> Any:
            zero = ops.convert_to_tensor(0, dtype=softness.dtype)
            return check_ops.assert_none_equal(zero, softness, message="hinge_softness must be non-zero")

        with ops.name_scope(name, values=[hinge_softness]):
            if hinge_softness is not None:
                hinge_softness = ops.convert_to_tensor(hinge_softness, name="hinge_softness")
            self.hinge_softness = checked(validate_args, hinge_softness, non_zero)
        super().__init__(forward_min_event_ndims=0, validate_args=validate_args, name=name)

    def _forward(self, x: Any) -> Any:
        if self.hinge_softness is None:
            return nn_ops.softplus(x)
        softness = math_ops.cast(self.hinge_softness, x.dtype)
        return softness * nn_ops.softplus(x / softness)

    def _inverse(self, y: Any) -> Any:
        if self.hinge_softness is None:
            return util.softplus_inverse(y)
        softness = math_ops.cast(self.hinge_softness, y.dtype)
        return softness * util.softplus_inverse(y / softness)

    def _hardened(self, x: Any) -> Any:
        return x if self.hinge_softness is None else x / math_ops.cast(self.hinge_softness, x.dtype)

    def _inverse_log_det_jacobian(self, y: Any) -> Any:
        return -math_ops.log(-math_ops.expm1(-self._hardened(y)))

    def _forward_log_det_jacobian(self, x: Any) -> Any:
        return -nn_ops.softplus(-self._hardened(x))


class Softsign(bijector.Bijector):  # type: ignore[misc]
    """``y = x / (1 + abs(x))``.

    Args:
        validate_args: Whether a run checks that ``y`` is in (-1, 1).
        name: The name scope.
    """

    def __init__(self, validate_args: bool = False, name: str = "softsign") -> None:
        super().__init__(forward_min_event_ndims=0, validate_args=validate_args, name=name)

    def _possible_y(self, y: Any) -> Any:
        if not self.validate_args:
            return y
        low, high = (math_ops.cast(bound, dtype=y.dtype.base_dtype) for bound in (-1.0, 1.0))
        above = "Inverse transformation input must be greater than -1."
        below = "Inverse transformation input must be less than 1."
        return checked(
            True,
            y,
            lambda y: check_ops.assert_greater(y, low, message=above),
            lambda y: check_ops.assert_less(y, high, message=below),
        )

    def _forward(self, x: Any) -> Any:
        return x / (1.0 + math_ops.abs(x))

    def _inverse(self, y: Any) -> Any:
        y = self._possible_y(y)
        return y / (1.0 - math_ops.abs(y))

    def _forward_log_det_jacobian(self, x: Any) -> Any:
        return -2.0 * math_ops.log1p(math_ops.abs(x))

    def _inverse_log_det_jacobian(self, y: Any) -> Any:
        return -2.0 * math_ops.log1p(-math_ops.abs(self._possible_y(y)))


class Square(bijector.Bijector):  # type: ignore[misc]
    """``y = x**2`` for an ``x`` that is not below 0.

    Args:
        validate_args: Whether a run checks that.
        name: The name scope.
    """

    def __init__(self, validate_args: bool = False, name: str = "square") -> None:
        super().__init__(forward_min_event_ndims=0, validate_args=validate_args, name=name)

    def _possible(self, x: Any) -> Any:
        return checked(self.validate_args, x, non_negative("All elements must be non-negative."))

    def _forward(self, x: Any) -> Any:
        return math_ops.square(self._possible(x))

    def _inverse(self, y: Any) -> Any:
        return math_ops.sqrt(self._possible(y))

    def _forward_log_det_jacobian(self, x: Any) -> Any:
        return np.log(2.0) + math_ops.log(self._possible(x))


def _sqrt_of_square_plus_one(x: Any) -> Any:
    # The square of a large number would overflow, and one does not change it.
    is_small = math_ops.abs(x) * np.sqrt(np.finfo(x.dtype.as_numpy_dtype).eps) <= 1.0
    return array_ops.where_v2(is_small, math_ops.sqrt(x**2.0 + 1.0), math_ops.abs(x))


class SinhArcsinh(ScopedBijector):
    """``y = sinh((arcsinh(x) + skewness) tailweight)``.

    Source: Jones and Pewsey, Sinh-arcsinh distributions, Biometrika 96, 2009.

    Args:
        skewness: Floats, by default 0: above 0 it moves mass to the right.
        tailweight: Floats above 0, by default 1: above 1 it makes tails heavier.
        validate_args: Whether a run checks ``tailweight``.
        name: The name scope.
    """

    def __init__(
        self, skewness: Any = None, tailweight: Any = None, validate_args: bool = False, name: str = "SinhArcsinh"
    ) -> None:
        with self._init_scope(name, skewness, tailweight):
            self.skewness = ops.convert_to_tensor(0.0 if skewness is None else skewness, name="skewness")
            tailweight = ops.convert_to_tensor(
                1.0 if tailweight is None else tailweight, name="tailweight", dtype=self.skewness.dtype
            )
            check_ops.assert_same_float_dtype([self.skewness, tailweight])
            self.tailweight = checked(validate_args, tailweight, positive("Argument tailweight was not positive"))
        super().__init__(forward_min_event_ndims=0, validate_args=validate_args, name=name)

    def _forward(self, x: Any) -> Any:
        return math_ops.sinh((math_ops.asinh(x) + self.skewness) * self.tailweight)

    def _inverse(self, y: Any) -> Any:
        return math_ops.sinh(math_ops.asinh(y) / self.tailweight - self.skewness)

    def _inverse_log_det_jacobian(self, y: Any) -> Any:
        slope = math_ops.cosh(math_ops.asinh(y) / self.tailweight - self.skewness) / _sqrt_of_square_plus_one(y)
        return math_ops.log(slope) - math_ops.log(self.tailweight)

    def _forward_log_det_jacobian(self, x: Any) -> Any:
        slope = math_ops.cosh((math_ops.asinh(x) + self.skewness) * self.tailweight) / _sqrt_of_square_plus_one(x)
        return math_ops.log(slope) + math_ops.log(self.tailweight)
