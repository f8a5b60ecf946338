"""``TowerOptimizer``: adds up the gradients of all towers of ``replicate_model_fn`` and applies them with the last."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tensorflow.python.framework import indexed_slices, ops
from tensorflow.python.ops import array_ops, control_flow_ops, math_ops, variable_scope
from tensorflow.python.ops.losses.losses_impl import Reduction
from tensorflow.python.training import optimizer as optimizer_lib

_STATES = "replicate_model_fn_graph_states"
_Gradients = list[tuple[Any, Any]]


class TowerState:
    """What the optimizers of one graph know of its towers."""

    def __init__(self) -> None:
        self.number_of_towers = 1
        self.loss_reduction: str | None = None
        self.optimizer_was_used = False
        self._tower = 0
        self._collected: dict[int, list[_Gradients]] = {}
        self._first_scopes: tuple[Any, Any] = (None, None)

    @contextmanager
    def tower(self, tower: int, scopes: tuple[Any, Any]) -> Iterator[None]:
        """Counts what happens inside to a tower, which was opened in a variable scope and a name scope."""
        if tower == 0:
            self._first_scopes = scopes
        self._tower = tower
        yield

    @contextmanager
    def scopes_of_the_first_tower(self) -> Iterator[None]:
        """Opens them again, so that what is made inside has names without a prefix."""
        variables, names = self._first_scopes
        with variable_scope.variable_scope(variables), ops.name_scope(names):
            yield

    @property
    def is_last(self) -> bool:
        """Whether the tower is the last one."""
        return self._tower == self.number_of_towers - 1

    @property
    def calls_are_equal(self) -> bool:
        """Whether the calls of optimizers can have been the same in every tower."""
        return sum(map(len, self._collected.values())) % self.number_of_towers == 0

    def collect(self, gradients: _Gradients) -> None:
        """Keeps the gradients of an optimizer's call in this tower."""
        self._collected.setdefault(self._tower, []).append(gradients)

    def latest(self) -> _Gradients:
        """Returns the gradients of all towers in the call that was last made in this one."""
        call = len(self._collected[self._tower]) - 1
        return [pair for tower in range(self._tower + 1) for pair in self._collected[tower][call]]


def state() -> TowerState:
    """Returns the state of the default graph."""
    states = ops.get_default_graph().get_collection_ref(_STATES)
    if not states:
        states.append(TowerState())
    found: TowerState = states[-1]
    return found


def forget() -> None:
    """Takes the state out of the graph, so that it is not exported."""
    ops.get_default_graph().clear_collection(_STATES)


def scaled(loss: Any, loss_reduction: str | None, number_of_towers: int) -> Any:
    """Returns what a tower's loss adds to the loss of all."""
    if loss is None or number_of_towers == 1 or loss_reduction == Reduction.SUM:
        return loss
    return math_ops.div(loss, 1.0 * number_of_towers, name="averaged_loss")


def total(values: list[Any], device: str, name: str | None = None) -> Any:
    """Returns the sum of tensors, or of slices of one variable, computed on ``device``."""
    with ops.device(device):
        if not isinstance(values[0], indexed_slices.IndexedSlices):
            return math_ops.add_n(values, name=name)
        slices = array_ops.concat([each.values for each in values], axis=0)
        indices = array_ops.concat([each.indices for each in values], axis=0)
        return indexed_slices.IndexedSlices(slices, indices, values[0].dense_shape)


class TowerOptimizer(optimizer_lib.Optimizer):  # type: ignore[misc]
    """Wraps an optimizer for a model function that ``replicate_model_fn`` replicates; elsewhere it just forwards.

    Args:
        optimizer_or_optimizer_fn: The optimizer, or a function that returns it.
    """

    COLLECTION_FOR_GRAPH_STATES = _STATES

    def __init__(self, optimizer_or_optimizer_fn: Any) -> None:
        # Not that of the base class: all that it would set up is the wrapped optimizer's.
        self._optimizer_or_optimizer_fn = optimizer_or_optimizer_fn

    @staticmethod
    def has_been_used() -> bool:
        """Whether an optimizer of this class has been used in the default graph."""
        return state().optimizer_was_used

    def get_slot(self, *arguments: Any, **options: Any) -> Any:
        """Returns a slot of the wrapped optimizer."""
        return self._get_optimizer().get_slot(*arguments, **options)

    def get_slot_names(self, *arguments: Any, **options: Any) -> Any:
        """Returns the slot names of the wrapped optimizer."""
        return self._get_optimizer().get_slot_names(*arguments, **options)

    def get_name(self, *arguments: Any, **options: Any) -> Any:
        """Returns the name of the wrapped optimizer."""
        return self._get_optimizer().get_name(*arguments, **options)

    def variables(self, *arguments: Any, **options: Any) -> Any:
        """Returns the variables of the wrapped optimizer."""
        return self._get_optimizer().variables(*arguments, **options)

    def compute_gradients(self, loss: Any, *arguments: Any, **options: Any) -> _Gradients:
        """Returns the gradients of this tower's part of the loss."""
        loss = scaled(loss, state().loss_reduction, state().number_of_towers)
        gradients: _Gradients = self._get_optimizer().compute_gradients(loss, *arguments, **options)
        return gradients

    def apply_gradients(self, grads_and_vars: _Gradients, global_step: Any = None, **options: Any) -> Any:
        """Keeps the gradients, or in the last tower applies the sum of those of all towers."""
        towers = state()
        if towers.number_of_towers == 1:
            return self._get_optimizer().apply_gradients(grads_and_vars, global_step, **options)
        towers.collect(grads_and_vars)
        if not towers.is_last:
            with ops.control_dependencies(_tensors(grads_and_vars)):
                return control_flow_ops.no_op(name="train_op_placeholder")
        with towers.scopes_of_the_first_tower():
            return self._get_optimizer().apply_gradients(_summed(towers.latest()), global_step=global_step, **options)

    def _get_optimizer(self) -> Any:
        # A function is called late, inside the graph that the optimizer is for.
        if callable(self._optimizer_or_optimizer_fn):
            self._optimizer_or_optimizer_fn = self._optimizer_or_optimizer_fn()
        state().optimizer_was_used = True
        return self._optimizer_or_optimizer_fn


def _summed(gradients: _Gradients) -> _Gradients:
    by_variable: dict[Any, tuple[Any, list[Any]]] = {}
    for gradient, variable in gradients:
        if gradient is not None:
            by_variable.setdefault(variable.ref(), (variable, []))[1].append(gradient)
    with ops.name_scope("gradient_aggregating"):
        return [(total(found, variable.device), variable) for variable, found in by_variable.values()]


def _tensors(gradients: _Gradients) -> list[Any]:
    found = [gradient for gradient, _ in gradients if gradient is not None]
    return [each.values if isinstance(each, indexed_slices.IndexedSlices) else each for each in found]
