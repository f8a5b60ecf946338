"""Slices: a variable that was partitioned is saved in parts, each with its place in the whole."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

Extents = list[tuple[int, int]]


def extents_of(proto: Any) -> Extents:
    """Start and length by dimension of a ``TensorSliceProto``; length -1 where it takes the whole dimension."""
    return [(extent.start, extent.length if extent.HasField("length") else -1) for extent in proto.extent]


def place_of(extents: Extents, shape: Sequence[int]) -> tuple[slice, ...]:
    """The part of an array of ``shape`` that a slice fills.

    Raises:
        ValueError: it lies outside.
    """
    if len(extents) != len(shape):
        raise ValueError("a slice has another rank than its tensor")
    places = []
    for (start, length), size in zip(extents, shape, strict=True):
        stop = size if length < 0 else start + length
        if not 0 <= start <= stop <= size:
            raise ValueError("a slice lies outside of its tensor")
        places.append(slice(start, stop))
    return tuple(places)


def shape_of(place: Sequence[slice]) -> tuple[int, ...]:
    """The shape of what lies at ``place``."""
    return tuple(part.stop - part.start for part in place)


def cover(places: Sequence[Sequence[slice]], shape: Sequence[int]) -> bool:
    """Whether slices hold as many elements as their tensor has."""
    return sum(math.prod(shape_of(place)) for place in places) == math.prod(shape)


def join(parts: Sequence[tuple[tuple[slice, ...], np.ndarray]], shape: Sequence[int]) -> np.ndarray:
    """The array of ``shape`` that slices make up: each is put at its place."""
    whole = np.empty(shape, parts[0][1].dtype)
    for place, values in parts:
        whole[place] = values
    return whole
