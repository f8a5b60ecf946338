"""Facts of programs, by the texts of expressions."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from typing import Any

from tf1graphs.migrate.facts.trace import TENSOR, VALUE, Seen, place
from tf1graphs.migrate.source import one_statement_per_line

IS_TENSOR = object()


def nodes(text: str) -> list[ast.expr]:
    """Returns the expressions of a program."""
    found = [node for node in ast.walk(ast.parse(one_statement_per_line(text))) if isinstance(node, ast.expr)]
    # Before Python 3.12 what is formatted stands where its string does.
    return [node for node in found if not isinstance(node, ast.FormattedValue)]


def seen(text: str, facts: Mapping[str, Any]) -> Seen:
    """Returns facts by the places at which their expressions stand in a program."""
    return {
        place(node): (TENSOR, None) if facts[ast.unparse(node)] is IS_TENSOR else (VALUE, facts[ast.unparse(node)])
        for node in nodes(text)
        if ast.unparse(node) in facts
    }
