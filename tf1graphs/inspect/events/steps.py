"""The steps of a tag, in memory that does not grow with their number."""

from __future__ import annotations

from dataclasses import dataclass, field

# Evenly spaced steps need one segment, each gap and restart one more.
_SEGMENTS_AT_MOST = 4096
_WIDTHS_AT_MOST = 256
_LISTED_RESTARTS = 100


@dataclass(frozen=True)
class Gap:
    """The first pair of neighbouring steps with some distance, and how many pairs have it."""

    after: int
    before: int
    times: int


@dataclass(frozen=True)
class Restart:
    """A place where the step went back."""

    from_step: int
    to_step: int


@dataclass(frozen=True)
class Steps:
    """The steps of a tag.

    Attributes:
        count: the values written.
        first: the step of the first one.
        last: the step of the last one.
        interval: the distance of most neighbouring steps; None if they have no usual distance.
        gaps: where neighbours are wider apart than ``interval``, one for each width, the widest first; of many widths
            those that came first.
        restarts: where the step went back, the first ones of many.
        restart_count: how often it did.
        purged: the values that TensorBoard drops, since a restarted program said that it begins before their steps;
            None if there were too many uneven steps to tell.
    """

    count: int
    first: int
    last: int
    interval: int | None
    gaps: tuple[Gap, ...]
    restarts: tuple[Restart, ...]
    restart_count: int
    purged: int | None


@dataclass
class _Segment:
    """``count`` evenly spaced steps; ``interval`` is None where they are not."""

    first: int
    last: int
    count: int
    interval: int | None = 0

    def takes(self, step: int) -> bool:
        return step > self.last and (self.count == 1 or step - self.last == self.interval)

    def count_from(self, step: int) -> int | None:
        """How many of the steps are ``step`` or later; None if that is not known."""
        if step <= self.first:
            return self.count
        if step > self.last:
            return 0
        if self.interval is None:
            return None
        return (self.last - step) // self.interval + 1


def _joined(first: _Segment, second: _Segment) -> _Segment:
    lowest, highest = min(first.first, second.first), max(first.last, second.last)
    return _Segment(lowest, highest, first.count + second.count, None)


@dataclass
class StepCounter:
    """Collects the steps of a tag in the order in which they were written."""

    _count: int = 0
    _first: int = 0
    _last: int = 0
    _segments: list[_Segment] = field(default_factory=list)
    # By the distance of neighbours: the first of those that have it, and how many there are.
    _first_with_width: dict[int, int] = field(default_factory=dict)
    _times: dict[int, int] = field(default_factory=dict)
    _pair_count: int = 0
    _restarts: list[Restart] = field(default_factory=list)
    _restart_count: int = 0
    _purged: int | None = 0

    def add(self, step: int) -> None:
        """Takes the step of the next value."""
        if not self._count:
            self._first = step
        elif step < self._last:
            self._restart_count += 1
            if len(self._restarts) < _LISTED_RESTARTS:
                self._restarts.append(Restart(self._last, step))
        elif step > self._last:
            self._add_width(step - self._last)
        self._add_to_segments(step)
        self._last = step
        self._count += 1

    def _add_width(self, width: int) -> None:
        self._pair_count += 1
        if width in self._times:
            self._times[width] += 1
        elif len(self._times) < _WIDTHS_AT_MOST:
            self._times[width] = 1
            self._first_with_width[width] = self._last

    def _add_to_segments(self, step: int) -> None:
        if self._segments and self._segments[-1].takes(step):
            segment = self._segments[-1]
            segment.interval = step - segment.last
            segment.last = step
            segment.count += 1
            return
        self._segments.append(_Segment(step, step, 1))
        if len(self._segments) > _SEGMENTS_AT_MOST:
            self._segments[:2] = [_joined(*self._segments[:2])]

    def purge(self, step: int) -> None:
        """Drops what was written at ``step`` and later ones."""
        kept = []
        for segment in self._segments:
            dropped = segment.count_from(step)
            if dropped is None or self._purged is None:
                self._purged = None
                return
            self._purged += dropped
            if dropped < segment.count:
                left = segment.count - dropped
                last = segment.last - dropped * (segment.interval or 0)
                kept.append(_Segment(segment.first, last, left, segment.interval))
        self._segments = kept

    def steps(self) -> Steps:
        """What was collected."""
        interval = self._interval()
        wider = [width for width in sorted(self._times, reverse=True) if interval and width > interval]
        return Steps(
            count=self._count,
            first=self._first,
            last=self._last,
            interval=interval,
            gaps=tuple(self._gap(width) for width in wider),
            restarts=tuple(self._restarts),
            restart_count=self._restart_count,
            purged=self._purged,
        )

    def _gap(self, width: int) -> Gap:
        after = self._first_with_width[width]
        return Gap(after, after + width, self._times[width])

    def _interval(self) -> int | None:
        """The width that more than half of the neighbours have."""
        most = max(self._times, key=self._times.__getitem__, default=None)
        return most if most is not None and self._times[most] * 2 > self._pair_count else None
