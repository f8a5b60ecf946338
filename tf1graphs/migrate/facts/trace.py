"""What a run of the old program has shown of its expressions, for where reading does not tell."""

from __future__ import annotations

import ast
from collections.abc import Container, Mapping
from typing import Any

from tf1graphs.migrate.facts.values import Elements, Host, Many, Stage, Tensor, Unknown, Value

# Line and column of an expression's start, and of its end, as in its syntax tree.
Place = tuple[int, int, int, int]
VALUE = "value"  # of Python, the same at each evaluation before the first run of a session
TENSOR = "tensor"
VARIES = "varies"  # or is something else
# What each expression was: one of the three words, and a value, or None.
Seen = Mapping[Place, tuple[str, Any]]


def place(node: ast.expr) -> Place:
    """Returns where an expression stands."""
    return node.lineno, node.col_offset, node.end_lineno or 0, node.end_col_offset or 0


class Trace:
    """What the interpreter of a file may take from a run of the program.

    Attributes:
        seen: what each expression was; nothing if there was no run.
    """

    def __init__(self, seen: Seen | None = None, allowed: Container[Place] | None = None) -> None:
        """Makes known what was seen, at all places or at those that are allowed."""
        self.seen = {key: each for key, each in (seen or {}).items() if allowed is None or key in allowed}

    def __bool__(self) -> bool:
        """Says whether anything was seen."""
        return bool(self.seen)

    def known(self, node: ast.expr, value: Value) -> Value:
        """Returns what an expression stands for: what reading tells, or else what the run has shown."""
        kind, seen = self.seen.get(place(node), (VARIES, None))
        return _KINDS[kind](node, value, seen)


def _varying(node: ast.expr, value: Value, seen: Any) -> Value:
    del node, seen
    return value


def _plain(node: ast.expr, value: Value, seen: Any) -> Value:
    """Returns a value of Python; what a run of a session computes has none, and is left to the run."""
    del node
    part = value.element if type(value) is Many else value
    is_unknown = type(part) is Host and part.literal is ... and value.stage is Stage.FIXED
    return _host(seen) if is_unknown and (type(value) is Host or isinstance(seen, list)) else value


def _host(seen: Any) -> Value:
    return Elements(elements=tuple(map(_host, seen))) if isinstance(seen, list) else Host(literal=seen)


def _tensor(node: ast.expr, value: Value, seen: Any) -> Value:
    """Returns a tensor where it is a part of what hangs on tensors; a call may have made it in ways of its own."""
    del seen
    is_part = isinstance(node, (ast.Attribute, ast.Subscript)) and value.stage is not Stage.FIXED
    return Tensor(value.stage) if is_part and type(value) in (Host, Unknown) else value


_KINDS = {VARIES: _varying, VALUE: _plain, TENSOR: _tensor}
