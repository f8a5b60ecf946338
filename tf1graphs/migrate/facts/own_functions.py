"""What the functions of a program are given and return, told by all of their calls."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tf1graphs.migrate import trees
from tf1graphs.migrate.facts import inheriting, syntax
from tf1graphs.migrate.facts.program import Facts
from tf1graphs.migrate.facts.values import Class, Function

# A value of which nothing is known.
_UNKNOWN = ast.Constant(None)


def around(facts: Facts, node: ast.AST) -> ast.FunctionDef | None:
    """Returns the innermost function in which a node stands, if there is one."""
    functions = [each for each in facts.source.nodes if isinstance(each, ast.FunctionDef)]
    found = [each for each in functions if any(child is node for child in trees.walk(each))]
    # Outer ones are met first.
    return found[-1] if found else None


def returned(facts: Facts, function: ast.FunctionDef) -> Iterator[ast.expr]:
    """Yields what a function returns."""
    if function in facts.recursive:
        yield _UNKNOWN
        return
    for each in syntax.walk(function.body):
        if isinstance(each, ast.Return):
            yield each.value or _UNKNOWN


def given(facts: Facts, function: ast.FunctionDef, parameter: str) -> Iterator[ast.expr]:
    """Yields what each call of a function gives to a parameter."""
    if function in facts.recursive:
        yield _UNKNOWN
        return
    calls = {each.func: each for each in facts.source.nodes if isinstance(each, ast.Call)}
    for node in facts.source.nodes:
        value = facts.values.get(node)
        is_made = isinstance(value, Class) and inheriting.constructor(value) is function
        if is_made or (isinstance(value, Function) and value.node is function):
            is_method = inheriting.is_bound(facts, node)  # type: ignore[arg-type]
            yield _argument(calls[node], function, parameter, is_method) if node in calls else _UNKNOWN


def _argument(call: ast.Call, function: ast.FunctionDef, parameter: str, is_method: bool) -> ast.expr:
    """Returns what a call gives to a parameter."""
    names = [each.arg for each in [*function.args.posonlyargs, *function.args.args]]
    if any(isinstance(each, ast.Starred) for each in call.args) or any(each.arg is None for each in call.keywords):
        return _UNKNOWN
    place = names.index(parameter) - is_method if parameter in names else None
    defaults = dict(zip(names[::-1], function.args.defaults[::-1], strict=False))
    return syntax.argument(call, place, parameter) or defaults.get(parameter, _UNKNOWN)
