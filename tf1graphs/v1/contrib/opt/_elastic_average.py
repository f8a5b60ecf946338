"""Elastic averaging for asynchronous or synchronous workers.

Source: S. Zhang, A. Choromanska, Y. LeCun, "Deep learning with Elastic Averaging SGD",
https://arxiv.org/abs/1412.6651
"""

from __future__ import annotations

from typing import Any

from tensorflow.python.framework import constant_op, dtypes, ops
from tensorflow.python.ops import (
    cond,
    control_flow_ops,
    data_flow_ops,
    gen_nn_ops,
    math_ops,
    state_ops,
    variable_scope,
    variables,
)
from tensorflow.python.training import optimizer, saver
from tensorflow.python.training.saving import saveable_object_util

from tf1graphs.v1.contrib.opt import _worker_variables as worker

_LOCAL_NAME = "local_center_variable"


class ElasticAverageCustomGetter:
    """A custom getter that gives each worker its own weights, beside the shared center and a copy of it.

    Args:
        worker_device: The device of the worker's variables.
    """

    def __init__(self, worker_device: Any) -> None:
        self._worker_device = worker_device
        self._local_map: dict[Any, Any] = {}
        self._global_map: dict[Any, Any] = {}

    def __call__(self, getter: Any, name: str, trainable: Any, collections: Any, *args: Any, **kwargs: Any) -> Any:
        if not trainable:
            options = {**kwargs, "trainable": trainable, "collections": collections}
            return worker.get_untrained(getter, name, self._worker_device, *args, **options)
        local = worker.make_local(getter, name, self._worker_device, *args, **kwargs)
        if kwargs["reuse"] is True:
            return local
        keys = ops.GraphKeys
        center = worker.make_companion(
            getter, worker.GLOBAL_VARIABLE_NAME, name, keys.GLOBAL_VARIABLES, *args, **kwargs
        )
        with ops.device(self._worker_device):
            copy = worker.make_companion(getter, _LOCAL_NAME, name, keys.LOCAL_VARIABLES, *args, **kwargs)
        is_partitioned = kwargs["partitioner"] is not None
        self._local_map.update(worker.pair(local, copy, is_partitioned))
        self._global_map.update(worker.pair(local, center, is_partitioned))
        return local


def _make_local(names: set[str]) -> None:
    graph, keys = ops.get_default_graph(), ops.GraphKeys
    shared = graph.get_collection_ref(keys.GLOBAL_VARIABLES)
    for var in [var for var in shared if var.op.name in names]:
        shared.remove(var)
        ops.add_to_collection(keys.LOCAL_VARIABLES, var)


class ElasticAverageOptimizer(optimizer.Optimizer):  # type: ignore[misc]
    """Trains the worker's weights, held to the shared center, and every few steps moves both towards each other.

    Args:
        opt: The optimizer of the worker's weights.
        num_worker: The number of workers.
        ea_custom_getter: The ``ElasticAverageCustomGetter`` of the model's variable scope.
        communication_period: The number of steps between two moves.
        moving_rate: How far they move, by default ``0.9 / communication_period / num_worker``.
        rho: The weight of the distance in the loss, by default ``moving_rate / learning rate``.
        use_locking: Whether updates lock.
        synchronous: Whether the workers start together.
        name: The name of the optimizer.
    """

    BETA = 0.9

    def __init__(
        self,
        opt: Any,
        num_worker: int,
        ea_custom_getter: ElasticAverageCustomGetter,
        communication_period: int = 10,
        moving_rate: Any = None,
        rho: Any = None,
        use_locking: bool = True,
        synchronous: bool = False,
        name: str = "ElasticAverageOptimizer",
    ) -> None:
        super().__init__(use_locking, name)
        self._opt = opt
        self._num_worker = num_worker
        self._period = communication_period
        self._local_map = ea_custom_getter._local_map
        self._global_map = ea_custom_getter._global_map
        self._synchronous = synchronous
        self._moving_rate = self.BETA / communication_period / num_worker if moving_rate is None else moving_rate
        self._rho = self._moving_rate / self._opt._learning_rate if rho is None else rho
        self._local_step = variable_scope.get_variable(
            initializer=0, trainable=False, collections=[ops.GraphKeys.LOCAL_VARIABLES], name="local_step"
        )
        self._opt._prepare()

    def compute_gradients(
        self,
        loss: Any,
        var_list: Any = None,
        gate_gradients: int = optimizer.Optimizer.GATE_OP,
        aggregation_method: Any = None,
        colocate_gradients_with_ops: bool = False,
        grad_loss: Any = None,
    ) -> Any:
        """Returns the gradients of the loss plus the distance to the center."""
        var_list = var_list or variables.trainable_variables()
        copies = [self._local_map[var] for var in var_list]
        away = [
            math_ops.subtract(var, copy) for var, copy in zip(variables.trainable_variables(), copies, strict=False)
        ]
        distance = self._rho * math_ops.add_n([gen_nn_ops.l2_loss(each) for each in away])
        return self._opt.compute_gradients(
            loss + distance, var_list, gate_gradients, aggregation_method, colocate_gradients_with_ops, grad_loss
        )

    def apply_gradients(self, grads_and_vars: Any, global_step: Any = None, name: str | None = None) -> Any:
        """Returns the op that updates the worker's weights, and when it is time moves them and the center."""
        before = {var.op.name for var in variables.global_variables()}
        applied = self._opt.apply_gradients(grads_and_vars)
        slots = {var.op.name for var in variables.global_variables()} - before
        with ops.control_dependencies([applied]):
            counted = state_ops.assign_add(self._local_step, 1, name="local_step_update").op
        _make_local(slots)
        local_vars = [var for grad, var in grads_and_vars if grad is not None]
        with ops.control_dependencies([counted]):
            is_time = math_ops.equal(math_ops.mod(self._local_step, self._period), 0)
            return cond.cond(is_time, lambda: self._move(local_vars, global_step), control_flow_ops.no_op)

    def _move(self, local_vars: list[Any], global_step: Any) -> Any:
        centers = [self._global_map[var] for var in local_vars]
        copies = [self._local_map[var] for var in local_vars]
        copied = [copy.assign(center) for copy, center in zip(copies, centers, strict=True)]
        updates = []
        with ops.control_dependencies(copied):
            moves = []
            for var, copy in zip(local_vars, copies, strict=True):
                with ops.device(var.device):
                    moves.append(math_ops.subtract(var, copy))
            for update, targets in [(state_ops.assign_sub, local_vars), (state_ops.assign_add, centers)]:
                for var, move in zip(targets, moves, strict=True):
                    with ops.device(var.device):
                        updates.append(update(var, math_ops.multiply(self._moving_rate, move)))
            if global_step is not None:
                with ops.colocate_with(global_step):
                    updates.append(state_ops.assign_add(global_step, 1))
        return control_flow_ops.group(*updates)

    def get_init_op(self, task_index: int) -> Any:
        """Returns the op that copies the center to the worker; of synchronous workers, one that waits for the others.

        Raises:
            ValueError: There are no trainable variables.
        """
        local_vars = variables.trainable_variables()
        if not local_vars:
            raise ValueError("There are no trainable variables")
        copied = []
        for var in local_vars:
            copied.append(state_ops.assign(var, self._global_map[var]))
            copied.append(state_ops.assign(self._local_map[var], self._global_map[var]))
        init_op = control_flow_ops.group(*copied)
        return self._wait_for_others(init_op, task_index) if self._synchronous else init_op

    def _wait_for_others(self, init_op: Any, task_index: int) -> Any:
        queues = [
            data_flow_ops.FIFOQueue(
                self._num_worker, [dtypes.bool], shapes=[[]], shared_name=f"variable_init_sync_queue{index}"
            )
            for index in range(self._num_worker)
        ]
        token = constant_op.constant(False)
        with ops.control_dependencies([init_op]):
            told = [queue.enqueue(token) for index, queue in enumerate(queues) if index != task_index]
        return control_flow_ops.group(*told, queues[task_index].dequeue_many(len(queues) - 1))

    def make_session_run_hook(self, is_chief: bool, task_index: int) -> Any:
        """Returns the hook that runs ``get_init_op``."""
        return worker.InitializeWorkerHook(lambda: self.get_init_op(task_index), is_chief)

    def swapping_saver(self, var_list: Any = None, name: str = "swapping_saver", **kwargs: Any) -> Any:
        """Returns a saver that writes the center under the names of the worker's weights.

        Args:
            var_list: What is saved, by default the trainable variables.
            name: The name scope.
            **kwargs: For ``tf.train.Saver``.

        Raises:
            RuntimeError: The model was built without the custom getter.
        """
        if not self._global_map:
            raise RuntimeError("The model's variables must be made with ElasticAverageCustomGetter before this")
        if var_list is None:
            var_list = variables.trainable_variables()
        if not isinstance(var_list, dict):
            var_list = saveable_object_util.op_list_to_dict(var_list)
        centers = {var.op.name: self._global_map.get(var, var) for var in variables.trainable_variables()}
        swapped = {
            key: [self._global_map.get(part, part) for part in var]
            if isinstance(var, list)
            else centers.get(var.op.name, var)
            for key, var in var_list.items()
        }
        return saver.Saver(swapped, name=name, **kwargs)
