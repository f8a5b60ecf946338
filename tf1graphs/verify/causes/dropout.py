"""Dropout of another rate: ``keep_prob`` given as a rate, or dropout left on or out."""

from __future__ import annotations

from typing import Any

import numpy as np

from tf1graphs.verify.causes._seen import Explained, Seen, words


def _rates(values: list[Any]) -> list[float]:
    return [value for value in values if isinstance(value, float)]


def explain(what: Seen) -> Explained:
    """The rates differ."""
    first, second = (_rates(values) for values in what.settings("dropout", "rate"))
    on = [[rate for rate in rates if rate] for rates in (first, second)]
    if on[0] == on[1]:
        return _left_on(what, first, second)
    kept = sorted(1 - rate for rate in on[0])
    swapped = len(kept) == len(on[1]) > 0 and np.allclose(kept, on[1]) and not np.allclose(kept, on[0])
    why = ": what is kept in one is dropped in the other" if swapped else ""
    seen = f"dropout rate {words(list(on[1]))} in the second program, {words(list(on[0]))} in the first{why}"
    return (0.9 if what.in_loss else 0.3), seen


def _left_on(what: Seen, first: list[float], second: list[float]) -> Explained:
    if not what.outside_training or (0.0 in first) == (0.0 in second):
        return None
    which = "second" if 0.0 in first else "first"
    return 0.8, f"dropout is never switched off in the {which} program"
