"""The moving averages of layers, and the collection of the ops that move them."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tf1graphs.migrate import rules
from tf1graphs.migrate.facts import syntax
from tf1graphs.migrate.facts.items import Item
from tf1graphs.migrate.facts.values import Host, Layer, Stage, Updates, Value

if TYPE_CHECKING:
    from tf1graphs.migrate.facts.expressions import Expressions

# The layers with moving averages, the parameter that says whether these move, and its default.
_NORMALIZERS: dict[str, tuple[str, bool]] = {
    "tf.layers.batch_normalization": ("training", False),
    "tf.contrib.layers.batch_norm": ("is_training", True),
    "tf.contrib.slim.batch_norm": ("is_training", True),
}


@dataclass(frozen=True)
class Moving:
    """A layer's moving averages, which move where the statement ``item`` calls it.

    Attributes:
        node: the call.
        item: the statement of an owner in which it stands.
        training: what says whether they move.
        scope: what the names of its ops begin with.
    """

    node: ast.Call
    item: Item
    training: Value
    scope: str


def called(self: Expressions, name: str, node: ast.Call) -> None:
    """Notes the updates that a layer puts into ``UPDATE_OPS``."""
    if node in self.facts.normalizers:
        name = self.facts.normalizers[node].name
    if name not in _NORMALIZERS:
        return
    parameter, default = _NORMALIZERS[name]
    training = _argument(self, name, node, parameter) or Host(literal=default)
    collections = _argument(self, name, node, "updates_collections")
    is_in_place = isinstance(collections, Host) and collections.literal is None
    never = isinstance(training, Host) and training.literal is not ... and not training.literal
    if not is_in_place and not never:
        moving = Moving(node, self.whole, training, self.names.prefixes[1])
        self.facts.moving.append(moving)
        self.made.moving.append(moving)


def called_object(self: Expressions, layer: Layer, node: ast.Call) -> None:
    """Notes the updates of a layer that is an object; those of ``tf.keras`` go into no collection."""
    if not layer.symbol.endswith("layers.BatchNormalization"):
        return
    given = syntax.argument(node, 1, "training")
    training = self.facts.values.get(given) if given is not None else None
    if training is None or (isinstance(training, Host) and training.literal in (False, None)):
        return
    moving = Moving(node, self.whole, training, self.names.prefixes[1])
    self.facts.moving.append(moving)
    if not layer.symbol.startswith("keras."):
        self.made.moving.append(moving)


def _argument(self: Expressions, name: str, node: ast.Call, parameter: str) -> Value | None:
    """Returns what an argument stands for, or None if it is not given."""
    if node in self.facts.normalizers:
        given = self.facts.normalizers[node].arguments.get(parameter)
        return self.facts.values[given] if given is not None else None
    parameters = rules.all_rules()[name].parameters
    given = syntax.argument(node, parameters.index(parameter) if parameter in parameters else None, parameter)
    given = given or self.facts.given.get(node, {}).get(parameter)
    return self.facts.values.get(given) if given is not None else None


def updates(self: Expressions, node: ast.Call, scope: str | None) -> Value:
    """Returns the updates; what runs them hangs on the statements that call the layers."""
    if scope is not None and not self.names.is_sure:
        self.refuse(node, "tf.get_collection", "the names in this scope are not known by reading", "leave scope out")
    found = {each.item for each in self.made.moving if scope is None or re.match(scope, each.scope)}
    self.item.reads |= found - {self.item}
    self.item.updates |= found
    self.item.stage = Stage.LATER
    self.item.is_merge = syntax.is_whole(self.item.node, node)
    return Updates(Stage.LATER)
