"""Optimizers that train in several places, which Keras builds for the variables of all of them."""

from __future__ import annotations

import ast

from tf1graphs.migrate.facts.items import Item
from tf1graphs.migrate.facts.program import Facts
from tf1graphs.migrate.facts.symbols import argument
from tf1graphs.migrate.facts.values import Optimizer, Stage, VariableList

# Where the methods that compute gradients have their list of variables.
_PLACES = {"minimize": 2, "compute_gradients": 1}


def lists(found: Facts, optimizer: Optimizer) -> list[ast.expr | None]:
    """Returns the list of variables that each place gives an optimizer; None for one that gives it none."""
    calls = {
        call: call.func.attr
        for item in found.items.values()
        for call, trained in item.trains.items()
        if trained is optimizer and isinstance(call.func, ast.Attribute) and call.func.attr in _PLACES
    }
    return [argument(call, _PLACES[method], "var_list") for call, method in calls.items()]


def is_buildable(found: Facts, optimizer: Optimizer, items: set[Item]) -> bool:
    """Says whether some statements can build an optimizer: all its variables are named, and there by then."""
    values = [found.values.get(each) if each is not None else None for each in lists(found, optimizer)]
    calls = {call for item in items for call in item.creates}
    names = {name for call in calls for name in found.instances.get(call, ())}
    later = [each for each in values if isinstance(each, VariableList) and each.stage is Stage.LATER]
    made = [part for each in later for part in each.made.values() if not isinstance(part, str)]
    # Keras keeps something for each of its variables, 1.15 for those that have gradients: checkpoints would differ.
    is_there = all(call in calls or name in names for name, call in made)
    return None not in values and is_there and not found.savers
