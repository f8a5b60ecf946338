"""Numbers in printed lines, apart from the text around them."""

from __future__ import annotations

import re

import numpy as np
import numpy.typing as npt

_NUMBER = re.compile(r"(?<![\w.])[-+]?(?:\d+\.?\d*(?:[eE][-+]?\d+)?|\.\d+(?:[eE][-+]?\d+)?|nan|inf)(?![\w])")
_SPACE = re.compile(r"\s+")
# Times differ from run to run.
_TIMING = re.compile(
    r"\b(?:time|seconds?|secs?|minutes?|mins?|elapsed|duration|eta|speed|[a-z]+/s(?:ec)?|ms|took)\b"
    r"|\d\d:\d\d:\d\d|\d\s*(?:s|ms|us|sec)\b",
    re.IGNORECASE,
)


def is_timing(line: str) -> bool:
    """Whether a line tells how long something took."""
    return bool(_TIMING.search(line))


def text(line: str) -> str:
    """Returns a line with ``#`` for each number and one blank for several."""
    return _SPACE.sub(" ", _NUMBER.sub("#", line)).strip()


def _unit(number: str) -> float:
    mantissa, _, exponent = number.lower().partition("e")
    decimals = len(mantissa.partition(".")[2])
    # A number without point or exponent is a whole one, exact.
    return float(10.0 ** (int(exponent or 0) - decimals)) if "." in mantissa or exponent else 0.0


def numbers(line: str) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Returns the numbers of a line, and the last printed place of each (0 of a whole number)."""
    found = _NUMBER.findall(line)
    return np.array([float(number) for number in found]), np.array([_unit(number) for number in found])
