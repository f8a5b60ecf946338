"""Texts to learn from: files of the user's, one that is downloaded, and two that were written for the tutorials."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from . import cache
from .errors import DatasetError, UnavailableError

_HERE = Path(__file__).parent

NIETZSCHE = "nietzsche.txt"
NIETZSCHE_SHA256 = "23cf69874ab69d3d256099ab530ea4be24d47d9675b673bcc67cbcd6298ec647"
NIETZSCHE_MIRRORS = ("https://s3.amazonaws.com/text-datasets/",)


def read(path: str | os.PathLike[str]) -> str:
    """Return the text in a UTF-8 file, without its byte order mark.

    Raises:
        DatasetError: If the file cannot be read, is not UTF-8, or is blank.
    """
    path = Path(path)
    try:
        content = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise DatasetError(f"{path} is not UTF-8 text ({error.reason}); save it as UTF-8") from None
    except OSError as error:
        raise DatasetError(f"{path} cannot be read ({error.strerror or error}); make it a readable file") from error
    if not content.strip():
        raise DatasetError(f"{path} holds no text")
    return content


def read_all(path: str | os.PathLike[str]) -> str:
    """Return the text in a file, or in all ``.txt`` files of a folder, in the order of their names.

    Raises:
        DatasetError: As ``read`` raises it, or if a folder holds no ``.txt`` file.
    """
    path = Path(path)
    if not path.is_dir():
        return read(path)
    files = sorted(path.glob("*.txt"))
    if not files:
        raise DatasetError(f"{path} holds no .txt files")
    return "\n".join(read(file) for file in files)


def keepers_book() -> str:
    """Return the notes of a lighthouse keeper: 26 KB of plain English prose, a blank line between the notes."""
    return read(_HERE / "keepers_book.txt")


def songs() -> str:
    """Return song verses in plain English: a verse in each line, a blank line between the songs."""
    return read(_HERE / "songs.txt")


def nietzsche() -> str:
    """Return the 600 KB of Nietzsche in English that Keras's example of text generation learns from.

    They are two books in the public domain, as Keras's authors put them together. The file is looked for in
    ``$TF1GRAPHS_DATA/text`` and is downloaded if it is not there; without a network the keeper's book stands in, and
    one line on stderr says so.

    Raises:
        DatasetError: As ``cache.file`` raises it: the wrong file, or no place for it.
    """
    try:
        return read(cache.file("text", NIETZSCHE, NIETZSCHE_SHA256, NIETZSCHE_MIRRORS, "Nietzsche (0.6 MB)"))
    except UnavailableError as reason:
        print(
            f"tf1graphs: {NIETZSCHE} was not downloaded ({reason}), so the embedded keeper's book stands in for it; "
            f"put the file into {cache.directory('text')}",
            file=sys.stderr,
        )
        return keepers_book()
