"""Batch normalization that trains with moving averages, or tests with those of the batch."""

from __future__ import annotations

from tf1graphs.verify.causes import _moving
from tf1graphs.verify.causes._seen import Explained, Seen


def explain(what: Seen) -> Explained:
    """Moving averages stay at their start in one program only, and its training steps are others."""
    still = _moving.standing_still(what)
    if still and what.in_loss:
        return 0.93, f"{still}: it normalizes by them instead of by the batch (training=False)"
    other = what.other_setting("batch normalization", "is_training")
    return (0.8, f"batch normalization with is_training {other}") if other and what.in_loss else None
