"""What both solvers ask of their arguments."""

from __future__ import annotations

from typing import Any

from tensorflow.python.framework import ops
from tensorflow.python.ops import control_flow_assert, math_ops


def check_dtypes(y0: Any, **times: Any) -> None:
    """Raises ``TypeError`` if the state is neither float nor complex, or a time no float."""
    if not (y0.dtype.is_floating or y0.dtype.is_complex):
        raise TypeError("`y0` must have a floating point or complex floating point dtype")
    for name, time in times.items():
        if not time.dtype.is_floating:
            raise TypeError(f"`{name}` must have a floating point dtype")


def increasing(t: Any) -> Any:
    """Returns a context in which every op first makes sure that the times increase."""
    check = control_flow_assert.Assert(math_ops.reduce_all(t[1:] > t[:-1]), ["`t` must be monotonic increasing"])
    return ops.control_dependencies([check])
