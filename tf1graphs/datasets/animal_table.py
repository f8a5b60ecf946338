"""The book's animal table: has it fur, has it wings, and which of three classes it is."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import numpy.typing as npt

from .errors import DatasetError

_FILE = Path(__file__).with_name("data.csv")
_FEATURES = 2
_CLASSES = 3
_LARGEST = float(np.finfo(np.float32).max)
_FORM = "fur, wings, other, mammal, bird"


def animals(
    path: str | os.PathLike[str] | None = None,
) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
    """Read a table of animals.

    The form is the one of the book's ``data.csv``: a line for each animal with the five
    numbers fur, wings, other, mammal and bird, separated by commas, of which the last
    three are one-hot. Empty lines and lines that begin with ``#`` are passed over.

    Args:
        path: A table in UTF-8; None for the book's, of six animals.

    Returns:
        The features, float32 [n, 2] (fur, wings), and the labels, one-hot float32
        [n, 3] (other, mammal, bird).

    Raises:
        DatasetError: If the file cannot be read or a line of it has another form.
    """
    table = Path(_FILE if path is None else path)
    rows = [
        _row(table, number, line)
        for number, line in enumerate(_text(table).split("\n"), start=1)
        if line.strip() and not line.lstrip().startswith("#")
    ]
    if not rows:
        raise DatasetError(f"{table} holds no animals; give each a line of {_FORM}")
    values = np.array(rows, np.float32)
    return values[:, :_FEATURES].copy(), values[:, _FEATURES:].copy()


def _text(path: Path) -> str:
    """Return a file's text; spreadsheets put a byte order mark before it."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise DatasetError(f"{path} is not UTF-8 text ({error.reason}); save it as UTF-8") from None
    except OSError as error:
        raise DatasetError(f"{path} cannot be read ({error.strerror or error}); make it a readable file") from error


def _row(path: Path, number: int, line: str) -> list[float]:
    """Return the five numbers of a line."""
    try:
        row = [float(field) for field in line.split(",")]
    except ValueError:
        row = []
    features, label = row[:_FEATURES], row[_FEATURES:]
    # A greater feature would become infinite; the comparison also refuses NaN.
    fits = all(abs(value) <= _LARGEST for value in features)
    if not fits or sorted(label) != [0.0] * (_CLASSES - 1) + [1.0]:
        raise DatasetError(
            f"{path}, line {number}: {line.strip()[:80]!r} is not of the form {_FORM}; write "
            "five numbers separated by commas, a single 1 among the last three and 0 else"
        )
    return row
