"""Functions that see every op that runs eagerly, and the check for infinities and NaNs among them."""

from __future__ import annotations

import enum
import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
from tensorflow.python.eager import context
from tensorflow.python.framework import op_callbacks
from tensorflow.python.platform import tf_logging


class ExecutionCallback(enum.Enum):
    """What a check does with a tensor that it finds bad."""

    IGNORE = "ignore"
    PRINT = "print"
    RAISE = "raise"
    WARN = "warn"


class InfOrNanError(Exception):
    """An op that ran eagerly gave infinities or NaNs."""

    def __init__(self, op_type: str, op_name: str | None, output_index: int, num_outputs: int, value: Any) -> None:
        self.op_type, self.op_name = op_type, op_name
        self.output_index, self.num_outputs = output_index, num_outputs
        self.value = value
        super().__init__(
            f"Output {output_index + 1} of {num_outputs} of TFE operation {op_type} (name: {op_name!r}) contains "
            f"{np.count_nonzero(np.isinf(value))} inf(s) and {np.count_nonzero(np.isnan(value))} nan(s) out of a "
            f"total of {np.size(value)} element(s). Tensor value: {value}"
        )


_callbacks: list[Callable[..., Any]] = []


def _dispatch(
    op_type: str, inputs: Any, attrs: Any, outputs: Any, op_name: str | None = None, graph: Any = None
) -> None:
    # TensorFlow also reports ops as they are added to a graph; 1.15 reported those that ran.
    if graph is None:
        for callback in list(_callbacks):
            callback(op_type, inputs, attrs, outputs, op_name)


def add_execution_callback(callback: Callable[..., Any]) -> None:
    """Lets ``callback(op_type, inputs, attrs, outputs, op_name)`` see every op after it has run eagerly."""
    if not _callbacks:
        op_callbacks.add_op_callback(_dispatch)
    _callbacks.append(callback)


def clear_execution_callbacks() -> None:
    """Removes all functions that see ops."""
    if _callbacks:
        _callbacks.clear()
        op_callbacks.remove_op_callback(_dispatch)


def inf_nan_callback(
    op_type: str,
    inputs: Any,
    attrs: Any,
    outputs: Any,
    op_name: str | None,
    check_inf: bool = True,
    check_nan: bool = True,
    action: Any = ExecutionCallback.RAISE,
) -> None:
    """Looks for infinities and NaNs in the outputs of an op.

    Raises:
        InfOrNanError: there are some, and ``action`` is to raise.
        ValueError: ``action`` is none of ``ExecutionCallback``, or to ignore although there are some.
    """
    action = ExecutionCallback(action)
    for index, output in enumerate(outputs):
        if not (output.dtype.is_floating or output.dtype.is_complex):
            continue
        value = output.numpy()
        if (check_inf and np.isinf(value).any()) or (check_nan and np.isnan(value).any()):
            _report(InfOrNanError(op_type, op_name, index, len(outputs), value), action)


def _report(error: InfOrNanError, action: ExecutionCallback) -> None:
    if action is ExecutionCallback.RAISE:
        raise error
    if action is ExecutionCallback.PRINT:
        print(f"Warning: {error}")
    elif action is ExecutionCallback.WARN:
        tf_logging.warning(str(error))
    else:
        raise ValueError(f"a check for inf and nan cannot {action}: use PRINT, WARN or RAISE")


def inf_callback(
    op_type: str,
    inputs: Any,
    attrs: Any,
    outputs: Any,
    op_name: str | None,
    action: Any = ExecutionCallback.RAISE,
) -> None:
    """Looks for infinities in the outputs of an op."""
    inf_nan_callback(op_type, inputs, attrs, outputs, op_name, check_nan=False, action=action)


def nan_callback(
    op_type: str,
    inputs: Any,
    attrs: Any,
    outputs: Any,
    op_name: str | None,
    action: Any = ExecutionCallback.RAISE,
) -> None:
    """Looks for NaNs in the outputs of an op."""
    inf_nan_callback(op_type, inputs, attrs, outputs, op_name, check_inf=False, action=action)


def _action(callback: Callable[..., Any]) -> ExecutionCallback | None:
    """Returns what a callback does if it is the check for infinities and NaNs."""
    if callback is inf_nan_callback:
        return ExecutionCallback.RAISE
    if isinstance(callback, functools.partial) and callback.func is inf_nan_callback:
        return ExecutionCallback(callback.keywords.get("action", ExecutionCallback.RAISE))
    return None


def seterr(inf_or_nan: Any = None) -> dict[str, ExecutionCallback]:
    """Sets what happens when an op gives infinities or NaNs; ``None`` leaves it as it is.

    Returns:
        The settings before.

    Raises:
        ValueError: ``inf_or_nan`` is none of ``ExecutionCallback``.
    """
    old = [action for action in map(_action, _callbacks) if action]
    if inf_or_nan is not None:
        action = ExecutionCallback(inf_or_nan)
        others = [callback for callback in _callbacks if _action(callback) is None]
        clear_execution_callbacks()
        if action is not ExecutionCallback.IGNORE:
            others.append(functools.partial(inf_nan_callback, action=action))
        for callback in others:
            add_execution_callback(callback)
    return {"inf_or_nan": old[-1] if old else ExecutionCallback.IGNORE}


@contextmanager
def errstate(inf_or_nan: Any = None) -> Iterator[None]:
    """Sets what happens when an op gives infinities or NaNs inside the ``with``; in a graph it does nothing."""
    if not context.executing_eagerly():
        yield
        return
    old = seterr(inf_or_nan=inf_or_nan)
    try:
        yield
    finally:
        seterr(**old)
