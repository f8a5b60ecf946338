"""Writes calls of what ``functools.partial`` makes of a symbol of TensorFlow as calls of the symbol."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tf1graphs.migrate import trees
from tf1graphs.migrate.facts.program import Facts
from tf1graphs.migrate.facts.values import Symbol
from tf1graphs.migrate.rewriting.rewritten import Rewritten, edited
from tf1graphs.migrate.source import Edit, Source

_PARTIAL = frozenset({"partial", "functools.partial"})


def written_out(facts: Facts) -> Rewritten | None:
    """Returns a program that calls symbols themselves; None if it makes no such functions, or does more with them."""
    # One function at a time: what one is given may be a call of another.
    found = (list(_edits(facts, statement)) for statement in facts.source.tree.body)
    edits = next(filter(None, found), None)
    return edited(facts.source, edits) if edits else None


def _edits(facts: Facts, statement: ast.stmt) -> Iterator[Edit]:
    source = facts.source
    made = statement.value if isinstance(statement, ast.Assign) and len(statement.targets) == 1 else None
    target = statement.targets[0] if isinstance(statement, ast.Assign) else None
    if not isinstance(made, ast.Call) or not isinstance(target, ast.Name) or not _is_partial(facts, made):
        return
    uses = [each for each in source.nodes if isinstance(each, ast.Name) and each.id == target.id and each is not target]
    calls = {each.func: each for each in source.nodes if isinstance(each, ast.Call)}
    called = [calls[each] for each in uses if each in calls]
    if (
        not called
        or len(called) < len(uses)
        or not _is_lasting(source, made)
        or any(_is_unpacked(each) or _is_nested(each) for each in called)
    ):
        return
    yield Edit(source.line_start(statement.lineno), source.line_end(statement.end_lineno or 0) + 1, "")
    for call in called:
        given = {each.arg for each in call.keywords}
        more = [source.segment(each) for each in made.keywords if each.arg not in given]
        own = [source.segment(each) for each in [*made.args[1:], *call.args, *call.keywords]]
        text = f"{source.segment(made.args[0])}({', '.join([*own, *more])})"
        yield Edit(source.start(call), source.end(call), text)


def _is_partial(facts: Facts, node: ast.Call) -> bool:
    """Says whether a call gives a symbol of TensorFlow arguments."""
    is_plain = ast.unparse(node.func) in _PARTIAL and bool(node.args) and not _is_unpacked(node)
    return is_plain and isinstance(facts.values.get(node.args[0]), Symbol)


def _is_unpacked(node: ast.Call) -> bool:
    return any(isinstance(each, ast.Starred) for each in node.args) or any(not each.arg for each in node.keywords)


def _is_nested(node: ast.Call) -> bool:
    """Says whether a call has another one of the same function in its arguments, whose text is not its own."""
    inner = [each for each in trees.walk(node) if isinstance(each, ast.Call) and each is not node]
    return any(ast.unparse(each.func) == ast.unparse(node.func) for each in inner)


def _is_lasting(source: Source, made: ast.Call) -> bool:
    """Says whether arguments are the same wherever they stand."""
    read = {each.id for each in trees.walk(made) if isinstance(each, ast.Name)}
    stored = [each.id for each in source.nodes if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store)]
    arguments = {each.arg for each in source.nodes if isinstance(each, ast.arg)}
    calls = [each for each in trees.walk(made) if isinstance(each, ast.Call) and each is not made]
    return not calls and not read & arguments and all(stored.count(name) < 2 for name in read)
