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
    _last: tuple[int, float] = (0, 0.0)
    _minimum: tuple[int, float] = (0, math.inf)
    _maximum: tuple[int, float] = (0, -math.inf)
    _nans: int = 0
    _infinities: int = 0
    _finite: int = 0
    _every: int = 1
    _curve: list[Point] = field(default_factory=list)

    def add(self, step: int, value: float) -> None:
        """Takes the next value."""
        self._last = step, value
        if self._first is None:
            self._first = Point(step, value)
        if math.isfinite(value):
            self._add_finite(step, value)
        elif math.isnan(value):
            self._nans += 1
        else:
            self._infinities += 1

    def _add_finite(self, step: int, value: float) -> None:
        if value < self._minimum[1]:
            self._minimum = step, value
        if value > self._maximum[1]:
            self._maximum = step, value
        if self._finite % self._every == 0:
            self._curve.append(Point(step, value))
            if len(self._curve) > _POINTS_AT_MOST:
                self._curve = self._curve[::2]
                self._every *= 2
        self._finite += 1

    def scalars(self) -> Scalars | None:
        """What was collected; None if no value was."""
        if self._first is None:
            return None
        return Scalars(
            first=self._first,
            last=Point(*self._last),
            minimum=Point(*self._minimum) if self._finite else None,
            maximum=Point(*self._maximum) if self._finite else None,
            nans=self._nans,
            infinities=self._infinities,
            curve=tuple(self._curve),
        )
