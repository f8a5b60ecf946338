"""Finds the function of a program that builds its whole graph, and where it is called."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass

from tf1graphs.migrate import trees
from tf1graphs.migrate.facts.items import Item
from tf1graphs.migrate.facts.program import Facts
from tf1graphs.migrate.facts.values import Function


@dataclass(frozen=True)
class Builder:
    """A function that makes all variables and trains them.

    Attributes:
        node: the function.
        call: the only call of it.
        item: the statement of the call.
    """

    node: ast.FunctionDef
    call: ast.Call
    item: Item

    def is_before(self, item: Item) -> bool:
        """Says whether it is always called before a statement of the same module or function."""
        own = self.item
        return own.owner is item.owner and own.order < item.order and set(own.around) <= set(item.around)


def builder(facts: Facts) -> Builder | None:
    """Returns the function that makes all variables and trains them, if there is one and it is called in one place."""
    calls = {node: value.node for node in facts.values if (value := _called(facts, node))}
    makers = [each for each in facts.items.values() if each.creates or each.trains]
    owners = {each.owner for each in makers if not _calls_owner(facts, each, calls)}
    if len(owners) != 1:
        return None
    (owner,) = owners
    own = [node for node, function in calls.items() if function is owner.node]
    items = [each for each in facts.items.values() if own and own[0] in trees.walk(each.node)]
    item = max((each for each in items if each.owner is not owner), key=lambda each: each.order, default=None)
    if not isinstance(owner.node, ast.FunctionDef) or len(own) != 1 or item is None:
        return None
    assert isinstance(own[0], ast.Call)
    return Builder(owner.node, own[0], item)


def _called(facts: Facts, node: ast.AST) -> Function | None:
    """Returns the function of the program that a node calls."""
    value = facts.values.get(node.func) if isinstance(node, ast.Call) else None
    return value if isinstance(value, Function) else None


def _calls_owner(facts: Facts, item: Item, calls: Mapping[ast.AST, ast.AST | None]) -> bool:
    """Says whether a statement makes variables only in that it calls a function whose statements are items, too."""
    owners = {each.node for each in facts.owners}
    return any(calls.get(each) in owners for each in item.creates if each in calls)
