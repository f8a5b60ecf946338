"""The state of one recorded run, shared by everything that watches it."""

from __future__ import annotations

import collections
import contextlib
import threading
from typing import Any, Iterator

import numpy as np

from . import stream
from .stream import Stream

FIRST_STEPS = 10
_POWERS_OF_TEN = 13
# Of which steps, or occurrences, arrays are kept: 1 to 10, then 20, 50, 100, 200, 500, ...
SCHEDULE = (
    *range(1, FIRST_STEPS + 1),
    *(round_number * 10**power for power in range(1, _POWERS_OF_TEN) for round_number in (2, 5, 10)),
)


def is_scheduled(number: int) -> bool:
    """Whether arrays of the step or occurrence ``number``, from 1 on, are kept."""
    return number in SCHEDULE


class StopRecording(SystemExit):
    """Ends a program whose number of steps is limited, with exit code 0."""


class Run:
    """One program being recorded.

    Attributes:
        stream: where its events go.
        step: how many training steps it has completed. A step is one computation of gradients for variables.
        limit: after how many steps the program is ended; None for never.
        initial: what the initial variables are recorded to and, in a second program, taken from.
    """

    def __init__(self, events: Stream, initial: Any, limit: int | None = None) -> None:
        self.stream = events
        self.initial = initial
        self.limit = limit
        self.step = 0
        self._trained: collections.Counter[str] = collections.Counter()
        self._seen: collections.Counter[str] = collections.Counter()
        self._facts: set[Any] = set()
        self._thread = threading.local()

    @property
    def is_paused(self) -> bool:
        """Whether this thread is at work for the recorder itself."""
        return getattr(self._thread, "paused", False)

    @contextlib.contextmanager
    def pause(self) -> Iterator[Any]:
        """In the block what this thread does is the recorder's own work."""
        before = self.is_paused
        self._thread.paused = True
        try:
            yield
        finally:
            self._thread.paused = before

    def has_gone_too_far(self) -> bool:
        """Whether the program has made more steps than it may."""
        return self.limit is not None and self.step > self.limit

    def stop_at_limit(self) -> None:
        """Ends the program, about to train, when it has made all the steps that it may."""
        if self.limit is not None and self.step >= self.limit:
            raise StopRecording(0)

    def value(self, kind: str, names: list[str], value: Any) -> None:
        """Records an occurrence of a value that has ``names``: a number always, an array on schedule.

        Each name counts its own occurrences: two places of a program may know one value by different names.
        """
        array = np.asarray(value)
        if not stream.is_numeric(array) or not array.size:
            return
        self._seen.update(names)
        numbers = [self._seen[name] for name in names]
        if array.size == 1 or any(map(is_scheduled, numbers)):
            self.stream.write(kind, names=names, numbers=numbers, step=self.step, value=stream.encode(array))

    def is_due(self, names: list[str]) -> bool:
        """Whether arrays are kept of the coming step if it trains the variables ``names``.

        A second network of the program begins with a first step of its own.
        """
        return is_scheduled(self.step + 1) or is_scheduled(self._trained[names[0]] + 1)

    def batch(self, arrays: Any) -> None:
        """Records what the coming step is fed, so that an other order of data can be told from other data."""
        if not is_scheduled(self.step + 1):
            return
        for array in map(np.asarray, arrays):
            if stream.is_numeric(array) and array.size > 1:
                self.stream.write("batch", step=self.step + 1, value=stream.encode(array))

    def training(self, loss: Any, names: list[str], gradients: Any, weights: Any) -> None:
        """Records one step: its loss and, where given, gradients and the variables' values before the update.

        Args:
            loss: array of any shape; what is differentiated is its sum.
            names: of the variables.
            gradients: one array, or None, for each variable; None where they are not due.
            weights: likewise.
        """
        self.step += 1
        self._trained[names[0]] += 1
        if self.has_gone_too_far():
            return
        with np.errstate(all="ignore"):
            total = np.sum(np.asarray(loss), dtype=np.float64)
        self.stream.write("loss", step=self.step, value=stream.encode(total))
        for kind, arrays in (("weight", weights), ("gradient", gradients)):
            for name, array in zip(names, arrays or ()):
                if array is not None:
                    self.stream.write(kind, step=self.step, name=name, value=stream.encode(array))

    def final(self, variable: Any, value: Any) -> None:
        """Records the value that a variable, a ``Described``, has at the end."""
        array = np.asarray(value)
        if stream.is_numeric(array):
            self.stream.write(
                "final", name=variable.name, trainable=variable.trainable, step=self.step, value=stream.encode(array)
            )

    def fact(self, topic: str, name: str, **settings: Any) -> None:
        """Records once that the program uses something, such as an optimizer, and with which settings.

        Settings are numbers, texts, truth values or None.
        """
        key = (topic, name, tuple(sorted(settings.items())))
        if key not in self._facts and not self.is_paused:
            self._facts.add(key)
            self.stream.write("fact", topic=topic, name=name, settings=settings)

    def end(self, code: int) -> None:
        """Ends the recording of a program that has ended with an exit code, or been ended at its limit."""
        is_cut = self.limit is not None and self.step >= self.limit
        self.stream.write("end", code=code, is_cut=is_cut)
        self.stream.close()
