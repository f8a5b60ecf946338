"""Train ops that return the loss: ``create_train_op`` and ``optimize_loss``."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import partial

from tf1graphs.migrate.facts.values import Host, Optimizer, Symbol
from tf1graphs.migrate.rewriting.longhand import steps
from tf1graphs.migrate.rewriting.longhand.places import Place, Writer, Written

_SLIM = """total_loss optimizer global_step update_ops variables_to_train clip_gradient_norm summarize_gradients
    gate_gradients aggregation_method colocate_gradients_with_ops gradient_multipliers check_numerics"""
_TRAINING = """total_loss optimizer global_step update_ops variables_to_train transform_grads_fn summarize_gradients
    gate_gradients aggregation_method colocate_gradients_with_ops check_numerics"""
_OPTIMIZE = """loss global_step learning_rate optimizer gradient_noise_scale gradient_multipliers clip_gradients
    learning_rate_decay_fn update_ops variables name summaries colocate_gradients_with_ops increment_global_step"""
# What is not written out, if it is asked for.
_MORE = """update_ops transform_grads_fn summarize_gradients gradient_multipliers gradient_noise_scale
    learning_rate_decay_fn"""
# The optimizers that ``optimize_loss`` knows by a name.
_CLASSES = {
    "Adagrad": "{}.train.AdagradOptimizer({})",
    "Adam": "{}.train.AdamOptimizer({})",
    "Ftrl": "{}.train.FtrlOptimizer({})",
    "Momentum": "{}.train.MomentumOptimizer({}, momentum=0.9)",
    "RMSProp": "{}.train.RMSPropOptimizer({})",
    "SGD": "{}.train.GradientDescentOptimizer({})",
}
# What reads the summaries, or the variable of a learning rate, that ``optimize_loss`` makes.
_READERS = frozenset({"tf.summary.merge_all", "tf.merge_all_summaries", "tf.train.Saver", "tf.global_variables"})


@dataclass
class _Training:
    """The statements that train.

    Attributes:
        place: the call.
        given: its arguments.
        before: the statements.
        loss: the name of the loss.
        optimizer: the name of the optimizer.
        variables: the expression of those that are trained, or None for all.
        step: the expression of the global step, or None.
    """

    place: Place
    given: dict[str, ast.expr]
    loss: str
    optimizer: str
    before: list[str] = field(default_factory=list)
    variables: str | None = None
    step: str | None = None

    def written(self, pairs: str, clipping: Iterable[str], value: str) -> Written | None:
        """Returns the statements, of which the last gives a value to the op, which trains first.

        Args:
            pairs: the gradients, once they are clipped, with their variables; nothing if they are not.
            clipping: the statements that clip them.
            value: the expression of the value.
        """
        target, tf = self.place.target, self.place.tf
        if target is None:
            return None
        op = self.place.free("minimized")
        step = f", global_step={self.step}" if self.step else ""
        if pairs:
            lines = [*clipping, f"{op} = {self.optimizer}.apply_gradients({pairs}{step})"]
        else:
            lines = [f"{op} = {self.optimizer}.minimize({self.loss}{step}{self._var_list()})"]
        if self.place.facts.moving:
            head = f"with {tf}.control_dependencies({tf}.get_collection({tf}.GraphKeys.UPDATE_OPS)):"
            lines = [head, *(f"    {line}" for line in lines)]
        head = f"with {tf}.control_dependencies([{op}]):"
        return [*self.before, *lines, head, f"    {target} = {value}"], target

    def _var_list(self) -> str:
        return f", var_list={self.variables}" if self.variables else ""

    def computed(self) -> str:
        """Returns the expression of the gradients with their variables."""
        return f"{self.optimizer}.compute_gradients({self.loss}{self._var_list()})"


def _create_train_op(signature: str, place: Place) -> Written | None:
    """Trains and returns the loss, which it checks."""
    given = place.bound(signature)
    if given is None or not {"total_loss", "optimizer"} <= given.keys() or _asks_more(place, given):
        return None
    if "global_step" not in given and not steps.is_one(place):
        return None
    clip = place.literal(given.get("clip_gradient_norm"))
    checks = place.literal(given.get("check_numerics", ast.Constant(True)))
    if not isinstance(clip, int | float | None) or not isinstance(checks, bool):
        return None
    before: list[str] = []
    loss, optimizer = (place.named(given[name], name, before) for name in ("total_loss", "optimizer"))
    training = _Training(place, given, loss, optimizer, before)
    if place.literal(given.get("variables_to_train")) is not None:
        training.variables = place.text(given["variables_to_train"])
    if "global_step" not in given:
        training.step = steps.named(place, before)
    elif place.literal(given["global_step"]) is not None:
        training.step = place.text(given["global_step"])
    call = f"check_numerics({loss}, 'LossTensor is inf or nan')" if checks else f"identity({loss})"
    pairs = place.free("grads_and_vars") if clip else ""
    clipped = f"({place.tf}.clip_by_norm(gradient, {clip}), variable)"
    clipping = [
        f"{pairs} = {training.computed()}",
        f"{pairs} = [{clipped} for gradient, variable in {pairs} if gradient is not None]",
    ]
    return training.written(pairs, clipping, f"{place.tf}.{call}")


def _optimize_loss(place: Place) -> Written | None:
    """Trains with an optimizer that may be given by its name, and returns the loss."""
    given = place.bound(_OPTIMIZE)
    if given is None or not {"loss", "global_step", "learning_rate", "optimizer"} <= given.keys():
        return None
    clip = place.literal(given.get("clip_gradients"))
    increments = place.literal(given.get("increment_global_step", ast.Constant(True)))
    has_step = place.literal(given["global_step"]) is not None
    used = {value.name for value in place.facts.values.values() if isinstance(value, Symbol)}
    optimizer = _optimizer(place, given)
    if _asks_more(place, given) or optimizer is None or used & _READERS:
        return None
    if not isinstance(clip, float | None) or not isinstance(increments, bool):
        return None
    before: list[str] = []
    loss = place.named(given["loss"], "loss", before)
    if not optimizer.isidentifier():
        before.append(f"{place.free('optimizer')} = {optimizer}")
        optimizer = before[-1].partition(" ")[0]
    training = _Training(place, given, loss, optimizer, before)
    if place.literal(given.get("variables")) is not None:
        training.variables = place.text(given["variables"])
    if increments:
        # Without one it counts in that of the graph, if this has one.
        training.step = place.text(given["global_step"]) if has_step else steps.name_of(place)
    names = ("grads_and_vars", "gradients", "variables", "clipped")
    pairs, gradients, variables, clipped = (place.free(name) if clip is not None else "" for name in names)
    clipping = [
        f"{pairs} = {training.computed()}",
        f"{gradients}, {variables} = zip(*{pairs})",
        f"{clipped}, _ = {place.tf}.clip_by_global_norm({gradients}, {clip})",
    ]
    pairs = f"zip({clipped}, {variables})" if clip is not None else ""
    return training.written(pairs, clipping, f"{place.tf}.identity({loss})")


def _asks_more(place: Place, given: dict[str, ast.expr]) -> bool:
    """Says whether a call asks for what is not written out."""
    return any(place.literal(given.get(name)) not in (None, False) for name in _MORE.split())


def _optimizer(place: Place, given: dict[str, ast.expr]) -> str | None:
    """Returns the expression of the optimizer that ``optimize_loss`` is given; None if it is not known."""
    value = place.facts.values.get(given["optimizer"])
    rate = place.text(given["learning_rate"])
    if isinstance(value, Optimizer):
        return place.text(given["optimizer"])
    if isinstance(value, Symbol) and value.name.endswith("Optimizer"):
        return f"{place.text(given['optimizer'])}({rate})"
    if isinstance(value, Host) and isinstance(value.literal, str) and value.literal in _CLASSES:
        return _CLASSES[value.literal].format(place.tf, rate)
    return None


CALLS: dict[str, Writer] = {
    "tf.contrib.slim.learning.create_train_op": partial(_create_train_op, _SLIM),
    "tf.contrib.training.create_train_op": partial(_create_train_op, _TRAINING),
    "tf.contrib.layers.optimize_loss": _optimize_loss,
}
