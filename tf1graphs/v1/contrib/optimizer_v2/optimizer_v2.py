"""``OptimizerV2``: an optimizer that binds to no graph, and whose methods get their variables in a ``state``."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from tensorflow.python.distribute import distribute_lib, reduce_util
from tensorflow.python.eager import backprop, context
from tensorflow.python.framework import dtypes, indexed_slices, ops, tensor
from tensorflow.python.ops import control_flow_ops, resource_variable_ops, variables
from tensorflow.python.ops import gradients_impl as gradients
from tensorflow.python.training import optimizer
from tensorflow.python.util import nest

from tf1graphs.v1.contrib.optimizer_v2._state import Hyper, State, resolve

_GATES = (optimizer.Optimizer.GATE_NONE, optimizer.Optimizer.GATE_OP, optimizer.Optimizer.GATE_GRAPH)


class _Bound(NamedTuple):
    """An optimizer and its state, as TensorFlow's processors of variables call an optimizer that has none."""

    optimizer: OptimizerV2
    state: State

    def _apply_dense(self, grad: Any, var: Any) -> Any:
        return self.optimizer._apply_dense(grad, var, self.state)

    def _apply_sparse_duplicate_indices(self, grad: Any, var: Any) -> Any:
        return self.optimizer._apply_sparse_duplicate_indices(grad, var, self.state)

    def _resource_apply_dense(self, grad: Any, handle: Any) -> Any:
        return self.optimizer._resource_apply_dense(grad, handle, self.state)

    def _resource_apply_sparse_duplicate_indices(self, grad: Any, handle: Any, indices: Any) -> Any:
        return self.optimizer._resource_apply_sparse_duplicate_indices(grad, handle, indices, self.state)


class OptimizerV2(optimizer.Optimizer):  # type: ignore[misc]
    """The base of optimizers: a subclass sets hyperparameters and says how a variable is updated.

    Args:
        use_locking: whether updates take locks.
        name: of the ops and of the slots.

    Raises:
        RuntimeError: the subclass has ``_create_slots``, which is called ``_create_vars`` here.
        ValueError: there is no name.
    """

    def __init__(self, use_locking: bool, name: str) -> None:
        if type(self)._create_slots is not optimizer.Optimizer._create_slots:
            kind = type(self).__name__
            raise RuntimeError(
                f"Override _create_vars instead of _create_slots when descending from OptimizerV2 (class {kind})"
            )
        super().__init__(use_locking, name)
        # Name -> whether the value is asked for in each step, and the value.
        self._hyper: dict[str, tuple[bool, Any]] = {}
        # Key of the graph -> hyperparameters that are the same in each step.
        self._static_hyper: dict[str, Hyper] = {}

    def _set_hyper(self, name: str, value: Any) -> None:
        is_variable = context.executing_eagerly() and resource_variable_ops.is_resource_variable(value)
        self._hyper[name] = callable(value) or is_variable, value

    def _values(self, are_dynamic: bool) -> Iterable[tuple[str, Any]]:
        return [(name, value) for name, (is_dynamic, value) in sorted(self._hyper.items()) if is_dynamic is are_dynamic]

    def minimize(
        self,
        loss: Any,
        global_step: Any = None,
        var_list: Any = None,
        gate_gradients: int = optimizer.Optimizer.GATE_OP,
        aggregation_method: Any = None,
        name: str | None = None,
        grad_loss: Any = None,
        stop_gradients: Any = None,
        scale_loss_by_num_replicas: bool = False,
    ) -> Any:
        """Returns an op that takes a step; the arguments are those of the two methods below.

        Raises:
            ValueError: no variable has a gradient.
        """
        grads_and_vars = self.compute_gradients(
            loss,
            var_list=var_list,
            gate_gradients=gate_gradients,
            aggregation_method=aggregation_method,
            grad_loss=grad_loss,
            stop_gradients=stop_gradients,
            scale_loss_by_num_replicas=scale_loss_by_num_replicas,
        )
        if all(grad is None for grad, _ in grads_and_vars):
            names = [str(variable) for _, variable in grads_and_vars]
            raise ValueError(
                "No gradients provided for any variable, check your graph for ops that do not support gradients, "
                f"between variables {names} and loss {loss}."
            )
        return self.apply_gradients(grads_and_vars, global_step=global_step, name=name)

    def compute_gradients(
        self,
        loss: Any,
        var_list: Any = None,
        gate_gradients: int = optimizer.Optimizer.GATE_OP,
        aggregation_method: Any = None,
        grad_loss: Any = None,
        stop_gradients: Any = None,
        scale_loss_by_num_replicas: bool = False,
    ) -> list[tuple[Any, Any]]:
        """Returns gradients and variables.

        Args:
            loss: a tensor, or a function that returns one, as it has to be in eager execution.
            var_list: the variables, by default all that can be trained.
            gate_gradients: ``GATE_NONE``, ``GATE_OP`` or ``GATE_GRAPH``.
            aggregation_method: of ``tf.AggregationMethod``.
            grad_loss: the gradient of the loss.
            stop_gradients: tensors that gradients do not go through.
            scale_loss_by_num_replicas: whether the loss is divided by the number of replicas.

        Raises:
            TypeError: ``var_list`` has something else than variables.
            ValueError: there is no variable, or ``gate_gradients`` is none.
            RuntimeError: the loss is no function in eager execution.
        """
        if callable(loss):
            return self._taped_gradients(loss, var_list, grad_loss, scale_loss_by_num_replicas)
        if context.executing_eagerly():
            raise RuntimeError(
                "`loss` passed to Optimizer.compute_gradients should be a function when eager execution is enabled."
            )
        if gate_gradients not in _GATES:
            raise ValueError(
                f"gate_gradients must be one of: Optimizer.GATE_NONE, Optimizer.GATE_OP, Optimizer.GATE_GRAPH. "
                f"Not {gate_gradients}"
            )
        loss = _scaled(loss, scale_loss_by_num_replicas)
        self._assert_valid_dtypes([loss] if grad_loss is None else [loss, grad_loss])
        keys = (ops.GraphKeys.TRAINABLE_RESOURCE_VARIABLES, ops.GraphKeys._STREAMING_MODEL_PORTS)
        resources, ports = map(ops.get_collection, keys)
        var_list = variables.trainable_variables() + resources if var_list is None else nest.flatten(var_list)
        var_list = var_list + ports
        if not var_list:
            raise ValueError("No variables to optimize.")
        grads = gradients.gradients(
            loss,
            [optimizer._get_processor(variable).target() for variable in var_list],
            grad_ys=grad_loss,
            gate_gradients=gate_gradients == self.GATE_OP,
            aggregation_method=aggregation_method,
            stop_gradients=stop_gradients,
        )
        if gate_gradients == self.GATE_GRAPH:
            grads = control_flow_ops.tuple(grads)
        grads_and_vars = list(zip(grads, var_list, strict=True))
        own = [variable for grad, variable in grads_and_vars if grad is not None and variable.dtype != dtypes.resource]
        self._assert_valid_dtypes(own)
        return grads_and_vars

    def _taped_gradients(self, loss: Any, var_list: Any, grad_loss: Any, is_scaled: bool) -> list[tuple[Any, Any]]:
        with backprop.GradientTape() as tape:
            if var_list is not None:
                tape.watch(var_list)
            value = _scaled(loss(), is_scaled)
        if var_list is None:
            var_list = tape.watched_variables()
        return list(zip(tape.gradient(value, var_list, grad_loss), var_list, strict=True))

    def apply_gradients(self, grads_and_vars: Any, global_step: Any = None, name: str | None = None) -> Any:
        """Returns an op that updates the variables.

        Args:
            grads_and_vars: what ``compute_gradients`` returned; pairs without gradient are left out.
            global_step: a variable that counts the steps.
            name: of the op.

        Raises:
            ValueError: there is no pair, or no gradient in any.
        """
        pairs = tuple(grads_and_vars)
        if not pairs:
            raise ValueError("No variables provided.")
        with_gradient = tuple(pair for pair in pairs if pair[0] is not None)
        if not with_gradient:
            names = [str(variable) for _, variable in pairs]
            raise ValueError(f"No gradients provided for any variable: {names}.")
        return distribute_lib.get_replica_context().merge_call(
            self._distributed_apply, args=(with_gradient,), kwargs={"global_step": global_step, "name": name}
        )

    def _distributed_apply(self, distribution: Any, grads_and_vars: Any, global_step: Any, name: str | None) -> Any:
        grads = distribution.extended.batch_reduce_to(reduce_util.ReduceOp.SUM, grads_and_vars)
        var_list = [variable for _, variable in grads_and_vars]
        with ops.name_scope(name, self._name) as scope:
            static = self._static(var_list)
            devices = distribution.extended.non_slot_devices(var_list)
            state = State(self, resolve(self._values(are_dynamic=True)) | static, distribution, devices)
        with ops.init_scope():
            self._create_vars(var_list, state)
        with ops.name_scope(scope):
            self._prepare(state)
            updates = []
            for grad, variable in zip(grads, var_list, strict=True):
                args = (grad, state)
                updates.extend(distribution.extended.update(variable, self._update, args=args, group=False))
            updated = control_flow_ops.group(updates)
            with ops.control_dependencies([updated]):
                finish = distribution.extended.update_non_slot
                finished = finish(devices, self._finish, args=(state,), group=False)
            finished = (updated,) if finished == (None,) else finished
            return _collected(_counted(distribution, finished, global_step, scope))

    def _static(self, var_list: list[Any]) -> Hyper:
        """Returns the hyperparameters that are the same in each step: a tensor for each graph."""
        graph = ops.get_default_graph() if context.executing_eagerly() else var_list[0].graph
        if graph._graph_key not in self._static_hyper:
            with ops.init_scope():
                self._static_hyper[graph._graph_key] = resolve(self._values(are_dynamic=False))
        return self._static_hyper[graph._graph_key]

    def _update(self, variable: Any, grad: Any, state: State) -> Any:
        try:
            grad = indexed_slices.internal_convert_to_tensor_or_indexed_slices(grad)
        except TypeError:
            raise TypeError(f"Gradient must be convertible to a Tensor or IndexedSlices, or None: {grad}") from None
        if not isinstance(grad, (tensor.Tensor, indexed_slices.IndexedSlices)):
            raise TypeError(f"Gradient must be a Tensor, IndexedSlices, or None: {grad}")
        with ops.name_scope("update_" + ("" if context.executing_eagerly() else variable.op.name)):
            return optimizer._get_processor(variable).update_op(_Bound(self, state), grad)

    def _create_vars(self, var_list: list[Any], state: State) -> None:
        """Creates variables that the optimizer needs; none by default."""

    def _prepare(self, state: State) -> None:
        """Is called before the variables are updated."""

    def _finish(self, state: State) -> Any:
        """Returns an op that runs after the variables are updated, or None."""

    def _apply_dense(self, grad: Any, var: Any, state: State) -> Any:
        """Returns an op that updates a reference variable."""
        raise NotImplementedError

    def _apply_sparse(self, grad: Any, var: Any, state: State) -> Any:
        """Returns an op that updates rows of a reference variable; no index of ``grad`` is there twice."""
        raise NotImplementedError

    def _resource_apply_dense(self, grad: Any, handle: Any, state: State) -> Any:
        """Returns an op that updates a resource variable."""
        raise NotImplementedError

    def _resource_apply_sparse(self, grad: Any, handle: Any, indices: Any, state: State) -> Any:
        """Returns an op that updates rows of a resource variable; no index is there twice."""
        raise NotImplementedError

    def _apply_sparse_duplicate_indices(self, grad: Any, var: Any, state: State) -> Any:
        """Sums gradients of the same row, and updates the rows."""
        values, indices = optimizer._deduplicate_indexed_slices(values=grad.values, indices=grad.indices)
        grad = indexed_slices.IndexedSlices(values, indices, dense_shape=grad.dense_shape)
        return self._apply_sparse(grad, var, state)

    def _resource_apply_sparse_duplicate_indices(self, grad: Any, handle: Any, indices: Any, state: State) -> Any:
        """Sums gradients of the same row, and updates the rows."""
        values, unique = optimizer._deduplicate_indexed_slices(values=grad, indices=indices)
        return self._resource_apply_sparse(values, handle, unique, state)


def _scaled(loss: Any, is_scaled: bool) -> Any:
    replicas = distribute_lib.get_strategy().num_replicas_in_sync
    return loss * (1.0 / replicas) if is_scaled and replicas > 1 else loss


def _counted(distribution: Any, finished: Any, global_step: Any, name: str) -> Any:
    """Returns an op that runs after ``finished`` and counts the step."""
    if global_step is None:
        return distribution.group(finished, name=name)

    def count(step: Any, name: str) -> Any:
        return step.assign_add(1, read_value=False, name=name)

    with ops.control_dependencies(finished):
        return distribution.extended.update(global_step, count, args=(name,))


def _collected(applied: Any) -> Any:
    if context.executing_eagerly():
        return applied
    applied = applied.op if isinstance(applied, tensor.Tensor) else applied
    collected = ops.get_collection_ref(ops.GraphKeys.TRAIN_OP)
    if applied not in collected:
        collected.append(applied)
    return applied
