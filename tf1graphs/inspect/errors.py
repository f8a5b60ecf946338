"""The one error of reading."""

from __future__ import annotations

import os


class InvalidFile(Exception):
    """A file is not what it should be. The message is one line: the file, what is wrong with it, and the remedy."""

    def __init__(self, path: str | os.PathLike[str], problem: str) -> None:
        super().__init__(f"{os.fspath(path)}: {problem}")
