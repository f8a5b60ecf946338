"""``AdadeltaOptimizer``."""

from __future__ import annotations

from typing import Any

from tf1graphs.v1.contrib.optimizer_v2._kernels import KernelOptimizer
from tf1graphs.v1.contrib.optimizer_v2._state import State


class AdadeltaOptimizer(KernelOptimizer):
    """Source: Zeiler, ADADELTA: An Adaptive Learning Rate Method, https://arxiv.org/abs/1212.5701.

    Args:
        learning_rate: the learning rate, 1 in the paper; as all hyperparameters a number, a tensor, or a function
            called each step.
        rho: the decay rate, likewise.
        epsilon: a small number, likewise.
        use_locking: whether updates take locks.
        name: of the ops and slots.
    """

    _kernel = "adadelta"
    _slot_inputs = {"accum": "accum", "accum_update": "accum_update"}
    _hyper_inputs = {"lr": "learning_rate", "rho": "rho", "epsilon": "epsilon"}
    _attributes = {}

    def __init__(
        self,
        learning_rate: Any = 0.001,
        rho: Any = 0.95,
        epsilon: Any = 1e-8,
        use_locking: bool = False,
        name: str = "Adadelta",
    ) -> None:
        super().__init__(use_locking, name)
        self._set_hyper("learning_rate", learning_rate)
        self._set_hyper("rho", rho)
        self._set_hyper("epsilon", epsilon)

    def _create_vars(self, var_list: list[Any], state: State) -> None:
        for variable in var_list:
            state.zeros_slot(variable, "accum")
            state.zeros_slot(variable, "accum_update")
