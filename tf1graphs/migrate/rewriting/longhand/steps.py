"""The global step: a variable that has a name."""

from __future__ import annotations

import ast

from tf1graphs.migrate import trees
from tf1graphs.migrate.facts.program import Facts
from tf1graphs.migrate.facts.values import Symbol
from tf1graphs.migrate.rewriting.longhand.places import Place, Writer, Written

_MODULES = ("tf.train", "tf.contrib.framework", "tf.contrib.slim")
MAKES = "get_or_create_global_step"
_GRAPHS = frozenset({"tf.Graph", "tf.reset_default_graph"})
_ALL = frozenset(f"{module}.{name}" for module in _MODULES for name in (MAKES, "create_global_step", "get_global_step"))


def _global_step(place: Place) -> Written | None:
    """Reads the name that another statement gives to the step, or gives it one."""
    function = place.facts.values.get(place.call.func)
    if place.call.args or place.call.keywords or not isinstance(function, Symbol) or not is_one(place):
        return None
    if place.target is not None and name_of(place) is None:
        # It has a name, which the calls behind it read.
        own = function.name.rpartition(".")[2]
        return None if function.name.startswith("tf.train.") else ([], f"{place.tf}.train.{own}()")
    if function.name.endswith(".get_global_step"):
        known = name_of(place)
        return None if known is None else ([], known)
    before: list[str] = []
    return before, named(place, before)


def is_one(place: Place) -> bool:
    """Says whether the program has one graph, and so one step."""
    calls = [node for node in place.facts.source.nodes if isinstance(node, ast.Call)]
    values = [place.facts.values.get(call.func) for call in calls]
    return not any(isinstance(value, Symbol) and value.name in _GRAPHS for value in values)


def named(place: Place, before: list[str]) -> str:
    """Returns the name of the global step, which a statement before makes if there is none yet."""
    known = name_of(place)
    if known is not None:
        return known
    name = place.free("global_step")
    before.append(f"{name} = {place.tf}.train.{MAKES}()")
    return name


def uncontrolled(facts: Facts, statement: ast.stmt) -> ast.stmt:
    """Returns a statement, or the outermost one around it that only says what is run before it."""
    outer = statement
    for node in reversed(facts.source.nodes):
        if isinstance(node, ast.With) and outer in node.body:
            functions = [facts.values.get(getattr(part.context_expr, "func", part.context_expr)) for part in node.items]
            is_control = all(isinstance(each, Symbol) and each.name == "tf.control_dependencies" for each in functions)
            outer = node if is_control else outer
    return outer


def name_of(place: Place) -> str | None:
    """Returns the name that a statement before gives to the global step, and that nothing else has."""
    nodes = place.facts.source.nodes
    stores = [each.id for each in nodes if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store)]
    inside = [each for each in nodes if isinstance(each, (ast.FunctionDef, ast.ClassDef))]
    for node in nodes:
        if isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
            function = place.facts.values.get(node.value.func) if isinstance(node.value, ast.Call) else None
            name = node.targets[0].id
            is_step = isinstance(function, Symbol) and function.name in _ALL and stores.count(name) == 1
            around = [each for each in inside if node in trees.walk(each)]
            is_seen = all(place.statement in trees.walk(each) for each in around)
            if is_step and is_seen and node.lineno < place.statement.lineno:
                return name
    return None


CALLS: dict[str, Writer] = dict.fromkeys(_ALL, _global_step)
