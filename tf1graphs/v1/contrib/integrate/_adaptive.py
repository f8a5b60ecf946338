"""A solver whose steps are as long as the error allows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from tensorflow.python.framework import dtypes, ops
from tensorflow.python.ops import array_ops, cond, control_flow_assert, math_ops, tensor_array_ops, while_loop

from tf1graphs.v1.contrib.integrate import _checks, _dormand_prince


class _State(NamedTuple):
    """Where the solver is: state and slope at ``t1``, the last step's start and end, the next one's length."""

    y1: Any
    f1: Any
    t0: Any
    t1: Any
    dt: Any
    coefficients: Any


class _History(NamedTuple):
    """The ends that steps tried, and how the error of each compared to the tolerance."""

    integrate_points: Any
    error_ratio: Any


def odeint(
    func: Callable[[Any, Any], Any],
    y0: Any,
    t: Any,
    rtol: float = 1e-6,
    atol: float = 1e-12,
    method: str | None = None,
    options: dict[str, Any] | None = None,
    full_output: bool = False,
    name: str | None = None,
) -> Any:
    """Returns the solution of ``dy/dt = func(y, t)`` at the times ``t``, which starts as ``y0`` at ``t[0]``.

    Args:
        func: Returns the slope for a state and a time.
        y0: The state at the first time; float or complex, of any shape.
        t: Increasing times [times].
        rtol: The relative error that each element may have.
        atol: The absolute error that is added to it.
        method: Only ``dopri5``, the method of Dormand and Prince.
        options: With a method: ``first_step``, ``safety``, ``ifactor`` and ``dfactor`` (the most that a step may grow
            and shrink by) and ``max_num_steps`` between two times.
        full_output: Whether to also return a dictionary with ``num_func_evals``, ``integrate_points`` and
            ``error_ratio``.
        name: The name scope.

    Returns:
        The states [times, ...], or a pair of them and the dictionary.

    Raises:
        ValueError: The method is unknown, or there are options without a method.
        TypeError: ``y0`` or ``t`` is of a wrong dtype.
    """
    if method is not None and method != "dopri5":
        raise ValueError(f"invalid method: {method!r}")
    if options is not None and method is None:
        raise ValueError("cannot supply `options` without specifying `method`")
    with ops.name_scope(name, "odeint", [y0, t, rtol, atol]) as scope:
        y0 = ops.convert_to_tensor(y0, name="y0")
        t = ops.convert_to_tensor(t, preferred_dtype=dtypes.float64, name="t")
        _checks.check_dtypes(y0, t=t)
        error_dtype = abs(y0).dtype
        rtol = ops.convert_to_tensor(rtol, dtype=error_dtype, name="rtol")
        atol = ops.convert_to_tensor(atol, dtype=error_dtype, name="atol")
        return _dopri5(func, y0, t, rtol, atol, full_output, scope, **(options or {}))


def _dopri5(
    func: Callable[[Any, Any], Any],
    y0: Any,
    t: Any,
    rtol: Any,
    atol: Any,
    full_output: bool,
    name: str,
    first_step: float = 1.0,
    safety: float = 0.9,
    ifactor: float = 10.0,
    dfactor: float = 0.2,
    max_num_steps: int = 1000,
) -> Any:
    def advance(state: _State, history: _History, number: Any) -> tuple[_State, _History, Any]:
        start = state.y1
        with ops.control_dependencies(_assertions(state, number, most)):
            end, slope, error, slopes = _dormand_prince.step(func, start, state.f1, state.t1, state.dt)
        tolerance = atol + rtol * math_ops.maximum(abs(start), abs(end))
        ratio = math_ops.sqrt(math_ops.reduce_mean(_squared(error) / _squared(tolerance)))

        def accepted(new: Callable[[], Any], old: Any) -> Any:
            return cond.cond(is_exact, new, lambda: old)

        is_exact = ratio <= 1
        y1 = accepted(lambda: end, start)
        f1 = accepted(lambda: slope, state.f1)
        t1 = accepted(lambda: state.t1 + state.dt, state.t1)
        coefficients = accepted(lambda: _dormand_prince.polynomial(start, end, slopes, state.dt), state.coefficients)
        dt = _next_length(state.dt, ratio, *limits)
        history = _History(_append(history.integrate_points, state.t1 + state.dt), _append(history.error_ratio, ratio))
        return _State(y1, f1, state.t1, t1, dt, coefficients), history, number + 1

    def reach(solution: Any, history: _History, state: _State, i: Any) -> tuple[Any, ...]:
        state, history, _ = while_loop.while_loop(
            lambda state, *_: t[i] > state.t1, advance, (state, history, 0), name="integrate_loop"
        )
        y = _dormand_prince.evaluate(state.coefficients, state.t0, state.t1, t[i])
        return solution.write(i, y), history, state, i + 1

    with ops.name_scope("dopri5"):
        first = ops.convert_to_tensor(first_step, dtype=t.dtype, name="first_step")
        limits = [ops.convert_to_tensor(limit, dtype=t.dtype) for limit in (safety, ifactor, dfactor)]
        most = ops.convert_to_tensor(max_num_steps, dtype=dtypes.int32, name="max_num_steps")
        with _checks.increasing(t):
            times = array_ops.size(t)
        solution = tensor_array_ops.TensorArray(y0.dtype, size=times).write(0, y0)
        history = _History(
            tensor_array_ops.TensorArray(t.dtype, size=0, dynamic_size=True),
            tensor_array_ops.TensorArray(rtol.dtype, size=0, dynamic_size=True),
        )
        state = _State(y0, func(y0, t[0]), t[0], t[0], first, [y0] * 5)
        solution, history, _, _ = while_loop.while_loop(
            lambda _solution, _history, _state, i: i < times,
            reach,
            (solution, history, state, 1),
            name="interpolate_loop",
        )
        y = solution.stack(name=name)
        y.set_shape(t.shape.concatenate(y0.shape))
        if not full_output:
            return y
        points = history.integrate_points.stack()
        return y, {
            "num_func_evals": 6 * array_ops.size(points) + 1,
            "integrate_points": points,
            "error_ratio": history.error_ratio.stack(),
        }


def _assertions(state: _State, number: Any, most: Any) -> list[Any]:
    finite = math_ops.reduce_all(math_ops.is_finite(abs(state.y1)))
    return [
        control_flow_assert.Assert(state.t1 + state.dt > state.t1, ["underflow in dt", state.dt]),
        control_flow_assert.Assert(number < most, ["max_num_steps exceeded"]),
        control_flow_assert.Assert(finite, ["non-finite values in state `y`", state.y1]),
    ]


def _next_length(last: Any, ratio: Any, safety: Any, ifactor: Any, dfactor: Any) -> Any:
    # The error of a step grows with the fifth power of its length.
    ratio = math_ops.cast(ratio, last.dtype)
    wanted = ratio ** math_ops.cast(1 / 5, last.dtype) / safety
    return last / math_ops.maximum(1 / ifactor, math_ops.minimum(wanted, 1 / dfactor))


def _squared(x: Any) -> Any:
    if x.dtype.is_complex:
        return math_ops.square(math_ops.real(x)) + math_ops.square(math_ops.imag(x))
    return math_ops.square(x)


def _append(array: Any, value: Any) -> Any:
    return array.write(array.size(), value)
