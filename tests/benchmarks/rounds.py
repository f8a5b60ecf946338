"""A script's ``main``, stopped before each so many rounds of its training loop, so that two can be timed in turns."""

from __future__ import annotations

import builtins
import contextlib
import io
import multiprocessing
import time
from collections.abc import Iterator
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from loading import load

# As many rounds as no other loop has: that which has them trains.
MANY = 1_000_003


class _Enough(Exception):
    pass


class _Rounds:
    """A range that waits to be told how many rounds to take, and answers with the seconds of the processors of one."""

    def __init__(self, numbers: range, told: Connection) -> None:
        self._numbers = numbers
        self._told = told

    def __len__(self) -> int:
        return len(self._numbers)

    def __iter__(self) -> Iterator[int]:
        numbers = iter(self._numbers)
        while count := self._told.recv():
            # What else runs on the machine does not count.
            start = time.process_time()
            for _ in range(count):
                yield next(numbers)
            self._told.send((time.process_time() - start) / count)
        raise _Enough


def _serve(told: Connection, is_graph: bool) -> None:
    """Runs the scripts that it is told to run, each until it has taken as many rounds as are wanted."""
    while task := told.recv():
        path, arguments = task
        module = load(path)
        place: Any = contextlib.nullcontext()
        if is_graph:
            import tf1graphs.v1 as tf

            place = tf.Graph().as_default()

        def training_range(*ends: int) -> range | _Rounds:
            numbers = builtins.range(*ends)
            return _Rounds(numbers, told) if len(numbers) == MANY else numbers

        module.range = training_range  # type: ignore[attr-defined]
        with place, contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(_Enough):
            module.main(arguments)


class Side:
    """A process for scripts of TensorFlow 1, or for others."""

    def __init__(self, is_graph: bool) -> None:
        spawn = multiprocessing.get_context("spawn")
        self._told, other = spawn.Pipe()
        self._process = spawn.Process(target=_serve, args=(other, is_graph), daemon=True)
        self._process.start()
        other.close()

    def start(self, path: Path, arguments: list[str]) -> None:
        """Starts a script, which waits before the first round."""
        self._told.send((path, arguments))

    def seconds(self, count: int) -> float:
        """Takes some rounds and returns the seconds of one."""
        self._told.send(count)
        return float(self._told.recv())

    def stop(self) -> None:
        """Leaves the script."""
        self._told.send(0)

    def close(self) -> None:
        """Ends the process."""
        self._process.terminate()
        self._process.join()
