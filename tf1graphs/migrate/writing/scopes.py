"""Takes the scopes of names out of statements that move into functions as a whole, such as loops."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tf1graphs.migrate import trees
from tf1graphs.migrate.facts.program import Facts
from tf1graphs.migrate.facts.values import Scoping, Stage
from tf1graphs.migrate.source import Edit

_COMPOUND = (ast.For, ast.If, ast.While, ast.With)


class Scopes:
    """The scopes of one file."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._source = facts.source
        # Lines that a string holds may not be indented anew, and are told by their numbers.
        compound = [node for node in facts.source.nodes if isinstance(node, _COMPOUND)]
        self._is_plain = not any(_is_long_string(each) for node in compound for each in trees.walk(node))

    def is_gone(self, node: ast.With) -> bool:
        """Says whether all that a ``with`` statement does is to give names."""
        return self._is_plain and all(part.optional_vars is None and self._is_scope(part) for part in node.items)

    def _is_scope(self, part: ast.withitem) -> bool:
        value = self._facts.values.get(part.context_expr)
        return isinstance(value, Scoping) and value.stage is Stage.FIXED

    def edits(self, node: ast.With, inner: list[Edit]) -> Iterator[Edit]:
        """Yields the edits that leave of a ``with`` statement its block alone, with those of the block."""
        first, column = node.body[0], node.col_offset
        head = self._source.text[self._source.end(node.items[-1].context_expr) : self._source.start(first)]
        above = [f"#{line.partition('#')[2]}\n{' ' * column}" for line in head.split("\n") if "#" in line]
        yield Edit(self._source.start(node), self._source.start(first), "".join(above))
        for line in range(first.lineno + 1, (node.end_lineno or 0) + 1):
            start = self._source.line_start(line)
            is_inside = any(edit.start < start < edit.end for edit in inner)
            if not is_inside and not self._source.text[start : start + first.col_offset].strip(" \t"):
                yield Edit(start + column, start + first.col_offset, "")
        yield from inner


def _is_long_string(node: ast.AST) -> bool:
    is_string = isinstance(node, ast.JoinedStr) or (
        isinstance(node, ast.Constant) and isinstance(node.value, (str, bytes))
    )
    return is_string and (node.end_lineno or 0) > node.lineno  # type: ignore[attr-defined]
