"""Averaging the models of several workers every few steps."""

from __future__ import annotations

from typing import Any

from tensorflow.python.framework import constant_op, dtypes, ops
from tensorflow.python.framework import tensor as tensors
from tensorflow.python.ops import (
    array_ops,
    cond,
    control_flow_ops,
    data_flow_ops,
    math_ops,
    state_ops,
    variable_scope,
    variable_v1,
    variables,
)
from tensorflow.python.training import optimizer, session_run_hook

from tf1graphs.v1.contrib.opt import _worker_variables as worker


class ModelAverageCustomGetter:
    """A custom getter that gives each worker its own weights, beside the shared ones.

    Args:
        worker_device: The device of the worker's variables.
    """

    def __init__(self, worker_device: Any) -> None:
        self._worker_device = worker_device
        self._local_2_global: dict[Any, Any] = {}

    def __call__(self, getter: Any, name: str, trainable: Any, collections: Any, *args: Any, **kwargs: Any) -> Any:
        if not trainable:
            options = {**kwargs, "trainable": trainable, "collections": collections}
            return worker.get_untrained(getter, name, self._worker_device, *args, **options)
        local = worker.make_local(getter, name, self._worker_device, *args, **kwargs)
        self._local_2_global[local] = variable_v1.VariableV1(
            name=f"{worker.GLOBAL_VARIABLE_NAME}/{name}",
            initial_value=local.initialized_value(),
            trainable=False,
            collections=[ops.GraphKeys.GLOBAL_VARIABLES],
        )
        return local


class ModelAverageOptimizer(optimizer.Optimizer):  # type: ignore[misc]
    """Trains the worker's weights, and every few steps replaces those of all workers with their mean.

    Args:
        opt: The optimizer of the worker's weights.
        num_worker: The number of workers.
        is_chief: Whether this worker takes the mean.
        ma_custom_getter: The ``ModelAverageCustomGetter`` of the model's variable scope.
        interval_steps: The number of steps between two means.
        use_locking: Whether updates lock.
        name: The name of the optimizer.
    """

    def __init__(
        self,
        opt: Any,
        num_worker: int,
        is_chief: bool,
        ma_custom_getter: ModelAverageCustomGetter,
        interval_steps: int = 100,
        use_locking: bool = True,
        name: str = "ModelAverageOptimizer",
    ) -> None:
        super().__init__(use_locking, name)
        self._opt = opt
        self._num_worker = num_worker
        self._is_chief = is_chief
        self._local_2_global = ma_custom_getter._local_2_global
        self._interval_steps = interval_steps
        self._accumulator_list: list[Any] = []
        self._chief_init_op = None
        self._local_step = variable_scope.get_variable(
            initializer=0, trainable=False, collections=[ops.GraphKeys.LOCAL_VARIABLES], name="local_step"
        )
        self._opt._prepare()

    def compute_gradients(self, *args: Any, **kwargs: Any) -> Any:
        """As for the wrapped optimizer."""
        return self._opt.compute_gradients(*args, **kwargs)

    def apply_gradients(self, grads_and_vars: Any, global_step: Any = None, name: str | None = None) -> Any:
        """Returns the op that updates the worker's weights, and when it is time takes part in the mean.

        Raises:
            ValueError: There are no gradients, or no global step.
        """
        if not grads_and_vars:
            raise ValueError("Must supply at least one variable")
        if global_step is None:
            raise ValueError("Global step is required")
        applied = self._opt.apply_gradients(grads_and_vars)
        with ops.control_dependencies([applied]):
            counted = state_ops.assign_add(self._local_step, 1, name="local_step_update").op
        local_vars = [var for grad, var in grads_and_vars if grad is not None]
        with ops.control_dependencies([counted]):
            is_time = math_ops.equal(math_ops.mod(self._local_step, self._interval_steps), 0)
            update = cond.cond(is_time, lambda: self._average(local_vars, global_step), control_flow_ops.no_op)
        started = []
        for accumulator, device in self._accumulator_list:
            with ops.device(device):
                started.append(accumulator.set_global_step(global_step, name="SetGlobalStep"))
        self._chief_init_op = control_flow_ops.group(*started)
        return update

    def _average(self, local_vars: list[Any], global_step: Any) -> Any:
        with ops.colocate_with(global_step):
            queue = data_flow_ops.FIFOQueue(-1, [dtypes.bool], shapes=[[]], shared_name="sync_queue")
        given, means = [], []
        with ops.name_scope(None, f"{self._name}/global"):
            for var in local_vars:
                shared = self._local_2_global[var]
                with ops.device(shared.device):
                    accumulator = self._accumulator(var, shared)
                    given.append(accumulator.apply_grad(var._ref(), local_step=global_step))
                    means.append(accumulator.take_grad(self._num_worker))
                self._accumulator_list.append((accumulator, shared.device))
        synchronized = (
            self._give_means(local_vars, given, means, queue, global_step)
            if self._is_chief
            else self._wait(given, queue, global_step)
        )
        with ops.control_dependencies([synchronized]):
            return self._local_vars_update(local_vars)

    def _accumulator(self, var: Any, shared: Any) -> Any:
        if not isinstance(var._ref(), tensors.Tensor):
            raise ValueError("Unknown local variable type!")
        return data_flow_ops.ConditionalAccumulator(
            var.dtype, shape=var.get_shape(), shared_name=f"{shared.name}/var_accum"
        )

    def _give_means(self, local_vars: Any, given: Any, means: Any, queue: Any, global_step: Any) -> Any:
        updates = []
        with ops.control_dependencies(given):
            for mean, var in zip(means, local_vars, strict=True):
                shared = self._local_2_global[var]
                with ops.device(shared.device):
                    updates.append(state_ops.assign(shared, mean))
            with ops.device(global_step.device):
                updates.append(state_ops.assign_add(global_step, 1))
        with ops.control_dependencies(updates), ops.device(global_step.device):
            return queue.enqueue_many(array_ops.fill([self._num_worker - 1], constant_op.constant(False)))

    def _wait(self, given: Any, queue: Any, global_step: Any) -> Any:
        with ops.control_dependencies(given), ops.device(global_step.device):
            return queue.dequeue()

    def _local_vars_update(self, var_list: Any) -> Any:
        if not var_list:
            raise ValueError("The list of local_variables should not be empty")
        updates = []
        for var in var_list:
            with ops.device(var.device):
                updates.append(state_ops.assign(var, self._local_2_global[var].read_value()))
        return control_flow_ops.group(*updates)

    def get_init_op(self) -> Any:
        """Returns the op that copies the shared weights to the worker."""
        return self._local_vars_update(variables.trainable_variables())

    def make_session_run_hook(self) -> Any:
        """Returns the hook that makes the ops that start a worker."""
        return _ModelAverageHook(self)


class _ModelAverageHook(session_run_hook.SessionRunHook):  # type: ignore[misc]
    """Makes the ops that start a worker; as in 1.15, running them is left to the program."""

    def __init__(self, averaging: ModelAverageOptimizer) -> None:
        self._averaging = averaging

    def begin(self) -> None:
        """Makes the ops."""
        self._local_init_op = variables.local_variables_initializer()
        self._global_init_op = None
        if self._averaging._is_chief:
            self._global_init_op = variables.global_variables_initializer()
            self._chief_init_op = self._averaging._chief_init_op
        self._variable_init_op = self._averaging.get_init_op()
