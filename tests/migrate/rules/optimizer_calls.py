"""Applies the rules for optimizers and schedules to a call as it stands in a program."""

from __future__ import annotations

import ast
from typing import Any

from tf1graphs.migrate.calls import Argument, Call, Outcome, Refuse, Split
from tf1graphs.migrate.rules import all_rules

# What differs from one step of training to the next.
LATER = {"rate", "step"}


def outcome(source: str, has_row_gradients: bool = False) -> Outcome:
    """Returns what the rule makes of a call."""
    node = ast.parse(source, mode="eval").body
    assert isinstance(node, ast.Call)
    rule = all_rules()[ast.unparse(node.func)]
    given = [*zip(rule.parameters, node.args), *((each.arg, each.value) for each in node.keywords)]
    arguments = {name: _argument(source, value) for name, value in given}
    bound = {name: arguments[name] for name in rule.parameters if name in arguments}
    return rule.apply(Call(rule.name, bound, node, has_row_gradients=has_row_gradients))


def defined(found: Outcome) -> dict[str, Any]:
    """Returns the names that a text of an outcome may use."""
    import tensorflow as tf

    assert not isinstance(found, Refuse)
    names = {"tf": tf}
    for definition in found.needs:
        exec(definition.source, names)
    if isinstance(found, Split):
        names["schedule"] = eval(found.create, names)
    return names


def _argument(source: str, node: ast.expr) -> Argument:
    try:
        value = ast.literal_eval(node)
    except ValueError:
        value = ...
    is_later = any(isinstance(each, ast.Name) and each.id in LATER for each in ast.walk(node))
    return Argument(ast.get_source_segment(source, node) or "", value, is_later)
