"""Finds the statements that print what a program knows of its graph, which TensorFlow 2 has only within functions."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from tf1graphs.migrate import trees
from tf1graphs.migrate.facts import dtypes
from tf1graphs.migrate.facts.program import Facts
from tf1graphs.migrate.facts.values import Graph, Operation, Stage, Symbol, Tensor, Value, Variable, flat, shape

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
    asks = _is_once(found, node) and any(_asks(found, each) for each in parts)
    is_part = asks or any(_is_part(each) for each in _values(found, parts))
    return is_part and all(_is_harmless(found, each) for each in calls)


def _asks(found: Facts, node: ast.AST) -> bool:
    """Says whether a node is the name of a tensor or the op behind one, which no tensor of TensorFlow 2 has."""
    value = found.values.get(node.value) if isinstance(node, ast.Attribute) else None
    is_name = isinstance(value, Tensor) and not isinstance(value, Operation) and node.attr == "name"  # type: ignore[attr-defined]
    return is_name or (isinstance(value, (Tensor, Variable)) and node.attr == "op")  # type: ignore[attr-defined]


def told(found: Facts, node: ast.stmt, tf: str) -> dict[ast.AST, str] | None:
    """Returns the texts of what a statement prints of a graph, as 1.15 shows it; None if not all is known by reading.

    Args:
        found: what is known of the program.
        node: the statement.
        tf: how the file spells TensorFlow.
    """
    call = node.value if isinstance(node, ast.Expr) else None
    if not isinstance(call, ast.Call) or not _is_once(found, node):
        return None
    texts: dict[ast.AST, str] = {each: text for each in call.args if (text := _tensor(found, each))}
    waiting: list[ast.AST] = [each for each in trees.children(call) if each not in texts]
    while waiting:
        part = waiting.pop()
        if part in found.static:
            continue
        query = part.func if isinstance(part, ast.Call) and not part.args else part
        text = _attribute(found, query, tf) if isinstance(query, ast.Attribute) else None
        if text:
            texts[part] = text
        elif _asks(found, part) or any(map(_is_part, _values(found, [part]))):
            return None
        else:
            waiting += trees.children(part)
    return texts


def _is_once(found: Facts, node: ast.stmt) -> bool:
    """Says whether a statement is come to once only, so that it prints one thing."""
    item = found.items.get(node)
    if item is None or any(isinstance(each, (ast.For, ast.While)) for each in item.around):
        return False
    owner = item.owner.node
    name = owner.name if isinstance(owner, ast.FunctionDef) and item.owner.depth == 1 else None
    uses = [each for each in found.source.nodes if isinstance(each, ast.Name) and each.id == name]
    return isinstance(owner, ast.Module) or len(uses) == 1


def _attribute(found: Facts, node: ast.Attribute, tf: str) -> str | None:
    """Returns the name, dtype or static shape of a tensor."""
    is_op = isinstance(node.value, ast.Attribute) and node.value.attr == "op"
    value = found.values.get(node.value.value if is_op else node.value)  # type: ignore[attr-defined]
    path = found.path(value)
    if node.attr == "name" and is_op and isinstance(value, Variable):
        return repr(value.name) if value.name else None
    if node.attr == "name" and path:
        return repr(path if is_op else f"{path}:0")
    if node.attr in ("shape", "get_shape") and isinstance(value, Tensor):
        return None if value.sizes is None or ... in value.sizes else f"{tf}.TensorShape({list(value.sizes)})"
    dtype = dtypes.of_value(found, value) if node.attr == "dtype" and isinstance(value, Tensor) else None
    return f"{tf}.{dtype}" if dtype else None


def _tensor(found: Facts, node: ast.expr) -> str | None:
    """Returns what 1.15 prints of a tensor."""
    value = found.values.get(node)
    path, sizes = found.path(value), shape(value) if value else None
    dtype = dtypes.of_value(found, value) if isinstance(value, Tensor) else None
    if isinstance(value, Operation) or not path or not dtype or sizes is None or ... in sizes:
        return None
    written = ["?" if size is None else str(size) for size in sizes]
    return repr(f'Tensor("{path}:0", shape=({", ".join(written)}{"," * (len(written) == 1)}), dtype={dtype})')


def is_print(node: ast.AST) -> bool:
    """Says whether a node is a call of ``print``."""
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"


def _values(found: Facts, nodes: Sequence[ast.AST]) -> Iterator[Value]:
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
