"""Which variables gradients reach."""

from __future__ import annotations

import ast

from tf1graphs.migrate.facts import syntax
from tf1graphs.migrate.facts.items import Item, closure
from tf1graphs.migrate.facts.program import Facts
from tf1graphs.migrate.facts.values import Elements, Symbol, Variable

# Where the methods of optimizers that compute gradients are told of what.
_PLACES = {"minimize": 2, "compute_gradients": 1}


def is_stopped(facts: Facts, item: Item) -> bool:
    """Says whether all a statement does is to give a name to something through which no gradient comes."""
    call = item.node.value if isinstance(item.node, ast.Assign) else None
    function = facts.values.get(call.func) if isinstance(call, ast.Call) else None
    return isinstance(function, Symbol) and function.name == "tf.stop_gradient"


def reached(facts: Facts, item: Item) -> set[str]:
    """Returns the names in 1.15 of the variables and layers that gradients of what a statement computes may reach."""
    stopped = [each for each in closure(item.reads) if is_stopped(facts, each)]
    return facts.names_of(closure(item.reads, stopped))


def leaves_alone(facts: Facts, trains: set[Item], item: Item) -> bool:
    """Says whether none of the statements that train changes a variable behind another statement."""
    if not trains or is_stopped(facts, item):
        return True
    calls = {call: _of(call) for each in trains for call in each.trains}
    names = facts.names_of(closure([item]))
    if list(calls.values()).count("apply_gradients") != list(calls.values()).count("compute_gradients"):
        return False
    lists = [listed(facts, call) for call, method in calls.items() if method in _PLACES]
    return all(each is not None and _parts(each).isdisjoint(names) for each in lists)


def _of(call: ast.Call) -> str:
    """Returns the name of the method that is called."""
    return call.func.attr if isinstance(call.func, ast.Attribute) else ""


def listed(facts: Facts, call: ast.Call) -> list[str] | None:
    """Returns the names of the variables that a call is told to train, or of all that it trains, if they are known."""
    given = syntax.argument(call, _PLACES.get(_of(call)), "var_list") or facts.trained.get(call)
    value = facts.values.get(given) if given is not None else None
    names = [each.name for each in value.elements if isinstance(each, Variable)] if isinstance(value, Elements) else []
    is_known = isinstance(value, Elements) and len(names) == len(value.elements)
    return [name for name in names if name] if is_known and all(names) else None


def _parts(names: list[str]) -> set[str]:
    """Returns the names of variables and of the layers in which they are."""
    return {name[:end] for name in names for end in range(len(name) + 1) if name[end : end + 1] in ("", "/")}
