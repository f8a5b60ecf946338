"""What calls stand for that make variables, placeholders and optimizers, and the names that they take."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from typing import TYPE_CHECKING

from tf1graphs.migrate.facts import collections, defaults, objects, operations, sizing, syntax
from tf1graphs.migrate.facts.values import (
    Elements,
    Host,
    Optimizer,
    Placeholder,
    Stage,
    Symbol,
    Value,
    Variable,
    latest,
)

if TYPE_CHECKING:
    from tf1graphs.migrate.facts.expressions import Expressions

_VARIABLES = frozenset({"tf.Variable", "tf.get_variable"})


def variable(self: Expressions, short: str, node: ast.Call) -> Value:
    """Returns what a call that makes or shares a variable stands for."""
    before, self.is_initial = self.is_initial, True
    own = _collections(self, short, node)
    self.arguments(node)
    defaults.given(self, f"tf.{short}", node)
    self.is_initial = before
    trainable = syntax.argument(node, 1 if short == "Variable" else None, "trainable")
    value = self.facts.values.get(trainable) if trainable is not None else None
    is_trainable = not (isinstance(value, Host) and value.literal is False)
    for each in [*node.args, *(keyword.value for keyword in node.keywords)]:
        if self.facts.values[each].stage is Stage.LATER:
            self.refuse(
                node, f"tf.{short}", "its initial value hangs on a placeholder", "start it with numbers, then assign"
            )
    is_new = short == "Variable"
    made = _new_variable(self, node, is_trainable) if is_new else _shared_variable(self, node, is_trainable)
    if isinstance(made, Variable) and made.sizes is None:
        made.sizes = sizing.variable(self.facts, short, node)
    if isinstance(made, Variable) and made.call is node:
        made.collections = own
        self.made.variables[made.name or ""] = made
    return made


def _collections(self: Expressions, short: str, node: ast.Call) -> frozenset[str]:
    """Returns the collections of the program's own into which a call puts its variable."""
    given = syntax.argument(node, 2 if short == "Variable" else 6, "collections")
    if given is None:
        return frozenset()
    self.facts.unread.add(given)
    value = self.apart(given)
    if isinstance(value, Host) and value.literal is None:
        return frozenset()
    keys = [collections.named(each) for each in value.elements] if isinstance(value, Elements) else [None]
    if None in keys or "variables" not in keys:
        reason = "into which collections it puts the variable is not known, or not among the variables"
        self.refuse(node, f"tf.{short}", reason, "write a list of them, with tf.GraphKeys.GLOBAL_VARIABLES")
    return frozenset(each for each in keys if each and each not in collections.STANDARD)


def _new_variable(self: Expressions, node: ast.Call, is_trainable: bool) -> Variable:
    name = self.names.variable(literal_text(self, node, None, "name") or "Variable")
    self.facts.note_name(node, name)
    note_created(self, node, name)
    return Variable(name=name, is_trainable=is_trainable, call=node)


def _shared_variable(self: Expressions, node: ast.Call, is_trainable: bool) -> Value:
    given = literal_text(self, node, 0, "name")
    if given is None:
        self.made.is_sure = False
        return Variable(is_trainable=is_trainable)
    name = self.names.shared(given)
    self.facts.note_name(node, name)
    note_created(self, node, name)
    variable = self.names.got.get(name)
    if variable is None:
        self.names.take(name)
        variable = self.names.got[name] = Variable(name=name, is_trainable=is_trainable, call=node)
        self.facts.created[name] = node
    elif self.facts.created.get(name) is not node:
        collections.share(self, node, name)
    return variable


def optimizer(self: Expressions, node: ast.Call) -> Value:
    """Returns what a call that makes an optimizer stands for."""
    # A learning rate that is known only in a run is set there: the optimizer itself does not hang on it.
    stage, reads = self.item.stage, set(self.item.reads)
    placeholders, self.item.placeholders = self.item.placeholders, set()
    self.arguments(node)
    self.item.stage = stage
    read, self.item.placeholders = self.item.placeholders, placeholders
    rate = syntax.argument(node, 0, "learning_rate")
    if rate is None or latest([self.facts.values[rate]]) is Stage.FIXED:
        return Optimizer()
    hangs_on = frozenset(self.item.reads - reads)
    self.item.reads = reads
    return Optimizer(rate=rate, reads=hangs_on, placeholders=frozenset(read))


def placeholder(self: Expressions, node: ast.Call, values: Sequence[Value]) -> Value:
    """Returns what ``tf.placeholder`` stands for."""
    del values
    dtype, shape = syntax.argument(node, 0, "dtype"), syntax.argument(node, 1, "shape")
    return _new_placeholder(self, node, dtype=dtype, shape=shape, default=None)


def placeholder_with_default(self: Expressions, node: ast.Call, values: Sequence[Value]) -> Value:
    """Returns what ``tf.placeholder_with_default`` stands for."""
    del values
    default, shape = syntax.argument(node, 0, "input"), syntax.argument(node, 1, "shape")
    return _new_placeholder(self, node, dtype=None, shape=shape, default=default)


def _new_placeholder(
    self: Expressions, node: ast.Call, dtype: ast.expr | None, shape: ast.expr | None, default: ast.expr | None
) -> Value:
    existing = self.facts.values.get(node)
    if isinstance(existing, Placeholder):
        return existing
    name = literal_text(self, node, 2, "name") or ""
    sizes = sizing.placeholder(self.facts, shape)
    value = Placeholder(Stage.LATER, sizes=sizes, name=name, call=node, dtype=dtype, shape=shape, default=default)
    note_op(self, "placeholder", node, value)
    return value


def note_op(self: Expressions, short: str, node: ast.Call, value: Value) -> None:
    """Notes the name of the op that a call creates."""
    name = literal_text(self, node, 2 if short == "placeholder" else None, "name")
    if name:
        path = self.names.op(name)
        if path and operations.is_named(short):
            # A name that is given twice is that of another graph.
            self.facts.operations[path] = None if path in self.facts.operations else operations.Named(value, node)
    else:
        self.names.unnamed(short)
    for each in node.args[1:]:
        if isinstance(each, ast.Constant) and isinstance(each.value, str) and each.value != name:
            self.names.unnamed(each.value)


def note_created(self: Expressions, node: ast.Call, name: str) -> None:
    """Notes the name of a variable or layer that a call makes."""
    self.created.append(name)
    self.facts.graphs.setdefault(node, self.names.graph)
    objects.note(self, name)
    self.rounds.append((node, (name,)))
    self.made.note(name, node, self.names.is_sure and not _is_unsure(self, node))
    if name not in self.facts.made_by[node]:
        self.facts.made_by[node].append(name)
    self.item.creates.add(node)
    trainable = syntax.argument(node, None, "trainable") or self.facts.given.get(node, {}).get("trainable")
    value = self.facts.values.get(trainable) if trainable is not None else None
    if isinstance(value, Host) and value.literal is False:
        self.made.frozen.add(name)
        function = self.facts.values.get(node.func)
        if not (isinstance(function, Symbol) and function.name in _VARIABLES):
            self.facts.frozen.add(name)


def _is_unsure(self: Expressions, node: ast.Call) -> bool:
    """Says whether a call gives what it makes a name that is not known."""
    given = [self.facts.values.get(each.value) for each in node.keywords if each.arg in ("name", "scope")]
    return any(isinstance(value, Host) and value.literal is ... for value in given)


def literal_text(self: Expressions, node: ast.Call, place: int | None, *names: str) -> str | None:
    """Returns the literal string of an argument, or None."""
    given = syntax.argument(node, place, *names)
    value = self.facts.values.get(given) if given is not None else None
    literal = value.literal if isinstance(value, Host) else None
    return literal if isinstance(literal, str) else None
