"""What an optimizer of ``tf.contrib.optimizer_v2`` gives its methods: its variables and hyperparameters in a graph."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tensorflow.python.eager import context
from tensorflow.python.framework import ops
from tensorflow.python.ops import math_ops, variable_v1

Hyper = dict[str, dict[Any, Any]]


def resolve(values: Iterable[tuple[str, Any]]) -> Hyper:
    """Returns hyperparameters as tensors: name -> dtype, or None for its own -> tensor."""
    return {
        name: {None: ops.convert_to_tensor(value() if callable(value) else value, name=name)} for name, value in values
    }


class State:
    """The variables of an optimizer and the values of its hyperparameters, for one step.

    Args:
        optimizer: the optimizer, which keeps the variables.
        hyper: the hyperparameters; casts are added to it.
        distribution: the strategy in whose scope other variables than slots are created.
        non_slot_devices: where it creates them.
    """

    def __init__(self, optimizer: Any, hyper: Hyper, distribution: Any, non_slot_devices: Any) -> None:
        self._optimizer = optimizer
        self._hyper = hyper
        self._distribution = distribution
        self._non_slot_devices = non_slot_devices

    def create_slot(self, var: Any, val: Any, slot_name: str, optional_op_name: str | None = None) -> Any:
        """Returns the slot ``slot_name`` of a variable, which is created with the value ``val``."""
        return self._optimizer._get_or_make_slot(var, val, slot_name, self._op_name(optional_op_name))

    def create_slot_with_initializer(
        self, var: Any, initializer: Any, shape: Any, dtype: Any, slot_name: str, optional_op_name: str | None = None
    ) -> Any:
        """Returns the slot ``slot_name`` of a variable, which is created by an initializer."""
        make = self._optimizer._get_or_make_slot_with_initializer
        return make(var, initializer, shape, dtype, slot_name, self._op_name(optional_op_name))

    def zeros_slot(self, var: Any, slot_name: str, optional_op_name: str | None = None) -> Any:
        """Returns the slot ``slot_name`` of a variable, which is created with zeros."""
        return self._optimizer._zeros_slot(var, slot_name, self._op_name(optional_op_name))

    def _op_name(self, optional_op_name: str | None) -> str:
        return optional_op_name or str(self._optimizer.get_name())

    def get_slot(self, var: Any, name: str) -> Any:
        """Returns the slot of a variable, or None."""
        return self._optimizer.get_slot(var, name)

    def get_slot_names(self) -> Any:
        """Returns the names of all slots, sorted."""
        return self._optimizer.get_slot_names()

    def create_non_slot(self, initial_value: Any, name: str, colocate_with: Any = None) -> Any:
        """Returns the variable ``name`` that belongs to all others; it is created if there is none."""
        variable = self.get_non_slot(name)
        if variable is None:
            place = self._non_slot_devices if colocate_with is None else colocate_with
            with self._distribution.extended.colocate_vars_with(place):
                variable = variable_v1.VariableV1(initial_value, name=name, trainable=False)
            self._optimizer._handle_deferred_dependencies(name=name, trackable=variable)
            self._optimizer._non_slot_dict[name, _graph()] = variable
        return variable

    def get_non_slot(self, name: str) -> Any:
        """Returns the variable ``name`` that belongs to all others, or None."""
        return self._optimizer._get_non_slot_variable(name, _graph())

    def get_hyper(self, name: str, dtype: Any = None) -> Any:
        """Returns a hyperparameter, of its own type or cast to ``dtype``."""
        casts = self._hyper[name]
        if dtype not in casts:
            casts[dtype] = math_ops.cast(casts[None], dtype)
        return casts[dtype]


def _graph() -> Any:
    return None if context.executing_eagerly() else ops.get_default_graph()
