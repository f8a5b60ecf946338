"""One step of the method of Dormand and Prince, with its error and the polynomial between its ends.

Sources: Dormand and Prince, "A family of embedded Runge-Kutta formulae", 1980, Table 2; Shampine, "Some practical
Runge-Kutta formulas", 1986, for the middle of the step.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from tensorflow.python.framework import constant_op, ops
from tensorflow.python.ops import array_ops, control_flow_assert, math_ops

_TIMES = (1 / 5, 3 / 10, 4 / 5, 8 / 9, 1.0, 1.0)
_WEIGHTS = (
    (1 / 5,),
    (3 / 40, 9 / 40),
    (44 / 45, -56 / 15, 32 / 9),
    (19372 / 6561, -25360 / 2187, 64448 / 6561, -212 / 729),
    (9017 / 3168, -355 / 33, 46732 / 5247, 49 / 176, -5103 / 18656),
    (35 / 384, 0, 500 / 1113, 125 / 192, -2187 / 6784, 11 / 84),
)
_ERROR = (
    1951 / 21600 - 35 / 384,
    0,
    22642 / 50085 - 500 / 1113,
    451 / 720 - 125 / 192,
    -12231 / 42400 + 2187 / 6784,
    649 / 6300 - 11 / 84,
    1 / 60,
)
_MIDDLE = (
    6025192743 / 30085553152 / 2,
    0,
    51252292925 / 65400821598 / 2,
    -2691868925 / 45128329728 / 2,
    187940372067 / 1594534317056 / 2,
    -1776094331 / 19743644256 / 2,
    11237099 / 235043384 / 2,
)


def _weighted(step: Any, weights: Sequence[float], slopes: Sequence[Any]) -> Any:
    pairs = zip(weights, slopes, strict=False)
    return math_ops.add_n([(step * weight) * slope for weight, slope in pairs if weight != 0])


def step(func: Callable[[Any, Any], Any], y0: Any, f0: Any, t0: Any, dt: Any) -> tuple[Any, Any, Any, list[Any]]:
    """Returns the state and its slope after a step, the estimated error of the state, and the slopes on the way."""
    with ops.name_scope("runge_kutta_step"):
        dt_of_state = math_ops.cast(dt, y0.dtype)
        slopes, y = [f0], y0
        for time, weights in zip(_TIMES, _WEIGHTS, strict=True):
            y = y0 + _weighted(dt_of_state, weights, slopes)
            slopes.append(func(y, t0 + time * dt))
        error = _weighted(dt_of_state, _ERROR, slopes)
        # The last weights are also those of the solution.
        return array_ops.identity(y, name="y1"), array_ops.identity(slopes[-1], name="f1"), error, slopes


def _dot(xs: Iterable[Any], ys: Iterable[Any]) -> Any:
    return math_ops.add_n([x * y for x, y in zip(xs, ys, strict=True)])


def polynomial(y0: Any, y1: Any, slopes: Sequence[Any], dt: Any) -> list[Any]:
    """Returns the coefficients, highest first, of the quartic that agrees at both ends and in the middle."""
    with ops.name_scope("interp_fit_rk"):
        dt = math_ops.cast(dt, y0.dtype)
        middle = y0 + _weighted(dt, _MIDDLE, slopes)
        known = [slopes[0], slopes[-1], y0, y1, middle]
        fourth = _dot([-2 * dt, 2 * dt, -8, -8, 16], known)
        third = _dot([5 * dt, -3 * dt, 18, 14, -32], known)
        second = _dot([-4 * dt, dt, -11, -5, 16], known)
        return [fourth, third, second, dt * slopes[0], y0]


def evaluate(coefficients: Sequence[Any], t0: Any, t1: Any, t: Any) -> Any:
    """Returns the polynomial of the step from ``t0`` to ``t1`` at the time ``t``."""
    with ops.name_scope("interp_evaluate"):
        inside = control_flow_assert.Assert(
            (t0 <= t) & (t <= t1), ["invalid interpolation, fails `t0 <= t <= t1`:", t0, t, t1]
        )
        with ops.control_dependencies([inside]):
            x = math_ops.cast((t - t0) / (t1 - t0), coefficients[0].dtype)
        powers = [constant_op.constant(1, x.dtype), x]
        while len(powers) < len(coefficients):
            powers.append(powers[-1] * x)
        return _dot(coefficients, reversed(powers))
