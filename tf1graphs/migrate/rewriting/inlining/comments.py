"""Finds comments in a text."""

from __future__ import annotations

import io
import tokenize
from collections.abc import Iterator


def of(text: str) -> Iterator[tuple[int, str]]:
    """Yields the comments of a program or statement, with their lines."""
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string
