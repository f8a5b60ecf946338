"""``MomentumOptimizer``."""

from __future__ import annotations

from typing import Any

from tf1graphs.v1.contrib.optimizer_v2._kernels import KernelOptimizer
from tf1graphs.v1.contrib.optimizer_v2._state import State


class MomentumOptimizer(KernelOptimizer):
    """``accumulation = momentum * accumulation + gradient; variable -= learning_rate * accumulation``.

    Args:
        learning_rate: the learning rate; as all hyperparameters a number, a tensor, or a function called each step.
        momentum: the momentum, likewise.
        use_locking: whether updates take locks.
        name: of the ops and slots.
        use_nesterov: whether it is Nesterov's momentum: Sutskever et al., On the importance of initialization and
            momentum in deep learning, 2013.
    """

    _kernel = "momentum"
    _slot_inputs = {"accum": "momentum"}
    _hyper_inputs = {"lr": "learning_rate", "momentum": "momentum"}

    def __init__(
        self,
        learning_rate: Any,
        momentum: Any,
        use_locking: bool = False,
        name: str = "Momentum",
        use_nesterov: bool = False,
    ) -> None:
        super().__init__(use_locking, name)
        self._set_hyper("learning_rate", learning_rate)
        self._set_hyper("momentum", momentum)
        self._attributes = {"use_nesterov": use_nesterov}

    def _create_vars(self, var_list: list[Any], state: State) -> None:
        for variable in var_list:
            state.zeros_slot(variable, "momentum")
