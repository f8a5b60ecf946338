"""Questions about Python's syntax that need no knowledge of what names stand for."""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from tf1graphs.migrate import trees

Text = Callable[[ast.expr], str]
# The names that sessions have.
SESSIONS = frozenset({"sess", "session", "_sess", "_session"})
Run = Callable[[Sequence[ast.stmt]], None]


def is_main(node: ast.If) -> bool:
    """Says whether a statement is ``if __name__ == "__main__":``."""
    test = node.test
    return (
        isinstance(test, ast.Compare)
        and isinstance(test.left, ast.Name)
        and test.left.id == "__name__"
        and isinstance(test.comparators[0], ast.Constant)
    )


def loaded(target: ast.expr) -> ast.expr:
    """Returns a target as an expression that reads it."""
    result = copy.copy(target)
    if hasattr(result, "ctx"):
        result.ctx = ast.Load()
    return result


def root(node: ast.expr) -> str | None:
    """Returns the name from which attributes and elements are taken: ``a`` of ``a.b[0].c``."""
    while isinstance(node, (ast.Attribute, ast.Subscript)):
        node = node.value
    return node.id if isinstance(node, ast.Name) else None


def is_whole(statement: ast.stmt, node: ast.expr) -> bool:
    """Says whether a statement does nothing but give an expression's result a name."""
    return isinstance(statement, (ast.Assign, ast.Expr)) and statement.value is node


def only_name(statement: ast.stmt, node: ast.expr) -> str | None:
    """Returns the name that a statement gives to an expression's result, if that is all it does."""
    if not isinstance(statement, ast.Assign) or statement.value is not node or len(statement.targets) != 1:
        return None
    (target,) = statement.targets
    return target.id if isinstance(target, ast.Name) else None


def argument(node: ast.Call, place: int | None, *names: str) -> ast.expr | None:
    """Returns the expression of an argument, by its place and its names, or None if it is not given."""
    for keyword in node.keywords:
        if keyword.arg in names:
            return keyword.value
    return node.args[place] if place is not None and len(node.args) > place else None


def leaves(body: Sequence[ast.stmt]) -> bool:
    """Says whether a block ends by leaving its function."""
    return bool(body) and isinstance(body[-1], (ast.Return, ast.Raise))


def walk(body: Sequence[ast.AST]) -> Iterator[ast.AST]:
    """Yields the nodes of a block, without those of the functions and classes that it defines."""
    waiting = list(body)
    while waiting:
        node = waiting.pop()
        yield node
        if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)):
            waiting += trees.children(node)


def uses(node: ast.AST, is_it: Callable[[str], bool]) -> bool:
    """Says whether a name of some kind occurs anywhere in a node."""
    return any(isinstance(child, ast.Name) and is_it(child.id) for child in trees.walk(node))


def methods(node: ast.ClassDef | None) -> list[ast.FunctionDef]:
    """Returns the methods of a class."""
    return [each for each in node.body if isinstance(each, ast.FunctionDef)] if node else []


def method(node: ast.ClassDef | None, name: str) -> ast.FunctionDef | None:
    """Returns a method of a class by its name, or None."""
    return next((each for each in methods(node) if each.name == name), None)


def is_decorated(node: ast.AST | None, name: str) -> bool:
    """Says whether a function has a decorator of this name."""
    decorators = node.decorator_list if isinstance(node, ast.FunctionDef) else []
    return any(isinstance(each, ast.Name) and each.id == name for each in decorators)


def private(node: ast.AST) -> set[str]:
    """Returns the attributes whose names Python changes by the class in which they stand."""
    names = {child.attr for child in trees.walk(node) if isinstance(child, ast.Attribute)}
    return {name for name in names if name.startswith("__") and not name.endswith("__")}


def runs(node: ast.AST) -> bool:
    """Says whether something in a node may run a session."""
    return any(
        isinstance(child, ast.Attribute) and child.attr in ("run", "sess", "session") for child in trees.walk(node)
    )


def is_run_of_session(node: ast.AST) -> bool:
    """Says whether a node is the method ``run`` of what has the name of a session."""
    owner = node.value if isinstance(node, ast.Attribute) and node.attr == "run" else None
    name = owner.id if isinstance(owner, ast.Name) else owner.attr if isinstance(owner, ast.Attribute) else None
    return name in SESSIONS


def attributes(node: ast.ClassDef) -> set[str]:
    """Returns the names of a class's methods and of the attributes that they use."""
    return {method.name for method in methods(node)} | {
        child.attr
        for child in trees.walk(node)
        if isinstance(child, ast.Attribute) and isinstance(child.value, ast.Name) and child.value.id == "self"
    }


def stored(node: ast.AST) -> set[str]:
    """Returns the names that a statement gives a value."""
    return {child.id for child in trees.walk(node) if isinstance(child, ast.Name) and isinstance(child.ctx, ast.Store)}


def defined(nodes: Collection[ast.AST]) -> set[str]:
    """Returns the names that nodes give to something: values, parameters, functions and classes."""
    found = {each.id for each in nodes if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store)}
    found |= {each.arg for each in nodes if isinstance(each, ast.arg)}
    return found | {each.name for each in nodes if isinstance(each, (ast.FunctionDef, ast.ClassDef))}


def stored_attributes(method: ast.FunctionDef) -> set[str]:
    """Returns the names of the attributes of its object that a method gives a value."""
    own = method.args.args[0].arg if method.args.args else None
    return {
        child.attr
        for child in trees.walk(method)
        if isinstance(child, ast.Attribute) and isinstance(child.ctx, ast.Store)
        if isinstance(child.value, ast.Name) and child.value.id == own
    }


def is_attribute(statement: ast.stmt, name: str) -> bool:
    """Says whether a statement gives something to an attribute of this name."""
    targets = statement.targets if isinstance(statement, ast.Assign) else []
    return any(isinstance(target, ast.Attribute) and target.attr == name for target in targets)


def targets(node: ast.AST, name: str) -> Iterator[ast.Name]:
    """Yields the places where a statement gives a name to something."""
    for child in trees.walk(node):
        if isinstance(child, ast.Name) and child.id == name and isinstance(child.ctx, ast.Store):
            yield child


def read(node: ast.AST) -> set[str]:
    """Returns the names that a statement reads."""
    return {child.id for child in trees.walk(node) if isinstance(child, ast.Name) and isinstance(child.ctx, ast.Load)}


def is_alike(first: Mapping[str, ast.expr], second: Mapping[str, ast.expr]) -> bool:
    """Says whether arguments are written alike."""
    return {name: ast.dump(each) for name, each in first.items()} == {
        name: ast.dump(each) for name, each in second.items()
    }


def is_literal(node: ast.stmt) -> bool:
    """Says whether a statement gives names a number or another literal."""
    if not isinstance(node, ast.Assign):
        return False
    try:
        ast.literal_eval(node.value)
    except ValueError:
        return False
    return True
