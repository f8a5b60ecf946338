"""The collections of tensors: losses, what regularizers add to them, and those that a program fills itself."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from tf1graphs.migrate import rules
from tf1graphs.migrate.facts import syntax
from tf1graphs.migrate.facts.items import Item, is_later
from tf1graphs.migrate.facts.values import Elements, Host, Many, Stage, Tensor, Value, latest

if TYPE_CHECKING:
    from tf1graphs.migrate.facts.expressions import Expressions

LOSSES = "losses"
REGULARIZATION = "regularization_losses"
_FILLS = re.compile(r"^tf\.losses\.(?!get_|add_loss$|Reduction)\w+$")
_REMEDY = "bind each to a name in the statement that makes it"


@dataclass(eq=False)
class Gathered:
    """What a collection of tensors holds.

    Attributes:
        names: the names of its tensors; None for one that has no name.
        layers: the layers whose regularizers added to it, as names in 1.15 and calls.
        items: the statements that make these.
        values: what its tensors stand for.
    """

    names: list[str | None] = field(default_factory=list)
    layers: list[tuple[str, ast.Call]] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    values: list[Value] = field(default_factory=list)

    def __add__(self, other: Gathered) -> Gathered:
        return Gathered(
            self.names + other.names,
            self.layers + other.layers,
            self.items + other.items,
            self.values + other.values,
        )


@dataclass(frozen=True)
class Taken:
    """An expression that takes what a collection holds, at the statement ``item``, as a sum or as a list."""

    gathered: Gathered
    item: Item
    is_sum: bool


def regularized(self: Expressions, name: str, node: ast.Call, layer: str) -> None:
    """Notes that a layer is made, whose regularizers add to the losses."""
    rule = rules.all_rules().get(name)
    given = dict(zip(rule.parameters if rule else (), node.args, strict=False))
    given |= {each.arg or "": each.value for each in node.keywords} | self.facts.given.get(node, {})
    values = [self.facts.values.get(each) for parameter, each in given.items() if parameter.endswith("_regularizer")]
    if layer in self.made.names or all(isinstance(each, Host) and each.literal is None for each in values):
        return
    gathered = self.made.gathered.setdefault(REGULARIZATION, Gathered())
    gathered.layers.append((layer, node))
    gathered.items.append(self.whole)


def filled(self: Expressions, name: str, node: ast.Call, value: Value) -> None:
    """Notes that a loss is made, which goes into the collection of losses."""
    given = syntax.argument(node, None, "loss_collection")
    stands_for = self.facts.values.get(given) if given is not None else Host(literal=LOSSES)
    if _FILLS.match(name) and not (isinstance(stands_for, Host) and stands_for.literal is None):
        _add(self, LOSSES, node, node, value, name.rpartition(".")[2])


def added(self: Expressions, node: ast.Call, values: Sequence[Value]) -> Value:
    """Notes what ``tf.add_to_collection`` adds."""
    from tf1graphs.migrate.facts.collections import key

    del values
    collection = key(self, syntax.argument(node, 0, "name"))
    given = syntax.argument(node, 1, "value")
    if collection is None or given is None:
        self.refuse(node, "tf.add_to_collection", "to which collection it adds is not known by reading", _REMEDY)
    else:
        name = "loss" if collection == LOSSES else re.sub(r"\W|^(?=\d)", "_", collection)
        _add(self, collection, node, given, self.facts.values[given], name)
        self.item.is_merge = isinstance(given, ast.Name)
    return Host(literal=None)


def added_loss(self: Expressions, node: ast.Call, values: Sequence[Value]) -> Value:
    """Notes what ``tf.losses.add_loss`` adds."""
    del values
    given = syntax.argument(node, 0, "loss")
    if given is not None:
        _add(self, LOSSES, node, given, self.facts.values[given], "loss")
        self.item.is_merge = isinstance(given, ast.Name)
    return Host(literal=None)


def _add(self: Expressions, collection: str, call: ast.Call, node: ast.expr, value: Value, name: str) -> None:
    gathered = self.made.gathered.setdefault(collection, Gathered())
    gathered.names.append(_name(self, call, node, value, name))
    gathered.items.append(self.whole)
    gathered.values.append(value)


def _name(self: Expressions, call: ast.Call, node: ast.expr, value: Value, name: str) -> str | None:
    """Returns the name of a tensor in a collection, a new one if its statement gives none; None if it has none."""
    statement = self.item.node
    if self.item.is_local or not self.names.is_sure:
        return None
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(statement, ast.Assign) and statement.value is node and isinstance(statement.targets[0], ast.Name):
        return statement.targets[0].id
    if not (isinstance(statement, ast.Expr) and statement.value is call):
        return None
    if statement not in self.facts.naming:
        taken = {each.id for each in self.source.nodes if isinstance(each, ast.Name)}
        taken |= {each for each, _ in self.facts.naming.values()}
        numbered = (f"{name}_{number}" for number in range(1, len(taken) + 2))
        free = name if name not in taken else next(each for each in numbered if each not in taken)
        self.facts.naming[statement] = free, node
    self.bind(self.facts.naming[statement][0], value, statement)
    return self.facts.naming[statement][0]


def taken(self: Expressions, node: ast.Call, gathered: Gathered, is_sum: bool = False) -> Value:
    """Returns what an expression stands for that takes what a collection holds."""
    names = [name or self.scope.name_of(value) for name, value in zip(gathered.names, gathered.values, strict=True)]
    gathered = replace(gathered, names=names)
    for name, value in zip(names, gathered.values, strict=True):
        found = self.scope.find(name) if name else None
        if found is None or found[0].value is not value:
            self.refuse(node, self.source.segment(node), "it takes a tensor that has no name here", _REMEDY)
        else:
            self.item.outer.setdefault(name or "", found[1])
            self.item.reads |= found[0].items - {self.item}
    if is_sum and not gathered.names + gathered.layers:
        self.refuse(node, self.source.segment(node), "nothing is in the collection", "write 0.0")
    if not self.names.is_sure or (gathered.layers and not self.made.is_sure):
        self.refuse(node, self.source.segment(node), "what the collection holds is not sure", _REMEDY)
    self.item.reads |= set(gathered.items) - {self.item}
    stage = max(latest(gathered.values), Stage.EITHER if gathered.layers else Stage.FIXED)
    stage = max([stage, *(each.stage for each in gathered.items if is_later(each))])
    self.item.stage = max(self.item.stage, stage)
    before = self.facts.taken.setdefault(node, Taken(gathered, self.item, is_sum))
    if (before.gathered.names, before.gathered.layers) != (gathered.names, gathered.layers):
        self.refuse(node, self.source.segment(node), "it takes other tensors from call to call", _REMEDY)
    if is_sum:
        return Tensor(stage)
    return Many(stage, Tensor(stage)) if gathered.layers else Elements(stage, tuple(gathered.values))


def has(self: Expressions, name: str) -> bool:
    """Says whether what a collection holds is followed."""
    return name in self.made.gathered or name in (LOSSES, REGULARIZATION)


def _of(self: Expressions, collection: str) -> Gathered:
    return self.made.gathered.get(collection, Gathered())


def _is_confined(self: Expressions, node: ast.Call, place: int) -> bool:
    """Says whether a call takes only what is in a scope, which is refused."""
    given = syntax.argument(node, place, "scope")
    value = self.facts.values.get(given) if given is not None else Host(literal=None)
    is_confined = not (isinstance(value, Host) and value.literal is None)
    if is_confined:
        self.refuse(node, self.source.segment(node.func), "the names of tensors in a scope are not followed", _REMEDY)
    return is_confined


def total(self: Expressions, node: ast.Call, values: Sequence[Value]) -> Value:
    """Returns what ``tf.losses.get_total_loss`` returns."""
    del values
    _is_confined(self, node, 2)
    given = syntax.argument(node, 0, "add_regularization_losses")
    literal = self.facts.values.get(given) if given is not None else Host(literal=True)
    if not isinstance(literal, Host) or not isinstance(literal.literal, bool):
        self.refuse(node, "tf.losses.get_total_loss", "what it adds is not known by reading", _REMEDY)
        return Tensor(Stage.LATER)
    gathered = _of(self, LOSSES) + (_of(self, REGULARIZATION) if literal.literal else Gathered())
    return taken(self, node, gathered, is_sum=True)


def _listed(collection: str, place: int, is_sum: bool) -> Callable[[Any, ast.Call, Sequence[Value]], Value]:
    def call(self: Expressions, node: ast.Call, values: Sequence[Value]) -> Value:
        del values
        _is_confined(self, node, place)
        return taken(self, node, _of(self, collection), is_sum)

    return call


CALLS: dict[str, Callable[[Any, ast.Call, Sequence[Value]], Value]] = {
    "add_to_collection": added,
    "losses.add_loss": added_loss,
    "losses.get_total_loss": total,
    "losses.get_losses": _listed(LOSSES, 0, is_sum=False),
    "losses.get_regularization_losses": _listed(REGULARIZATION, 0, is_sum=False),
    "losses.get_regularization_loss": _listed(REGULARIZATION, 0, is_sum=True),
}


def collection(self: Expressions, node: ast.Call, name: str, scope: Any) -> Value:
    """Returns what ``tf.get_collection`` returns for a collection of tensors."""
    if scope is not None:
        self.refuse(node, "tf.get_collection", "the names of tensors in a scope are not followed", _REMEDY)
    return taken(self, node, _of(self, name))
