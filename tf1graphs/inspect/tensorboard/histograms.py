"""Histograms as TensorFlow 1's ``tf.summary.histogram`` makes them. Source: TensorFlow's ``core/lib/histogram``."""

from __future__ import annotations

import functools
import sys
from typing import Any

import numpy as np

from tf1graphs.inspect.reading import protos

_SMALLEST = 1e-12
_LARGEST = 1e20
_GROWTH = 1.1
# Wider copies are made of one piece at a time.
_PIECE = 1 << 20


@functools.cache
def _limits() -> np.ndarray:
    """The upper limits of the buckets, which grow by a tenth from one to the next in both directions from zero."""
    limits = []
    limit = _SMALLEST
    while limit < _LARGEST:
        limits.append(limit)
        limit *= _GROWTH
    limits.append(sys.float_info.max)
    positive = np.array(limits)
    return np.concatenate([-positive[::-1], [0.0], positive])


def histogram_of(array: np.ndarray) -> Any:
    """The ``HistogramProto`` of the finite values of an array of real numbers."""
    limits = _limits()
    counts = np.zeros(len(limits), np.int64)
    histogram = protos.Summary.Value().histo
    minimum, maximum = sys.float_info.max, -sys.float_info.max
    flat = array.reshape(-1)
    for start in range(0, flat.size, _PIECE):
        values = flat[start : start + _PIECE].astype(np.float64)
        values = values[np.isfinite(values)]
        # The largest number belongs to the last bucket, whose limit it is.
        places = np.minimum(np.searchsorted(limits, values, side="right"), len(limits) - 1)
        counts += np.bincount(places, minlength=len(limits))
        minimum, maximum = values.min(initial=minimum), values.max(initial=maximum)
        histogram.num += values.size
        with np.errstate(over="ignore"):
            histogram.sum += values.sum()
            histogram.sum_squares += np.square(values).sum()
    histogram.min, histogram.max = minimum, maximum
    _fill(histogram, limits, counts)
    return histogram


def _fill(histogram: Any, limits: np.ndarray, counts: np.ndarray) -> None:
    """Writes the buckets; a run of empty ones becomes one, which ends where the last of them does."""
    ends = [place for place in range(len(counts)) if counts[place] or place + 1 == len(counts) or counts[place + 1]]
    histogram.bucket_limit.extend(limits[ends])
    histogram.bucket.extend(counts[ends].astype(np.float64))
