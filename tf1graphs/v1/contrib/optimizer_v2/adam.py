"""``AdamOptimizer``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tensorflow.python.framework import ops
from tensorflow.python.ops import control_flow_ops, gen_resource_variable_ops, gen_training_ops, math_ops, state_ops

from tf1graphs.v1.contrib.optimizer_v2._state import State
from tf1graphs.v1.contrib.optimizer_v2.optimizer_v2 import OptimizerV2

_HYPER = ("learning_rate", "beta1", "beta2", "epsilon")


class AdamOptimizer(OptimizerV2):
    """Source: Kingma and Ba, Adam: A Method for Stochastic Optimization, https://arxiv.org/abs/1412.6980.

    Args:
        learning_rate: the learning rate; as all hyperparameters a number, a tensor, or a function called each step.
        beta1: the decay of the first moment, likewise.
        beta2: the decay of the second moment, likewise.
        epsilon: a small number, likewise.
        use_locking: whether updates take locks.
        name: of the ops and slots.
    """

    def __init__(
        self,
        learning_rate: Any = 0.001,
        beta1: Any = 0.9,
        beta2: Any = 0.999,
        epsilon: Any = 1e-8,
        use_locking: bool = False,
        name: str = "Adam",
    ) -> None:
        super().__init__(use_locking, name)
        for hyper, value in zip(_HYPER, (learning_rate, beta1, beta2, epsilon), strict=True):
            self._set_hyper(hyper, value)

    def _create_vars(self, var_list: list[Any], state: State) -> None:
        state.create_non_slot(lambda: state.get_hyper("beta1"), name="beta1_power")
        state.create_non_slot(lambda: state.get_hyper("beta2"), name="beta2_power")
        for variable in var_list:
            state.zeros_slot(variable, "m")
            state.zeros_slot(variable, "v")

    @staticmethod
    def _powers(state: State) -> list[Any]:
        return [state.get_non_slot("beta1_power"), state.get_non_slot("beta2_power")]

    @staticmethod
    def _moments(var: Any, state: State) -> list[Any]:
        return [state.get_slot(var, "m"), state.get_slot(var, "v")]

    def _numbers(self, state: State, dtype: Any) -> list[Any]:
        powers = [math_ops.cast(power, dtype) for power in self._powers(state)]
        return powers + [state.get_hyper(name, dtype) for name in _HYPER]

    def _apply_dense(self, grad: Any, var: Any, state: State) -> Any:
        numbers = self._numbers(state, var.dtype.base_dtype)
        moments = self._moments(var, state)
        return gen_training_ops.apply_adam(var, *moments, *numbers, grad, use_locking=self._use_locking).op

    def _resource_apply_dense(self, grad: Any, handle: Any, state: State) -> Any:
        numbers = self._numbers(state, grad.dtype.base_dtype)
        handles = [variable.handle for variable in (handle, *self._moments(handle, state))]
        return gen_training_ops.resource_apply_adam(*handles, *numbers, grad, use_locking=self._use_locking)

    def _apply_sparse(self, grad: Any, var: Any, state: State) -> Any:
        def scatter_add(variable: Any, indices: Any, values: Any) -> Any:
            return state_ops.scatter_add(variable, indices, values, use_locking=self._use_locking)

        return self._apply_rows(grad.values, var, grad.indices, scatter_add, state)

    def _resource_apply_sparse(self, grad: Any, handle: Any, indices: Any, state: State) -> Any:
        def scatter_add(variable: Any, indices: Any, values: Any) -> Any:
            added = gen_resource_variable_ops.resource_scatter_add(variable.handle, indices, values)
            with ops.control_dependencies([added]):
                return variable.value()

        return self._apply_rows(grad, handle, indices, scatter_add, state)

    def _apply_rows(
        self, grad: Any, var: Any, indices: Any, scatter_add: Callable[[Any, Any, Any], Any], state: State
    ) -> Any:
        """Returns an op that decays the moments of all rows and adds to those of some; the variable moves with all."""
        beta1_power, beta2_power, rate, beta1, beta2, epsilon = self._numbers(state, var.dtype.base_dtype)
        rate = rate * math_ops.sqrt(1 - beta2_power) / (1 - beta1_power)
        m, v = self._moments(var, state)
        moments = []
        for moment, beta in ((m, beta1), (v, beta2)):
            added = (grad if moment is m else grad * grad) * (1 - beta)
            decayed = state_ops.assign(moment, moment * beta, use_locking=self._use_locking)
            with ops.control_dependencies([decayed]):
                moments.append(scatter_add(moment, indices, added))
        root = math_ops.sqrt(moments[1])
        step = rate * moments[0] / (root + epsilon)
        updated = state_ops.assign_sub(var, step, use_locking=self._use_locking)
        return control_flow_ops.group(updated, *moments)

    def _finish(self, state: State) -> Any:
        updates = [
            power.assign(power * state.get_hyper(name), use_locking=self._use_locking)
            for power, name in zip(self._powers(state), ("beta1", "beta2"), strict=True)
        ]
        return control_flow_ops.group(*updates)
