"""Leaves out what a program does not come to with the values that a run of it has shown: it says so if it does."""

from __future__ import annotations

import ast

from tf1graphs.migrate.facts.program import Facts
from tf1graphs.migrate.source import Edit, Source

_RAISE = 'raise NotImplementedError("this branch was not migrated")'
_INDENT = 4


def without_unentered(facts: Facts) -> str:
    """Returns a program with an error in place of each such branch; all else keeps its line and column."""
    source = facts.source
    # What stands in a function may have been passed by in each of its calls.
    edits = {_edit(source, node, body) for node, body in facts.unentered()}
    outermost = [each for each in edits if not any(_is_around(other, each) for other in edits - {each})]
    return source.edited(0, len(source.text), outermost)


def _is_around(outer: Edit, inner: Edit) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _edit(source: Source, node: ast.If, body: list[ast.stmt]) -> Edit:
    first, last = source.first_line(body[0]), body[-1].end_lineno or 0
    start, end = source.line_start(first) + body[0].col_offset, source.line_end(last)
    text = _RAISE
    if body[0].col_offset == node.col_offset:
        text = f"else:\n{' ' * (node.col_offset + _INDENT)}{_RAISE}"
    return Edit(start, end, text + "\n" * (last - first - text.count("\n")))
