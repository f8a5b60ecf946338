"""What TensorFlow 1.15's names are called in TensorFlow 2, as text: one symbol a line, ``#`` begins a comment."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files


@cache
def read(name: str) -> tuple[str, ...]:
    """Returns the lines of a table that say something, a line that ends in a backslash with the one below it."""
    text = re.sub(r" *\\\n", " ", (files(__name__) / name).read_text(encoding="utf-8"))
    return tuple(line for line in text.splitlines() if line and not line.startswith("#"))
