"""Notes to the person who runs a program, each once, on standard error."""

from __future__ import annotations

import sys

_said: set[str] = set()
_wanted = True


def silence() -> None:
    """Drops all further notes."""
    global _wanted
    _wanted = False


def say(text: str) -> None:
    """Prints ``text`` if it has not been said before."""
    if _wanted and text not in _said:
        _said.add(text)
        print(f"tf1graphs: {text}", file=sys.stderr)
