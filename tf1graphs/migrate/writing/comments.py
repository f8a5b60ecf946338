"""Keeps the comments above statements, but for those about what TensorFlow 2 does not have."""

from __future__ import annotations

import ast
import re

from tf1graphs.migrate.facts.items import is_later
from tf1graphs.migrate.facts.program import Facts
from tf1graphs.migrate.facts.values import VariableList

_ABOUT = re.compile(r"session|initiali[sz]|placeholder|feed", re.IGNORECASE)


class Comments:
    """Reads the comments of one file."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.source = facts.source

    def above(self, node: ast.stmt) -> list[str]:
        """Returns the blank lines and comments above a statement."""
        line = self.source.first_line(node) - 1
        first = line
        while first > 0 and self._is_empty(first):
            first -= 1
        return self.source.lines(first + 1, line).split("\n") if first < line else []

    def kept(self, above: list[str], node: ast.stmt) -> list[str]:
        """Returns what stays of the comments above a statement that goes: not those that go with it or are about it."""
        item = self.facts.items.get(node)
        is_listed = isinstance(node, ast.Assign) and isinstance(self.facts.values.get(node.value), VariableList)
        if is_listed or (item is not None and is_later(item)):
            while above and above[-1].strip():
                above.pop()
        return [line for line in above if not _ABOUT.search(line)]

    def line_of_head(self, node: ast.stmt | ast.ExceptHandler, first: ast.stmt) -> int:
        """Returns the last line of what is above a block, without the comments above the block's first statement."""
        line = self.source.first_line(first) - 1
        while line > node.lineno and self._is_empty(line):
            line -= 1
        return line

    def _is_empty(self, line: int) -> bool:
        text = self.source.lines(line, line).strip()
        return not text or text.startswith("#")
