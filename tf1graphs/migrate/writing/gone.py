"""What the new program has no value for: sessions, and the parts of graphs."""

from __future__ import annotations

import ast
from collections.abc import Mapping

from tf1graphs.migrate.facts.values import (
    Elements,
    Graph,
    Initializer,
    Layer,
    Many,
    Placeholder,
    Scoping,
    Session,
    Stage,
    Tensor,
    Value,
    VariableList,
)


def is_gone(value: Value | None) -> bool:
    """Says whether the new program has nothing for what a name stands for: a session, or a part of a graph."""
    if isinstance(value, VariableList):
        return value.stage is Stage.LATER
    if isinstance(value, Elements):
        return bool(value.elements) and all(map(is_gone, value.elements))
    if isinstance(value, Many):
        return value.stage is Stage.LATER and is_gone(value.element)
    if isinstance(value, (Session, Graph, Initializer, Placeholder)):
        return True
    return isinstance(value, (Tensor, Layer)) and value.stage is not Stage.FIXED


def is_sharing(node: ast.stmt, values: Mapping[ast.AST, Value]) -> bool:
    """Says whether all a statement does is to say that variables are shared from there on."""
    if isinstance(node, ast.If):
        return all(is_sharing(each, values) for each in [*node.body, *node.orelse])
    call = node.value if isinstance(node, ast.Expr) else None
    is_method = isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute)
    return is_method and isinstance(values.get(call.func.value), Scoping)  # type: ignore[union-attr]
