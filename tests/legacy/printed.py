"""When a program printed what it printed under TensorFlow 1.15: the same text, and numbers equal but for rounding."""

from __future__ import annotations

import re
from itertools import zip_longest

RTOL = 1e-4
# Sums of numbers around 1 that come out near 0.
ATOL = 1e-5

_NUMBER = re.compile(r"[-+]?(?:\d+\.\d*|\.\d+|\d+)(?:e[-+]?\d+)?")


def _last_place(number: str) -> float:
    """Returns the value of one unit in the last place that was printed; 0 for an integer."""
    mantissa, _, exponent = number.partition("e")
    _, point, decimals = mantissa.partition(".")
    return 10.0 ** (int(exponent or 0) - len(decimals)) if point or exponent else 0.0


def _agree(found: str, expected: str) -> bool:
    tolerance = max(ATOL, RTOL * abs(float(expected)), _last_place(found), _last_place(expected))
    is_whole = not _last_place(found) and not _last_place(expected)
    return found == expected if is_whole else abs(float(found) - float(expected)) <= tolerance


def difference(found: str, expected: str) -> str | None:
    """Returns the first two lines that differ by more than rounding, or None."""
    for line, other in zip_longest(found.splitlines(), expected.splitlines()):
        if line is None or other is None:
            return f"printed {line!r}, TensorFlow 1.15 {other!r}"
        same_text = _NUMBER.sub("#", " ".join(line.split())) == _NUMBER.sub("#", " ".join(other.split()))
        numbers = zip(_NUMBER.findall(line), _NUMBER.findall(other))
        if not same_text or not all(_agree(one, two) for one, two in numbers):
            return f"printed {line!r}, TensorFlow 1.15 {other!r}"
    return None
