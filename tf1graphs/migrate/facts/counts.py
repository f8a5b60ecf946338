"""Says which expressions are known to be whole numbers."""

from __future__ import annotations

import ast
from collections.abc import Iterable

from tf1graphs.migrate.facts import syntax

_WHOLE = (ast.Add, ast.Sub, ast.Mult, ast.FloorDiv, ast.Mod)
_COUNTING = ("range", "xrange", "enumerate")


def is_whole(node: ast.expr, nodes: Iterable[ast.AST]) -> bool:
    """Says whether an expression is known to be a whole number.

    Args:
        node: the expression.
        nodes: those of the file.
    """
    if isinstance(node, ast.Constant):
        return isinstance(node.value, int)
    if isinstance(node, ast.BinOp):
        return isinstance(node.op, _WHOLE) and is_whole(node.left, nodes) and is_whole(node.right, nodes)
    if isinstance(node, ast.Call):
        return isinstance(node.func, ast.Name) and node.func.id in ("int", "len")
    return isinstance(node, ast.Name) and _counts(node.id, nodes)


def _counts(name: str, nodes: Iterable[ast.AST]) -> bool:
    """Says whether all that gives a name a value counts something."""
    stores = sum(isinstance(each, ast.Name) and each.id == name and isinstance(each.ctx, ast.Store) for each in nodes)
    is_parameter = any(isinstance(each, ast.arg) and each.arg == name for each in nodes)
    return not is_parameter and sum(_is_counting(each, name, nodes) for each in nodes) == stores > 0


def _is_counting(node: ast.AST, name: str, nodes: Iterable[ast.AST]) -> bool:
    """Says whether a statement gives a name a whole number."""
    if isinstance(node, ast.For) and isinstance(node.iter, ast.Call) and isinstance(node.iter.func, ast.Name):
        is_pair = node.iter.func.id == "enumerate" and isinstance(node.target, ast.Tuple)
        target = node.target.elts[0] if is_pair and isinstance(node.target, ast.Tuple) else node.target
        return node.iter.func.id in _COUNTING and _is_name(target, name)
    if isinstance(node, ast.Assign):
        is_new = len(node.targets) == 1 and _is_name(node.targets[0], name) and name not in syntax.read(node.value)
        return is_new and is_whole(node.value, nodes)
    if isinstance(node, ast.AugAssign):
        is_constant = isinstance(node.value, ast.Constant) and isinstance(node.value.value, int)
        return _is_name(node.target, name) and isinstance(node.op, _WHOLE) and is_constant
    return False


def _is_name(node: ast.expr, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name
