"""Accumulated gradient normalization for asynchronous workers.

Source: J. R. Hermans, G. Spanakis, R. Moeckel, "Accumulated Gradient Normalization",
https://arxiv.org/abs/1710.02368
"""

from __future__ import annotations

from typing import Any

from tensorflow.python.framework import ops
from tensorflow.python.ops import array_ops, cond, control_flow_ops, math_ops, state_ops, variable_scope, variables
from tensorflow.python.training import optimizer

from tf1graphs.v1.contrib.opt import _worker_variables as worker

_GRADIENT_NAME = "grad_variable"


class AGNCustomGetter:
    """A custom getter that gives each worker its own weights, beside the shared ones and a sum of gradients.

    Args:
        worker_device: The device of the worker's variables.
    """

    def __init__(self, worker_device: Any) -> None:
        self._worker_device = worker_device
        self._global_map: dict[Any, Any] = {}
        self._grad_map: dict[Any, Any] = {}

    def __call__(self, getter: Any, name: str, trainable: Any, collections: Any, *args: Any, **kwargs: Any) -> Any:
        if not trainable:
            return getter(name, *args, trainable=trainable, collections=collections, **kwargs)
        local = worker.make_local(getter, name, self._worker_device, *args, **kwargs)
        if kwargs["reuse"] is True:
            return local
        keys = ops.GraphKeys
        center = worker.make_companion(
            getter, worker.GLOBAL_VARIABLE_NAME, name, keys.GLOBAL_VARIABLES, *args, **kwargs
        )
        with ops.device(self._worker_device):
            grad = worker.make_companion(getter, _GRADIENT_NAME, name, keys.LOCAL_VARIABLES, *args, **kwargs)
        is_partitioned = kwargs["partitioner"] is not None
        self._grad_map.update(worker.pair(local, grad, is_partitioned))
        self._global_map.update(worker.pair(local, center, is_partitioned))
        return local


def _keep_slots_local(next_creator: Any, collections: Any, **kwargs: Any) -> Any:
    keys = ops.GraphKeys
    if not collections:
        collections = [keys.LOCAL_VARIABLES]
    elif keys.GLOBAL_VARIABLES in collections:
        collections = [key for key in collections if key != keys.GLOBAL_VARIABLES] + [keys.LOCAL_VARIABLES]
    return next_creator(collections=collections, **kwargs)


class AGNOptimizer(optimizer.Optimizer):  # type: ignore[misc]
    """Trains the worker's weights, and every few steps the shared ones with the mean of its gradients.

    Args:
        optimizer: The optimizer of both.
        num_worker: The number of workers.
        custom_getter: The ``AGNCustomGetter`` of the model's variable scope.
        communication_period: The number of steps between two updates of the shared weights.
        use_locking: Whether updates lock.
        name: The name of the optimizer.
    """

    def __init__(
        self,
        optimizer: Any,
        num_worker: int,
        custom_getter: AGNCustomGetter,
        communication_period: int = 10,
        use_locking: bool = True,
        name: str = "AGNOptimizer",
    ) -> None:
        super().__init__(use_locking, name)
        self._opt = optimizer
        self._num_worker = num_worker
        self._period = communication_period
        self._global_map = custom_getter._global_map
        self._grad_map = custom_getter._grad_map
        self._local_step = variable_scope.get_variable(
            initializer=0, trainable=False, collections=[ops.GraphKeys.LOCAL_VARIABLES], name="local_step"
        )
        self._opt._prepare()

    def apply_gradients(self, grads_and_vars: Any, global_step: Any = None, name: str | None = None) -> Any:
        """Returns the op that updates the worker's weights, and when it is time the shared ones."""
        pairs = [(grad, var) for grad, var in grads_and_vars if grad is not None]
        with variable_scope.variable_creator_scope(_keep_slots_local):
            updates = [self._opt.apply_gradients(grads_and_vars)]
        updates += [state_ops.assign_add(self._grad_map[var], grad) for grad, var in pairs]
        local_vars = [var for _, var in pairs]
        counted = state_ops.assign_add(self._local_step, 1, name="local_step_update").op
        with ops.control_dependencies([counted]):
            is_time = math_ops.equal(math_ops.mod(self._local_step, self._period), 0)
        with ops.control_dependencies(updates):
            return cond.cond(is_time, lambda: self._update_shared(local_vars, global_step), control_flow_ops.no_op)

    def _update_shared(self, local_vars: list[Any], global_step: Any) -> Any:
        sums = [self._grad_map[var] for var in local_vars]
        centers = [self._global_map[var] for var in local_vars]
        means = [state_ops.assign(each, each / self._period) for each in sums]
        with ops.control_dependencies(means):
            applied = self._opt.apply_gradients(list(zip(sums, centers, strict=True)))
        with ops.control_dependencies([applied]):
            updates = []
            if global_step is not None:
                with ops.colocate_with(global_step):
                    updates.append(state_ops.assign_add(global_step, 1))
            for var, center in zip(local_vars, centers, strict=True):
                updates.append(state_ops.assign(var, center.read_value()))
            updates += [state_ops.assign(each, array_ops.zeros_like(each)) for each in sums]
            return control_flow_ops.group(*updates)

    def get_init_op(self, task_index: int) -> Any:
        """Returns the op that copies the shared weights to the worker.

        Raises:
            ValueError: The model was built without the custom getter.
        """
        local_vars = variables.trainable_variables()
        if not local_vars:
            raise ValueError("There are no trainable variables")
        sums = [self._grad_map[var] for var in local_vars]
        copied = [state_ops.assign(var, self._global_map[var]) for var in local_vars]
        return control_flow_ops.group(*copied, *[state_ops.assign(each, array_ops.zeros_like(each)) for each in sums])

    def make_session_run_hook(self, is_chief: bool, task_index: int) -> Any:
        """Returns the hook that runs ``get_init_op``."""
        return worker.InitializeWorkerHook(lambda: self.get_init_op(task_index), is_chief)
