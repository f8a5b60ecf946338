"""Writes out in full, still for TensorFlow 1, calls of ``tf.contrib`` that do several things at once."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tf1graphs.migrate import trees
from tf1graphs.migrate.facts.program import Facts
from tf1graphs.migrate.facts.values import Symbol
from tf1graphs.migrate.rewriting.longhand import losses, repeats, steps, training
from tf1graphs.migrate.rewriting.longhand.places import Place, Written
from tf1graphs.migrate.rewriting.rewritten import Rewritten, edited
from tf1graphs.migrate.source import Edit

_CALLS = {**losses.CALLS, **repeats.CALLS, **steps.CALLS, **training.CALLS}
_SIMPLE = (ast.Assign, ast.AnnAssign, ast.AugAssign, ast.Expr, ast.Return)
# What is evaluated inside of them is not evaluated once, before the statement ends.
_REPEATING = (ast.Lambda, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp, ast.IfExp, ast.BoolOp)


def written_out(facts: Facts) -> Rewritten | None:
    """Returns a program in which such calls are written out, one in each statement; None if there are none."""
    edits = list(_edits(facts))
    return edited(facts.source, edits) if edits else None


def _edits(facts: Facts) -> Iterator[Edit]:
    taken = {node.id for node in facts.source.nodes if isinstance(node, ast.Name)}
    for statement in facts.source.nodes:
        found = _written(facts, taken, statement) if isinstance(statement, _SIMPLE) else None
        if found is not None and isinstance(statement, ast.stmt):
            yield from _changes(facts, *found, statement)
            if any(steps.MAKES in line for line in found[0][0]):
                # What follows may read the step whose name it has got.
                return


def _written(facts: Facts, taken: set[str], statement: ast.stmt) -> tuple[Written, ast.Call] | None:
    """Returns what becomes of the first call in a statement that is written out, and the call; None without one."""
    for call in _calls(statement):
        function = facts.values.get(call.func)
        write = _CALLS.get(function.name) if isinstance(function, Symbol) else None
        written = write(Place(facts, call, statement, facts.tf, taken)) if write else None
        if written is not None:
            return written, call
    return None


def _calls(statement: ast.stmt) -> Iterator[ast.Call]:
    """Yields the calls that a statement evaluates just once, outer ones first."""
    waiting: list[ast.AST] = [statement]
    while waiting:
        node = waiting.pop(0)
        if isinstance(node, ast.Call):
            yield node
        if not isinstance(node, _REPEATING):
            waiting += trees.children(node)


def _changes(facts: Facts, written: Written, call: ast.Call, statement: ast.stmt) -> Iterator[Edit]:
    """Yields the changes of a statement: what comes before it, and the expression in place of a call."""
    source, (before, expression) = facts.source, written
    start, end = source.start(statement), source.end(statement)
    outer = steps.uncontrolled(facts, statement)
    if outer is not statement and len(before) == 1 and steps.MAKES in before[0]:
        yield Edit(source.start(outer), source.start(outer), f"{before.pop()}\n{' ' * outer.col_offset}")
    last = source.edited(start, end, [Edit(source.start(call), source.end(call), expression)])
    is_done = before and isinstance(statement, ast.Assign) and last == f"{expression} = {expression}"
    lines = before if is_done else [*before, last]
    yield Edit(start, end, f"\n{' ' * statement.col_offset}".join(lines))
