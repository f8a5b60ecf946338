"""Lines that are indented by tabs: they are migrated with blanks, and get tabs again."""

from __future__ import annotations

import ast
import re

from tf1graphs.migrate.source import strings

_BLANKS = " " * 4


def spaced(text: str) -> str:
    """Returns a program with four blanks for each tab that begins a line.

    Raises:
        SyntaxError: it is not Python 3.
    """
    return _changed(text, "\t", _BLANKS) if "\n\t" in text else text


def like(text: str, old: str) -> str:
    """Returns a program with tabs, if those of an old one are all that indents its lines."""
    return _changed(text, _BLANKS, "\t") if "\n\t" in old and _is_tabbed(old) else text


def _is_tabbed(text: str) -> bool:
    inside = strings(ast.parse(text), 1)
    lines = [line for number, line in enumerate(text.split("\n")) if number not in inside]
    return {line[0] for line in lines if line.strip() and line[0].isspace()} == {"\t"}


def _changed(text: str, before: str, after: str) -> str:
    inside = strings(ast.parse(text), 1)
    pattern = re.compile(f"^(?:{before})+")
    return "\n".join(
        line if number in inside else pattern.sub(lambda match: match[0].replace(before, after), line)
        for number, line in enumerate(text.split("\n"))
    )
