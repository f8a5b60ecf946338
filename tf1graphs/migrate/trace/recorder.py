"""Keeps what the expressions of a program are, as far as that is the same at each evaluation."""

from __future__ import annotations

import functools
import math
import sys
from collections.abc import Mapping
from typing import Any

from tf1graphs.migrate.facts.trace import TENSOR, VALUE, VARIES

_PLAIN = (bool, int, float, str, type(None))
_LENGTH = 64
_DEPTH = 3
_NOT_PLAIN = object()
_VARIES = (VARIES, None)


def _plain(value: Any, depth: int = 0) -> Any:
    """Returns a value of Python that JSON can hold, or a mark that it is none."""
    if type(value) in (list, tuple) and len(value) <= _LENGTH and depth < _DEPTH:
        parts = [_plain(each, depth + 1) for each in value]
        return _NOT_PLAIN if _NOT_PLAIN in parts else parts
    numpy: Any = sys.modules.get("numpy")
    if numpy and isinstance(value, numpy.number):
        value = value.item()
    if type(value) not in _PLAIN or (type(value) is float and not math.isfinite(value)):
        return _NOT_PLAIN
    return value


def _same(first: Any, second: Any) -> bool:
    """Says whether two facts are one; 1, 1.0 and True are not."""
    return repr(first) == repr(second)


class Recorder:
    """Notes the facts of this process.

    What is evaluated once a session has run may hang on what it computed, and on how far the program came.
    """

    def __init__(self, tensor: type) -> None:
        """Starts without facts; ``tensor`` is the class of tensors."""
        self._tensor = tensor
        self._facts: dict[tuple[str, int], tuple[str, Any]] = {}
        self._has_run = False

    def watch(self, session: Any) -> None:
        """Learns of the first run of a class of sessions."""
        run = session.run

        @functools.wraps(run)
        def watched(this: Any, *arguments: Any, **options: Any) -> Any:
            self._has_run = True
            return run(this, *arguments, **options)

        session.run = watched

    def note(self, file: str, number: int, value: Any) -> Any:
        """Notes what an expression is now, and returns it."""
        key = (file, number)
        known = self._facts.get(key)
        if known is not _VARIES:
            fact = _VARIES if self._has_run else self._fact(value)
            self._facts[key] = fact if known is None or _same(known, fact) else _VARIES
        return value

    def _fact(self, value: Any) -> tuple[str, Any]:
        if isinstance(value, self._tensor):
            return TENSOR, None
        plain = _plain(value)
        return _VARIES if plain is _NOT_PLAIN else (VALUE, plain)

    def found(self, file: str) -> Mapping[int, tuple[str, Any]]:
        """Returns what the expressions of a file are, by their numbers."""
        return {number: fact for (name, number), fact in self._facts.items() if name == file}
