"""Finds the names that only say into which collections variables are put, for which the new program has no use."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

_KEYWORD = "collections"


def names(nodes: Sequence[ast.AST]) -> frozenset[str]:
    """Returns the names in a program that are read for nothing but the collections of variables."""
    calls = [node for node in nodes if isinstance(node, ast.Call)]
    functions = {node.name: node for node in nodes if isinstance(node, ast.FunctionDef)}
    passed = {value: name for call in calls for name, value in _passed(call, functions)}
    passed |= {each.value: _KEYWORD for call in calls for each in call.keywords if each.arg == _KEYWORD}
    loads = [node for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)]
    found: set[str] = set()
    while more := {node.id for node in loads if passed.get(node) in {_KEYWORD, *found}} - found:
        found |= more
    while others := found & {node.id for node in loads if passed.get(node) not in {_KEYWORD, *found}}:
        found -= others
    return frozenset(found)


def _passed(call: ast.Call, functions: dict[str, ast.FunctionDef]) -> Iterator[tuple[str, ast.expr]]:
    """Yields the arguments of a call of a function of the program, with the parameters that get them."""
    function = functions.get(call.func.id) if isinstance(call.func, ast.Name) else None
    if function is not None and not any(isinstance(each, ast.Starred) for each in call.args):
        for value, parameter in zip(call.args, function.args.args, strict=False):
            yield parameter.arg, value
        yield from ((each.arg, each.value) for each in call.keywords if each.arg)


def pairs(node: ast.Assign, unread: frozenset[str]) -> list[tuple[ast.expr, ast.expr]] | None:
    """Returns the targets of an assignment and what these get, without names that are not read; None if it has none."""
    target, value = node.targets[0], node.value
    targets, values = [target], [value]
    if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple) and len(target.elts) == len(value.elts):
        targets, values = target.elts, value.elts
    found = list(zip(targets, values, strict=True))
    kept = [
        each for each in found if not (isinstance(each[0], ast.Name) and each[0].id in unread and _is_list(each[1]))
    ]
    return kept if len(kept) < len(found) and len(node.targets) == 1 else None


def _is_list(node: ast.expr) -> bool:
    """Says whether an expression only lists collections."""
    parts = node.elts if isinstance(node, (ast.List, ast.Tuple)) else []
    return bool(parts) and all(isinstance(each, (ast.Constant, ast.Attribute)) for each in parts)
