"""``AdagradOptimizer``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tensorflow.python.ops import array_ops, gen_array_ops, init_ops, math_ops

from tf1graphs.v1.contrib.optimizer_v2._kernels import KernelOptimizer
from tf1graphs.v1.contrib.optimizer_v2._state import State


class AdagradOptimizer(KernelOptimizer):
    """Source: Duchi, Hazan and Singer, Adaptive Subgradient Methods, JMLR 12, 2011.

    Args:
        learning_rate: the learning rate: a number, a tensor, or a function called each step.
        initial_accumulator_value: what squares of gradients are added to.
        use_locking: whether updates take locks.
        name: of the ops and slots.

    Raises:
        ValueError: ``initial_accumulator_value`` is not positive.
    """

    _kernel = "adagrad"
    _slot_inputs = {"accum": "accumulator"}
    _hyper_inputs = {"lr": "learning_rate"}
    _attributes = {}

    def __init__(
        self,
        learning_rate: Any,
        initial_accumulator_value: float = 0.1,
        use_locking: bool = False,
        name: str = "Adagrad",
    ) -> None:
        if initial_accumulator_value <= 0.0:
            raise ValueError(f"initial_accumulator_value must be positive: {initial_accumulator_value}")
        super().__init__(use_locking, name)
        self._set_hyper("learning_rate", learning_rate)
        self._initial_accumulator_value = initial_accumulator_value

    def _create_vars(self, var_list: list[Any], state: State) -> None:
        for variable in var_list:
            dtype, shape = variable.dtype.base_dtype, variable.get_shape()
            initializer = self._filled(variable, dtype)
            if shape.is_fully_defined():
                initializer = init_ops.constant_initializer(self._initial_accumulator_value, dtype=dtype)
            state.create_slot_with_initializer(variable, initializer, shape, dtype, "accumulator")

    def _filled(self, variable: Any, dtype: Any) -> Callable[[], Any]:
        """Returns an initial value for a variable whose shape is not known before it has a value."""
        value = self._initial_accumulator_value
        return lambda: math_ops.cast(gen_array_ops.fill(array_ops.shape(variable), value), dtype)
