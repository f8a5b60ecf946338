"""The text of a program in which a function stands where it is called."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from tf1graphs.migrate.facts import syntax
from tf1graphs.migrate.rewriting.inlining import comments
from tf1graphs.migrate.rewriting.inlining.calls import OnlyCall
from tf1graphs.migrate.rewriting.inlining.naming import Naming
from tf1graphs.migrate.rewriting.inlining.results import Result
from tf1graphs.migrate.rewriting.rewritten import Rewritten, edited
from tf1graphs.migrate.source import Lines, strings

# A line, and the number that it had.
_Row = tuple[str, int]


def written_out(call: OnlyCall) -> Rewritten | None:
    """Returns the program with the function in place of its call; None if its names cannot be those of the caller."""
    naming = Naming(call)
    if not naming.is_possible or any(strings(value, 0) for _, value in naming.assigned):
        return None
    rows = list(_Place(call, naming).rows())
    return Rewritten("\n".join(line for line, _ in rows), [number for _, number in rows])


class _Place:
    """A function's lines, and the place that they go to."""

    def __init__(self, call: OnlyCall, naming: Naming) -> None:
        self.call = call
        self.naming = naming
        self.source = call.source
        self.result = Result(call, naming)
        self.first, self.last = call.function.lineno, self._last()
        self.column = " " * call.statement.col_offset
        self.comments = dict(comments.of(self.source.text))

    def _last(self) -> int:
        """Returns the last line of the function, that of a comment in it or not."""
        last = end = self.call.function.end_lineno or 0
        while end < self.source.last_line:
            end += 1
            line = self.source.lines(end, end)
            if line.strip() and (not line.startswith(" ") or not line.strip().startswith("#")):
                break
            last = end if line.strip() else last
        return last

    def rows(self) -> Iterator[_Row]:
        """Yields the lines of the program."""
        program = edited(self.source, self.result.edits())
        rows = list(zip(program.text.split("\n"), program.lines, strict=True))
        start = self.first - len(self.source.comments_above(self.call.function))
        behind = self.source.blank_end(self.last)
        statement = self.call.statement
        is_written = False
        for line, number in rows:
            if statement.lineno <= number <= (statement.end_lineno or 0):
                yield from () if is_written else self._block(rows)
                is_written = True
            elif not start <= number <= behind:
                yield line, number

    def _block(self, rows: Sequence[_Row]) -> Iterator[_Row]:
        """Yields the lines that take the place of the call."""
        own = self.source.comments_above(self.call.function)
        begin = self._begin()
        own += [text for number, text in self.comments.items() if self.first <= number < begin]
        statement = self.call.statement
        inside = range(statement.lineno, (statement.end_lineno or 0) + 1)
        own += [text for number, text in self.comments.items() if number in inside]
        yield from ((self.column + text, self.first) for text in own)
        for name, value in self.naming.assigned:
            if self._is_needed(name, value):
                is_long = (value.end_lineno or 0) > value.lineno
                text = ast.unparse(value) if is_long else self.source.segment(value)
                yield f"{self.column}{name} = {text}", statement.lineno
        yield from self._body(rows, begin)

    def _begin(self) -> int:
        """Returns the first line of the function's statements, or of the comments above them."""
        line = self.call.body[0].lineno
        docstring = self.call.function.body[0]
        head = docstring.end_lineno if docstring not in self.call.body else self.call.function.lineno
        while line - 1 > (head or 0) and self.source.lines(line - 1, line - 1).strip()[:1] in ("", "#"):
            line -= 1
        return line

    def _body(self, rows: Sequence[_Row], begin: int) -> Iterator[_Row]:
        fixed = strings(self.call.function, 0)
        inside = [(line, number) for line, number in rows if begin <= number <= self.last]
        result = self.call.result
        ended = range(result.lineno, (result.end_lineno or 0) + 1) if result else range(0)
        while inside and not inside[0][0].strip():
            inside.pop(0)
        kept = [(line, number) for line, number in inside if line.strip() or number not in ended]
        while kept and not kept[-1][0].strip():
            kept.pop()
        text = "\n".join(line for line, _ in kept)
        places = frozenset(place for place, (_, number) in enumerate(kept) if number in fixed)
        old, new = self.call.body[0].col_offset, self.call.statement.col_offset
        if kept:
            moved = Lines(text, places).indented(old, new).split("\n")
            yield from zip(moved, (number for _, number in kept), strict=True)

    def _is_needed(self, name: str, value: ast.expr) -> bool:
        """Says whether a parameter is read, or what it is given does something."""
        new = {self.naming.renamed.get(each, each) for node in self.call.body for each in syntax.read(node)}
        return name in new or not isinstance(value, (ast.Name, ast.Constant, ast.Attribute))
