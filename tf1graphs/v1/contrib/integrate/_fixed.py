"""A solver whose steps are as long as it is told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tensorflow.python.framework import dtypes, ops
from tensorflow.python.ops import array_ops, math_ops, tensor_array_ops, while_loop

from tf1graphs.v1.contrib.integrate import _checks

_Slope = Callable[[Any, Any], Any]


def _midpoint(func: _Slope, t: Any, dt: Any, y: Any) -> Any:
    step = math_ops.cast(dt, y.dtype)
    return step * func(y + func(y, t) * step / 2, t + dt / 2)


def _rk4(func: _Slope, t: Any, dt: Any, y: Any) -> Any:
    k1 = func(y, t)
    middle = t + dt / 2
    step = math_ops.cast(dt, y.dtype)
    k2 = func(y + step * k1 / 2, middle)
    k3 = func(y + step * k2 / 2, middle)
    k4 = func(y + step * k3, t + dt)
    return math_ops.add_n([k1, 2 * k2, 2 * k3, k4]) * (step / 6)


_METHODS = {"midpoint": _midpoint, "rk4": _rk4}


def odeint_fixed(func: _Slope, y0: Any, t: Any, dt: Any = None, method: str = "rk4", name: str | None = None) -> Any:
    """Returns the solution of ``dy/dt = func(y, t)`` at the times ``t``, which starts as ``y0`` at ``t[0]``.

    Args:
        func: Returns the slope for a state and a time.
        y0: The state at the first time.
        t: Increasing times [times].
        dt: The longest step, a scalar or one for each interval [times - 1]; by default an interval is one step.
        method: ``midpoint``, or ``rk4``, the classical method of Runge and Kutta.
        name: The name scope.

    Returns:
        The states [times, ...].

    Raises:
        ValueError: The method is unknown, or ``t`` and ``dt`` do not belong together.
        TypeError: ``y0``, ``t`` or ``dt`` is of a wrong dtype.
    """
    with ops.name_scope(name, "odeint_fixed", [y0, t, dt]):
        t = ops.convert_to_tensor(t, preferred_dtype=dtypes.float64, name="t")
        y0 = ops.convert_to_tensor(y0, name="y0")
        intervals = t[1:] - t[:-1]
        dt = ops.convert_to_tensor(intervals if dt is None else dt, preferred_dtype=dtypes.float64, name="dt")
        counts = math_ops.ceil(intervals / dt)
        dt = intervals / counts
        _checks.check_dtypes(y0, t=t, dt=dt)
        if t.shape.ndims > 1 or dt.shape.ndims > 1:
            raise ValueError("t must be a 1D tensor")
        if t.shape.dims[0] != dt.shape.dims[0] + 1:
            raise ValueError("t and dt have incompatible lengths, must be N and N-1")
        with _checks.increasing(t), ops.name_scope(method):
            if method not in _METHODS:
                raise ValueError(f"method not supported: {method}")
            return _integrate(_METHODS[method], func, y0, t, dt, math_ops.cast(counts, dtypes.int32))


def _integrate(method: Callable[..., Any], func: _Slope, y0: Any, times: Any, steps: Any, counts: Any) -> Any:
    def advance(y: Any, t: Any, number: Any, interval: Any) -> tuple[Any, ...]:
        dt = steps[interval - 1]
        change = math_ops.cast(method(func, t, dt, y), y.dtype)
        return y + change, t + dt, number + 1, interval

    def cross(solution: Any, y: Any, t: Any, interval: Any) -> tuple[Any, ...]:
        y, t, _, _ = while_loop.while_loop(
            lambda _y, _t, number, interval: number < counts[interval - 1], advance, (y, t, 0, interval)
        )
        return solution.write(interval, y), y, t, interval + 1

    number = array_ops.size(times)
    solution = tensor_array_ops.TensorArray(y0.dtype, number).write(0, y0)
    solution, *_ = while_loop.while_loop(
        lambda _solution, _y, _t, interval: interval < number, cross, (solution, y0, times[0], 1)
    )
    states = solution.stack()
    states.set_shape(times.shape.concatenate(y0.shape))
    return states
