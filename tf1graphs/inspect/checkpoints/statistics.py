"""The values of a tensor in a few numbers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

# Wider copies are made of one piece at a time.
_PIECE = 1 << 20


@dataclass(frozen=True)
class Statistics:
    """The finite values of a tensor, None where there are none; and how many values are not finite."""

    minimum: float | None
    mean: float | None
    maximum: float | None
    nans: int
    infinities: int


def statistics_of(array: np.ndarray) -> Statistics | None:
    """The statistics of an array; None of one without real numbers: strings and complex numbers."""
    if array.dtype.kind not in "biufV" or array.dtype.kind == "V" and not np.can_cast(array.dtype, np.float64):
        return None
    flat = array.reshape(-1)
    minimum, maximum, total, finite, nans = np.inf, -np.inf, 0.0, 0, 0
    for start in range(0, flat.size, _PIECE):
        piece = flat[start : start + _PIECE].astype(np.float64)
        nans += int(np.isnan(piece).sum())
        piece = piece[np.isfinite(piece)]
        finite += piece.size
        total += float(piece.sum())
        minimum, maximum = piece.min(initial=minimum), piece.max(initial=maximum)
    infinities = flat.size - finite - nans
    if not finite:
        return Statistics(None, None, None, nans, infinities)
    return Statistics(float(minimum), total / finite, float(maximum), nans, infinities)
