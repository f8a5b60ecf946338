"""Optimizers that run outside the graph, such as SciPy's."""

from __future__ import annotations

import importlib
import itertools
import math
from collections.abc import Callable
from typing import Any

import numpy as np
from tensorflow.python.framework import ops
from tensorflow.python.ops import array_ops, gradients, variables
from tensorflow.python.platform import tf_logging


def _shape(variable: Any) -> tuple[int, ...]:
    return tuple(variable.get_shape().as_list())


def _gradients(tensor: Any, of: list[Any]) -> list[Any]:
    found = gradients.gradients(tensor, of)
    return [array_ops.zeros_like(var) if grad is None else grad for var, grad in zip(of, found, strict=True)]


def _pack_bounds(of: list[Any], bounds: Any) -> list[tuple[Any, Any]]:
    lower: list[Any] = []
    upper: list[Any] = []
    for var in of:
        low, high = bounds.get(var, (-np.inf, np.inf))
        lower.extend(np.broadcast_to(low, _shape(var)).flat)
        upper.extend(np.broadcast_to(high, _shape(var)).flat)
    return list(zip(lower, upper, strict=True))


class ExternalOptimizerInterface:
    """Gives an optimizer outside the graph the loss as a function of one flat vector; subclasses define ``_minimize``.

    Args:
        loss: The scalar to minimize.
        var_list: The variables to change, all trainable ones by default.
        equalities: Tensors that are to be 0.
        inequalities: Tensors that are not to be negative.
        var_to_bounds: For some variables the pair of lower and upper bound, which broadcast to the variable's shape.
        **optimizer_kwargs: For the optimizer.
    """

    def __init__(
        self,
        loss: Any,
        var_list: Any = None,
        equalities: Any = None,
        inequalities: Any = None,
        var_to_bounds: Any = None,
        **optimizer_kwargs: Any,
    ) -> None:
        self._loss = loss
        self._equalities = equalities or []
        self._inequalities = inequalities or []
        self._vars = variables.trainable_variables() if var_list is None else list(var_list)
        self._packed_bounds = None if var_to_bounds is None else _pack_bounds(self._vars, var_to_bounds)
        self._update_placeholders = [array_ops.placeholder(var.dtype) for var in self._vars]
        self._var_updates = [
            var.assign(array_ops.reshape(value, _shape(var)))
            for var, value in zip(self._vars, self._update_placeholders, strict=True)
        ]
        slope = _gradients(loss, self._vars)
        equality_slopes = [_gradients(each, self._vars) for each in self._equalities]
        inequality_slopes = [_gradients(each, self._vars) for each in self._inequalities]
        self.optimizer_kwargs = optimizer_kwargs
        self._packed_var = self._pack(self._vars)
        self._packed_loss_grad = self._pack(slope)
        self._packed_equality_grads = [self._pack(each) for each in equality_slopes]
        self._packed_inequality_grads = [self._pack(each) for each in inequality_slopes]
        ends = list(itertools.accumulate((math.prod(_shape(var)) for var in self._vars), initial=0))
        self._packing_slices = [slice(start, end) for start, end in itertools.pairwise(ends)]

    def minimize(
        self,
        session: Any = None,
        feed_dict: Any = None,
        fetches: Any = None,
        step_callback: Callable[..., Any] | None = None,
        loss_callback: Callable[..., Any] | None = None,
        **run_kwargs: Any,
    ) -> None:
        """Minimizes the loss, then writes the variables.

        Args:
            session: The session, the default one if none is given.
            feed_dict: Fed in every evaluation of the loss.
            fetches: Fetched in every evaluation of the loss, for ``loss_callback``.
            step_callback: Called with the flat vector after each step.
            loss_callback: Called with what was fetched after each evaluation.
            **run_kwargs: For the ``session.run`` that writes the variables.
        """
        session = session or ops.get_default_session()
        feed, fetched = feed_dict or {}, fetches or []

        def function(tensors: Any, callback: Any = None) -> Callable[[Any], Any]:
            return self._make_eval_func(tensors, session, feed, fetched, callback)

        packed = self._minimize(
            initial_val=session.run(self._packed_var),
            loss_grad_func=function([self._loss, self._packed_loss_grad], loss_callback),
            equality_funcs=[function(each) for each in self._equalities],
            equality_grad_funcs=[function(each) for each in self._packed_equality_grads],
            inequality_funcs=[function(each) for each in self._inequalities],
            inequality_grad_funcs=[function(each) for each in self._packed_inequality_grads],
            packed_bounds=self._packed_bounds,
            step_callback=step_callback or (lambda *vectors: None),
            optimizer_kwargs=self.optimizer_kwargs,
        )
        values = [packed[part] for part in self._packing_slices]
        session.run(
            self._var_updates, feed_dict=dict(zip(self._update_placeholders, values, strict=True)), **run_kwargs
        )

    def _minimize(
        self,
        initial_val: Any,
        loss_grad_func: Any,
        equality_funcs: Any,
        equality_grad_funcs: Any,
        inequality_funcs: Any,
        inequality_grad_funcs: Any,
        packed_bounds: Any,
        step_callback: Any,
        optimizer_kwargs: Any,
    ) -> Any:
        raise NotImplementedError("ExternalOptimizerInterface is used by subclasses, which implement _minimize()")

    @classmethod
    def _pack(cls, tensors: list[Any]) -> Any:
        if not tensors:
            return None
        flat = [array_ops.reshape(tensor, [-1]) for tensor in tensors]
        return flat[0] if len(flat) == 1 else array_ops.concat(flat, 0)

    def _make_eval_func(
        self, tensors: Any, session: Any, feed_dict: Any, fetches: Any, callback: Any = None
    ) -> Callable[[Any], Any]:
        wanted = tensors if isinstance(tensors, list) else [tensors]

        def evaluate(x: Any) -> Any:
            values = {
                var: x[part].reshape(_shape(var)) for var, part in zip(self._vars, self._packing_slices, strict=True)
            }
            found = session.run(wanted + fetches, feed_dict={**values, **feed_dict})
            if callback:
                callback(*found[len(wanted) :])
            return found[: len(wanted)]

        return evaluate


class ScipyOptimizerInterface(ExternalOptimizerInterface):
    """Minimizes with ``scipy.optimize.minimize``, by default its L-BFGS-B; needs SciPy.

    Args:
        loss: As for ``ExternalOptimizerInterface``.
        var_list: As for ``ExternalOptimizerInterface``.
        equalities: As for ``ExternalOptimizerInterface``.
        inequalities: As for ``ExternalOptimizerInterface``.
        var_to_bounds: As for ``ExternalOptimizerInterface``.
        **optimizer_kwargs: Arguments of ``scipy.optimize.minimize``, such as ``method`` and ``options``.
    """

    _DEFAULT_METHOD = "L-BFGS-B"

    def _minimize(
        self,
        initial_val: Any,
        loss_grad_func: Any,
        equality_funcs: Any,
        equality_grad_funcs: Any,
        inequality_funcs: Any,
        inequality_grad_funcs: Any,
        packed_bounds: Any,
        step_callback: Any,
        optimizer_kwargs: Any,
    ) -> Any:
        def loss_and_slope(x: Any) -> Any:
            loss, slope = loss_grad_func(x)
            return loss, slope.astype("float64")

        def constraints(kind: str, functions: Any, slopes: Any) -> list[dict[str, Any]]:
            return [
                {"type": kind, "fun": function, "jac": slope} for function, slope in zip(functions, slopes, strict=True)
            ]

        given = dict(optimizer_kwargs)
        own = {
            "jac": True,
            "callback": step_callback,
            "method": given.pop("method", self._DEFAULT_METHOD),
            "constraints": constraints("eq", equality_funcs, equality_grad_funcs)
            + constraints("ineq", inequality_funcs, inequality_grad_funcs),
            "bounds": packed_bounds,
        }
        if "bounds" in given:
            raise ValueError("Bounds must be set using the var_to_bounds argument")
        for name in own.keys() & given.keys():
            raise ValueError(f"Optimizer keyword arg {name!r} is set automatically and cannot be injected manually")
        scipy_optimize = importlib.import_module("scipy.optimize")
        result = scipy_optimize.minimize(loss_and_slope, initial_val, **own, **given)
        counts = [f"{name}={result[name]}" for name in ("nit", "nfev") if name in result]
        tf_logging.info(f"Optimization terminated with: {result.message}, loss {result.fun}, {', '.join(counts)}")
        return result["x"]
