"""Optimizing several tasks with one optimizer: what a task does not touch keeps its slots."""

from __future__ import annotations

import types
from typing import Any

from tensorflow.python.framework import dtypes, ops
from tensorflow.python.ops import array_ops, clip_ops, cond, control_flow_ops, math_ops
from tensorflow.python.training import optimizer

_UPDATES = ("_apply_dense", "_resource_apply_dense", "_apply_sparse", "_resource_apply_sparse")


def _is_all_zeros(grad: Any) -> Any:
    return math_ops.equal(math_ops.count_nonzero(grad), 0)


def _unless_zero(update: Any, opt: Any) -> Any:
    def wrapper(self: Any, grad: Any, *args: Any, **kwargs: Any) -> Any:
        def run() -> Any:
            with ops.control_dependencies([update(grad, *args, **kwargs)]):
                return control_flow_ops.no_op()

        return cond.cond(_is_all_zeros(grad), control_flow_ops.no_op, run)

    return types.MethodType(wrapper, opt)


class MultitaskOptimizerWrapper:
    """Makes an optimizer skip variables whose gradient is all zeros, slots included.

    Args:
        opt: The optimizer, which is changed.

    Raises:
        TypeError: ``opt`` is no optimizer of ``tf.train``.
    """

    def __init__(self, opt: Any) -> None:
        if not isinstance(opt, optimizer.Optimizer):
            raise TypeError("Supplied optimizer must be an instance of tf.train.Optimizer")
        self._opt = opt
        for name in _UPDATES:
            setattr(opt, name, _unless_zero(getattr(opt, name), opt))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._opt, name)


def clip_gradients_by_global_norm(gradients_variables: Any, clip_norm: Any = 20.0) -> Any:
    """Clips gradients by their global norm, of which all-zero gradients are no part.

    Args:
        gradients_variables: Pairs of gradient and variable.
        clip_norm: The largest norm.

    Returns:
        The pairs with clipped gradients, and the norm before.
    """
    gradients, variables = zip(*gradients_variables, strict=True)

    def counted(grad: Any) -> Any:
        if grad is None:
            return None
        zero = dtypes.as_dtype(grad.dtype)
        return cond.cond(_is_all_zeros(grad), lambda: array_ops.zeros([], dtype=zero), lambda: grad)

    norm = clip_ops.global_norm([counted(grad) for grad in gradients])
    clipped, _ = clip_ops.clip_by_global_norm(gradients, clip_norm, use_norm=norm)
    return list(zip(clipped, variables, strict=True)), norm
