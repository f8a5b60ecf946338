"""Names that a program gives to what it computes, found by looking at its variables."""

from __future__ import annotations

import os
import sys
import types
from typing import Any, Sequence

_ATTRIBUTES_AT_MOST = 200
_OWN = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
_INSTALLED = (os.sep + "site-packages" + os.sep, os.sep + "dist-packages" + os.sep, _OWN + os.sep)


def is_own(code: types.CodeType) -> bool:
    """Whether a code object is the program's, and not of a library, of Python or of the recorder."""
    file = code.co_filename
    return (
        not file.startswith("<")
        and not any(part in os.path.abspath(file) for part in _INSTALLED)
        and not (file.startswith(os.path.dirname(os.__file__)))
    )


def frame() -> types.FrameType | None:
    """Returns the innermost frame of the program's own code, or None."""
    found: types.FrameType | None = sys._getframe(1)
    while found is not None and not is_own(found.f_code):
        found = found.f_back
    return found


def names_of(wanted: Sequence[Any], place: types.FrameType | None) -> list[list[str]]:
    """Returns the names under which the frame ``place`` knows each object of ``wanted``: its variables, or attributes.

    ``sess.run(self.cost)`` fetches what is called ``cost``.
    """
    found: list[list[str]] = [[] for _ in wanted]
    if place is None:
        return found
    for variables in (place.f_locals, place.f_globals):
        for name, value in list(variables.items()):
            _look(name, value, wanted, found)
            for attribute, inner in list(getattr(value, "__dict__", {}).items())[:_ATTRIBUTES_AT_MOST]:
                if isinstance(attribute, str) and not isinstance(value, types.ModuleType):
                    _look(attribute, inner, wanted, found)
    return found


def _look(name: str, value: Any, wanted: Sequence[Any], found: list[list[str]]) -> None:
    for index, element in enumerate(wanted):
        if value is element and name not in found[index] and not name.startswith("__"):
            found[index].append(name)
