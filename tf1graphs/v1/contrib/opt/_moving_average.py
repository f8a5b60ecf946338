"""An optimizer that keeps moving averages of what it trains, and saves them in place of it."""

from __future__ import annotations

from typing import Any

from tensorflow.python.framework import ops
from tensorflow.python.ops import control_flow_ops, variables
from tensorflow.python.training import moving_averages, optimizer, saver
from tensorflow.python.training.saving import saveable_object_util


class MovingAverageOptimizer(optimizer.Optimizer):  # type: ignore[misc]
    """Keeps a moving average of each variable that the wrapped optimizer updates.

    Args:
        opt: The optimizer.
        average_decay: The decay of the averages.
        num_updates: A step count that makes the averages faster at first.
        sequential_update: Whether the averages wait for the update of the variables.
    """

    def __init__(
        self, opt: Any, average_decay: Any = 0.9999, num_updates: Any = None, sequential_update: bool = True
    ) -> None:
        self._optimizer = opt
        self._ema = moving_averages.ExponentialMovingAverage(average_decay, num_updates=num_updates)
        self._swapped_variable_name_map: dict[str, str] | None = None
        self._sequential_update = sequential_update

    def compute_gradients(self, *args: Any, **kwargs: Any) -> Any:
        """As for the wrapped optimizer."""
        return self._optimizer.compute_gradients(*args, **kwargs)

    def apply_gradients(self, grads_and_vars: Any, global_step: Any = None, name: str | None = None) -> Any:
        """Returns the op that applies gradients and updates the averages."""
        train_op = self._optimizer.apply_gradients(grads_and_vars, global_step=global_step, name=name)
        trained = [var for grad, var in grads_and_vars if grad is not None]
        with ops.control_dependencies([train_op] if self._sequential_update else []):
            average_op = self._ema.apply(trained)
        self._swapped_variable_name_map = {}
        for var in trained:
            average = self._ema.average(var)
            self._swapped_variable_name_map[var.op.name] = average.op.name
            self._swapped_variable_name_map[average.op.name] = var.op.name
        return control_flow_ops.group(train_op, average_op, name="train_with_avg")

    def _swapped(self, by_name: dict[str, Any], name: str, variable: Any) -> Any:
        other = (self._swapped_variable_name_map or {}).get(name)
        if other is None:
            return variable
        if other not in by_name:
            raise ValueError(f"Variable to swap {other} is not part of variables to save.")
        return by_name[other]

    def swapping_saver(self, var_list: Any = None, name: str = "swapping_saver", **kwargs: Any) -> Any:
        """Returns a saver that writes the averages under the names of the variables, and the other way round.

        Args:
            var_list: What is saved, by default all global variables; both of each pair must be in it.
            name: The name scope.
            **kwargs: For ``tf.train.Saver``.

        Raises:
            RuntimeError: Nothing is optimized yet.
            ValueError: One of a pair is missing.
        """
        if self._swapped_variable_name_map is None:
            raise RuntimeError("Must call apply_gradients or minimize before creating the swapping_saver")
        if var_list is None:
            var_list = variables.global_variables()
        if not isinstance(var_list, dict):
            var_list = saveable_object_util.op_list_to_dict(var_list)
        by_name: dict[str, Any] = {}
        for key, value in var_list.items():
            if isinstance(value, (list, variables.PartitionedVariable)):
                by_name.update({part.op.name: part for part in value})
            else:
                by_name[key] = value
        swapped = {
            key: [self._swapped(by_name, part.op.name, part) for part in value]
            if isinstance(value, list)
            else self._swapped(by_name, key, value)
            for key, value in var_list.items()
        }
        return saver.Saver(swapped, name=name, **kwargs)
