"""Says when something is created that a statement creates in a branch, which moves into a function without it."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tf1graphs.migrate import trees
from tf1graphs.migrate.facts import syntax
from tf1graphs.migrate.facts.values import Host, Stage
from tf1graphs.migrate.refusals import Refusal
from tf1graphs.migrate.writing.texts import Texts

_Branch = ast.If | ast.IfExp | ast.Try


def created(texts: Texts, statement: ast.stmt, call: ast.Call, expression: str) -> str:
    """Returns the expression that creates an object before a statement, which may do so in one of its branches.

    Args:
        texts: what is asked for the migrated text of tests.
        statement: the statement that moves into a function.
        call: the call in it that created the object.
        expression: what creates the object in its place.
    """
    if ".keras.layers." in expression:
        # A layer makes its variables only when it is called.
        return expression
    branches = list(_around(statement, call))
    stored = {name for branch, _ in branches for name in syntax.stored(branch)}
    # What the object is only called with does not matter.
    read = syntax.read(ast.parse(expression))
    named = [node for node in trees.walk(call) if isinstance(node, ast.Name) and node.id in stored]
    if any(syntax.root(ast.parse(texts.text(node), mode="eval").body) in read for node in named):
        reason = "what it is created from is computed in a branch"
        texts.facts.refusals.add(Refusal(call.lineno, ast.unparse(call.func), reason, "compute it before the branch"))
    tests = [
        texts.text(branch.test) if is_body else f"not {_negated(texts.text(branch.test))}"
        for branch, is_body in branches
        if not isinstance(branch, ast.Try) and _is_open(texts, branch.test)
    ]
    return f"{expression} if {' and '.join(tests)} else None" if tests else expression


def _negated(test: str) -> str:
    return test if test.replace(".", "").isidentifier() else f"({test})"


def _is_open(texts: Texts, test: ast.expr) -> bool:
    """Says whether a test is one of Python, of which reading does not tell the result."""
    value = texts.facts.literals.get(test)
    is_known = isinstance(value, Host) and value.literal is not ...
    is_of_shape = any(node in texts.facts.queries for node in trees.walk(test))
    if is_known or is_of_shape or texts.facts.stages.get(test) is not Stage.FIXED:
        return False
    names = [node for node in trees.walk(test) if isinstance(node, ast.Name)]
    return not any(item.is_local for name in names for item in texts.facts.bound_by.get(name, ()))


def _around(node: ast.AST, call: ast.Call) -> Iterator[tuple[_Branch, bool]]:
    """Yields the branches around a call, from the outside, and whether it stands in the first part of each."""
    for name, value in ast.iter_fields(node):
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST) and any(each is call for each in trees.walk(child)):
                if isinstance(node, _Branch) and name != "test":
                    yield node, name == "body"
                yield from _around(child, call)
