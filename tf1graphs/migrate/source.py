"""The text of a file, by the positions of its syntax tree."""

from __future__ import annotations

import ast
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from tf1graphs.migrate import trees


class Edit(NamedTuple):
    """Characters ``start`` to ``end`` of a source become ``text``."""

    start: int
    end: int
    text: str


class Source:
    """A file's text and syntax tree.

    Attributes:
        text: the text, with line feeds between lines.
        tree: its syntax tree.
    """

    def __init__(self, text: str) -> None:
        """Parses a text.

        Raises:
            SyntaxError: it is not Python 3.
        """
        self.text = text
        self.tree = trees.parse(text)
        self._lines = text.split("\n")
        self._starts = [0]
        for line in self._lines:
            self._starts.append(self._starts[-1] + len(line) + 1)

    @cached_property
    def nodes(self) -> Sequence[ast.AST]:
        """Every node of the syntax tree, outer ones first."""
        return trees.walk(self.tree)

    def offset(self, line: int, column: int) -> int:
        """Returns the position of a line (from 1) and a column in UTF-8 bytes (from 0)."""
        text = self._lines[line - 1]
        if not text.isascii():
            column = len(text.encode()[:column].decode())
        return self._starts[line - 1] + column

    def start(self, node: ast.AST) -> int:
        """Returns where a node begins."""
        return self.offset(node.lineno, node.col_offset)  # type: ignore[attr-defined]

    def end(self, node: ast.AST) -> int:
        """Returns where a node ends."""
        return self.offset(node.end_lineno, node.end_col_offset)  # type: ignore[attr-defined]

    def segment(self, node: ast.AST) -> str:
        """Returns the text of a node."""
        return self.text[self.start(node) : self.end(node)]

    def edited(self, start: int, end: int, edits: Iterable[Edit]) -> str:
        """Returns a part of the text after edits, which may not overlap."""
        parts, position = [], start
        for edit in sorted(edits):
            parts += [self.text[position : edit.start], edit.text]
            position = edit.end
        return "".join([*parts, self.text[position:end]])

    def first_line(self, statement: ast.stmt) -> int:
        """Returns the first line of a statement, that of its first decorator if it has one."""
        decorators: list[ast.expr] = getattr(statement, "decorator_list", [])
        return decorators[0].lineno if decorators else statement.lineno

    def lines(self, first: int, last: int) -> str:
        """Returns lines ``first`` to ``last`` (from 1, both included), without the newline of the last."""
        return "\n".join(self._lines[first - 1 : last])

    def line_start(self, line: int) -> int:
        """Returns where a line begins."""
        return self._starts[line - 1]

    def line_end(self, line: int) -> int:
        """Returns where a line ends, before its newline."""
        return self._starts[line] - 1

    def comments_above(self, statement: ast.stmt) -> list[str]:
        """Returns the comments that stand directly above a statement, without indentation."""
        found: list[str] = []
        line = self.first_line(statement) - 1
        while line > 0 and self._lines[line - 1].strip().startswith("#"):
            found.insert(0, self._lines[line - 1].strip())
            line -= 1
        return found

    def head_line(self, statement: ast.stmt) -> int:
        """Returns the first line of a statement, or that of the comments directly above it."""
        return self.first_line(statement) - len(self.comments_above(statement))

    def blank_end(self, line: int) -> int:
        """Returns the last of the blank lines that follow a line, or the line itself if none does."""
        while line < self.last_line and not self.lines(line + 1, line + 1).strip():
            line += 1
        return line

    def comment_behind(self, statement: ast.stmt) -> str:
        """Returns the comment that stands behind a statement, with the blanks before it, or nothing."""
        text = self.text[self.end(statement) : self.line_end(statement.end_lineno or statement.lineno)]
        return text if text.strip().startswith("#") else ""

    @property
    def last_line(self) -> int:
        """The number of the last line."""
        return len(self._lines)


@dataclass
class Lines:
    """Lines of Python that go into another place: of a string over several lines only the first is indented.

    Attributes:
        text: the lines, as they stand in the file.
        fixed: the numbers (from 0) of the lines that begin inside a string.
    """

    text: str
    fixed: frozenset[int] = field(default_factory=frozenset)

    def indented(self, old: int, new: int) -> str:
        """Returns the lines with ``new`` blanks before them in place of ``old``."""
        if old == new:
            return self.text
        return "\n".join(
            line if number in self.fixed or not line.strip() else _indented(line, old, new)
            for number, line in enumerate(self.text.split("\n"))
        )


def _indented(line: str, old: int, new: int) -> str:
    bare = line.lstrip()
    return " " * max(0, len(line) - len(bare) + new - old) + bare


def strings(node: ast.AST, first: int) -> frozenset[int]:
    """Returns the lines of a statement, counted from 0, that begin inside a string."""
    return frozenset(
        line - first
        for child in trees.walk(node)
        if isinstance(child, (ast.JoinedStr, ast.Constant)) and (child.end_lineno or 0) > child.lineno
        if isinstance(child, ast.JoinedStr) or isinstance(child.value, (str, bytes))
        for line in range(child.lineno + 1, (child.end_lineno or 0) + 1)
    )


def indent(text: str, blanks: int) -> str:
    """Returns lines of generated code, which have no strings over several lines, indented."""
    return textwrap.indent(text, " " * blanks)


def one_statement_per_line(text: str) -> str:
    """Returns a program in which each statement has lines of its own.

    Raises:
        SyntaxError: it is not Python 3.
    """
    source = Source(text)
    edits = []
    for parent in source.nodes:
        for name in ("body", "orelse", "finalbody"):
            body = getattr(parent, name, None)
            if isinstance(body, list) and not isinstance(parent, ast.Lambda):
                edits += list(_breaks(source, parent, body))
    return source.edited(0, len(text), edits) if edits else text


def _breaks(source: Source, parent: ast.AST, body: list[ast.stmt]) -> Iterator[Edit]:
    for before, node in zip(body, body[1:], strict=False):
        if source.first_line(node) == before.end_lineno:
            yield Edit(source.end(before), source.start(node), "\n" + " " * _column(parent, body))
    if body and not isinstance(parent, ast.Module):
        head = source.text[: source.start(body[0])].rstrip(" \t")
        if head.endswith(":") and "\n" not in source.text[len(head) : source.start(body[0])]:
            yield Edit(len(head), source.start(body[0]), "\n" + " " * _column(parent, body))


def _column(parent: ast.AST, body: list[ast.stmt]) -> int:
    column = getattr(parent, "col_offset", -4)
    return column + 4 if body[0].lineno == getattr(parent, "lineno", 0) else body[0].col_offset
