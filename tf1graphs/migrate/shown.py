"""Finds the statements that print what a program knows of its graph, which TensorFlow 2 has only within functions."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tf1graphs.migrate import trees
from tf1graphs.migrate.facts.program import Facts
from tf1graphs.migrate.facts.values import Graph, Stage, Symbol, Tensor, Value, flat

# Functions and methods that change nothing.
_FUNCTIONS = frozenset({"print", "str", "repr", "len", "type", "list", "tuple", "int", "sorted"})
_METHODS = frozenset({"format", "join", "get_shape", "as_list", "as_graph_def", "get_operations", "num_elements"})


def is_of_graph(found: Facts, node: ast.stmt) -> bool:
    """Says whether all that a statement does is to print what is known of a graph, not what a run gives."""
    call = node.value if isinstance(node, ast.Expr) else None
    if call is None or not is_print(call):
        return False
    # Static shapes that are known are written out.
    known = {child for told in found.static for child in trees.walk(told)}
    parts = [child for child in trees.walk(call) if isinstance(child, ast.expr) and child not in known]
    calls = [child for child in parts if isinstance(child, ast.Call)]
    return any(_is_part(each) for each in _values(found, parts)) and all(_is_harmless(found, each) for each in calls)


def is_print(node: ast.AST) -> bool:
    """Says whether a node is a call of ``print``."""
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"


def _values(found: Facts, nodes: list[ast.expr]) -> Iterator[Value]:
    for node in nodes:
        if node in found.values:
            yield from flat(found.values[node])


def _is_part(value: Value) -> bool:
    return isinstance(value, Graph) or (isinstance(value, Tensor) and value.stage is not Stage.FIXED)


def _is_harmless(found: Facts, node: ast.Call) -> bool:
    if node in found.sites:
        return False
    if isinstance(node.func, ast.Name) and node.func.id in _FUNCTIONS:
        return True
    if isinstance(found.values.get(node.func), Symbol):
        return True
    return isinstance(node.func, ast.Attribute) and node.func.attr in _METHODS
