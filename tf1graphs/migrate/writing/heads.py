"""Writes the heads of compound statements, those of functions with the parameters that they get and lose."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence

from tf1graphs.migrate.source import Edit, Lines
from tf1graphs.migrate.writing.comments import Comments
from tf1graphs.migrate.writing.passing import Passing
from tf1graphs.migrate.writing.texts import Texts


class Heads:
    """Writes the heads of one file."""

    def __init__(self, texts: Texts, passing: Passing, comments: Comments) -> None:
        self.source = texts.facts.source
        self.texts = texts
        self.passing = passing
        self.comments = comments

    def text(self, node: ast.stmt, first: ast.stmt, old: int, new: int) -> str:
        """Returns all that stands before the first statement of a block.

        Args:
            node: the compound statement.
            first: the first statement of its block.
            old: the column of the statement.
            new: the column that it gets.
        """
        end = self.source.line_end(self.comments.line_of_head(node, first))
        edits = [edit for edit in self.texts.head_edits(node) if edit.end <= end]
        if isinstance(node, ast.FunctionDef):
            edits += self._without(node, self.passing.parameters(node))
            edits += self._with_parameters(node)
        start = self.source.line_start(self.source.first_line(node)) + node.col_offset
        return Lines(" " * node.col_offset + self.source.edited(start, end, edits)).indented(old, new)

    def clause(self, node: ast.stmt | ast.ExceptHandler, first: ast.stmt, old: int, new: int) -> str:
        """Returns the line of ``except``, ``else`` or ``finally`` above the first statement of a block."""
        line = self.comments.line_of_head(node, first)
        return Lines(self.source.lines(line, line)).indented(old, new)

    def _with_parameters(self, node: ast.FunctionDef) -> Iterator[Edit]:
        """Yields the edit that adds parameters for the parts of a graph that a function read from outside of it."""
        names = self.passing.outside(node)
        if names:
            head = self.source.text[: self.source.start(node.body[0])]
            place = head.rindex(")", 0, head.rindex(":"))
            stay = [each for each in node.args.args if each not in self.passing.parameters(node)]
            is_empty = head[:place].rstrip().endswith("(") or not (stay or node.args.vararg or node.args.kwonlyargs)
            star = "*, " if node.args.defaults and not node.args.vararg and not node.args.kwonlyargs else ""
            yield Edit(place, place, ("" if is_empty else ", ") + star + ", ".join(names))

    def _without(self, node: ast.FunctionDef, dropped: Sequence[ast.arg]) -> Iterator[Edit]:
        """Yields the edits that remove parameters with the comma behind or, if they are the last, before them."""
        values = [*node.args.posonlyargs, *node.args.args]
        defaults = dict(zip(values[::-1], node.args.defaults[::-1], strict=False))
        ends = {each: self.source.end(defaults.get(each, each)) for each in values}
        last = len(values)
        is_end = not (node.args.vararg or node.args.kwonlyargs or node.args.kwarg)
        while is_end and last and values[last - 1] in dropped:
            last -= 1
        if last < len(values):
            start = ends[values[last - 1]] if last else self.source.start(values[0])
            yield Edit(start, ends[values[-1]], "")
        for each in values[:last]:
            if each in dropped:
                behind = re.match(r"\s*,\s*", self.source.text[ends[each] :])
                yield Edit(self.source.start(each), ends[each] + (behind.end() if behind else 0), "")
