"""The values of a scalar tag, in memory that does not grow with their number."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

_POINTS_AT_MOST = 128


@dataclass(frozen=True)
class Point:
    """A value and its step."""

    step: int
    value: float


@dataclass(frozen=True)
class Scalars:
    """The values of a scalar tag, those that TensorBoard drops among them.

    Attributes:
        first: the first one written.
        last: the last one written.
        minimum: the smallest finite one, None if none is finite.
        maximum: the largest finite one.
        nans: how many are not a number.
        infinities: how many are infinite.
        curve: finite ones in the order in which they were written, one of so many that at most 128 are left.
    """

    first: Point
    last: Point
    minimum: Point | None
    maximum: Point | None
    nans: int
    infinities: int
    curve: tuple[Point, ...]


@dataclass
class ScalarCounter:
    """Collects the values of a tag."""

    _first: Point | None = None
    _last: Point = Point(0, 0.0)
    _minimum: Point | None = None
    _maximum: Point | None = None
    _nans: int = 0
    _infinities: int = 0
    _finite: int = 0
    _every: int = 1
    _curve: list[Point] = field(default_factory=list)

    def add(self, step: int, value: float) -> None:
        """Takes the next value."""
        self._last = Point(step, value)
        self._first = self._first or self._last
        if math.isnan(value):
            self._nans += 1
        elif math.isinf(value):
            self._infinities += 1
        else:
            self._add_finite(self._last)

    def _add_finite(self, point: Point) -> None:
        if self._minimum is None or point.value < self._minimum.value:
            self._minimum = point
        if self._maximum is None or point.value > self._maximum.value:
            self._maximum = point
        if self._finite % self._every == 0:
            self._curve.append(point)
        self._finite += 1
        if len(self._curve) > _POINTS_AT_MOST:
            self._curve = self._curve[::2]
            self._every *= 2

    def scalars(self) -> Scalars | None:
        """What was collected; None if no value was."""
        if self._first is None:
            return None
        return Scalars(
            first=self._first,
            last=self._last,
            minimum=self._minimum,
            maximum=self._maximum,
            nans=self._nans,
            infinities=self._infinities,
            curve=tuple(self._curve),
        )
