"""Refuses what hangs on TensorFlow's version, which would be otherwise in TensorFlow 2."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tf1graphs.migrate import shown, trees
from tf1graphs.migrate.facts import symbols
from tf1graphs.migrate.facts.program import Facts
from tf1graphs.migrate.facts.values import Symbol
from tf1graphs.migrate.refusals import Refusal


def asked(found: Facts) -> Iterator[Refusal]:
    """Yields the places where a program asks for the version; only to print it makes no difference."""
    if not found.sites:
        return
    harmless = {
        child
        for node in found.source.nodes
        if _is_shown(node) or _is_left_out(found, node)
        for child in trees.walk(node)
    }
    for node in found.source.nodes:
        if isinstance(node, ast.Attribute) and node.attr == "__version__" and node not in harmless:
            value = found.values.get(node.value)
            if isinstance(value, Symbol) and value.name == "tf":
                yield Refusal(node.lineno, "tf.__version__", "TensorFlow 2 has another one", "leave the test out")


def _is_shown(node: ast.AST) -> bool:
    """Says whether a node prints something, or is a statement that a notebook prints."""
    return shown.is_print(node) or (isinstance(node, ast.Expr) and isinstance(node.value, ast.Attribute))


def _is_left_out(found: Facts, node: ast.AST) -> bool:
    """Says whether a branch does nothing but what TensorFlow 2 needs to behave as 1.15."""
    body = node.body if isinstance(node, ast.If) and not node.orelse else []
    calls = [each.value.func for each in body if isinstance(each, ast.Expr) and isinstance(each.value, ast.Call)]
    names = [value.name for each in calls if isinstance(value := found.values.get(each), Symbol)]
    return bool(body) and len(names) == len(body) and set(names) <= symbols.BEHAVIOUR
