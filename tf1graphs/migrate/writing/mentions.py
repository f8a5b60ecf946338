"""Finds names in what has been written, and puts others in their place; what strings and comments say stays."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

_NO_CODE = re.compile(
    r"""#[^\n]*|(?P<prefix>(?<!\w)[rbufRBUF]{1,2})?(?P<quote>'''|\"""|'|")(?:\\.|(?!(?P=quote)).)*(?P=quote)""",
    re.DOTALL,
)
_FIELD = re.compile(r"(?<!\{)\{(?!\{)[^{}]*\}")


def mentions(texts: Sequence[str], name: str) -> bool:
    """Says whether one of some texts reads a name."""
    return any(is_code and _pattern(name).search(part) for text in texts for part, is_code in _parts(text))


def replaced(text: str, names: Mapping[str, str]) -> str:
    """Returns a text that reads something else for each of some names."""
    return "".join(_in_code(part, names) if is_code else part for part, is_code in _parts(text))


def _in_code(text: str, names: Mapping[str, str]) -> str:
    for name, other in names.items():
        text = _pattern(name).sub(other, text)
    return text


def _pattern(name: str) -> re.Pattern[str]:
    # What stands before a single ``=`` is the name of an argument.
    return re.compile(rf"(?<![\w.]){re.escape(name)}\b(?!\s*=(?!=))")


def _parts(text: str) -> Iterator[tuple[str, bool]]:
    """Yields the parts of a text, and whether each is code."""
    end = 0
    for found in _NO_CODE.finditer(text):
        yield text[end : found.start()], True
        yield from _formatted(found[0]) if "f" in (found["prefix"] or "").lower() else [(found[0], False)]
        end = found.end()
    yield text[end:], True


def _formatted(text: str) -> Iterator[tuple[str, bool]]:
    end = 0
    for found in _FIELD.finditer(text):
        yield from ((text[end : found.start()], False), (found[0], True))
        end = found.end()
    yield text[end:], False
