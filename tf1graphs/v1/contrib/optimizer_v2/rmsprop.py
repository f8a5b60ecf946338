"""``RMSPropOptimizer``."""

from __future__ import annotations

from typing import Any

from tensorflow.python.ops import array_ops

from tf1graphs.v1.contrib.optimizer_v2._kernels import KernelOptimizer
from tf1graphs.v1.contrib.optimizer_v2._state import State


class RMSPropOptimizer(KernelOptimizer):
    """Source: Hinton, Neural Networks for Machine Learning, lecture 6.

    ``epsilon`` is what the mean of squares starts with, and is not added to it later.

    Args:
        learning_rate: the learning rate; as all hyperparameters a number, a tensor, or a function called each step.
        decay: the decay of the mean, likewise.
        momentum: the momentum, likewise.
        epsilon: a small number, likewise.
        use_locking: whether updates take locks.
        centered: whether the mean of gradients is taken off, too.
        name: of the ops and slots.
    """

    _hyper_inputs = {"lr": "learning_rate", "rho": "decay", "momentum": "momentum"}
    _attributes = {"epsilon": 0}

    def __init__(
        self,
        learning_rate: Any,
        decay: Any = 0.9,
        momentum: Any = 0.0,
        epsilon: Any = 1e-10,
        use_locking: bool = False,
        centered: bool = False,
        name: str = "RMSProp",
    ) -> None:
        super().__init__(use_locking, name)
        self._set_hyper("learning_rate", learning_rate)
        self._set_hyper("decay", decay)
        self._set_hyper("momentum", momentum)
        self._set_hyper("epsilon", epsilon)
        self._kernel = "centered_rms_prop" if centered else "rms_prop"
        self._slot_inputs = {"ms": "rms", "mom": "momentum", **({"mg": "mg"} if centered else {})}

    def _create_vars(self, var_list: list[Any], state: State) -> None:
        for variable in var_list:
            dtype = variable.dtype.base_dtype
            start = state.get_hyper("epsilon", dtype) * array_ops.ones_like(variable)
            state.create_slot_with_initializer(variable, start, variable.get_shape(), dtype, "rms")
            if "mg" in self._slot_inputs:
                state.zeros_slot(variable, "mg")
            state.zeros_slot(variable, "momentum")
