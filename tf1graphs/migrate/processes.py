"""Processes that share the work on many files."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import warnings
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import Protocol, TypeVar

from tf1graphs.run.errors import BadInput

_Given = TypeVar("_Given")
_Found = TypeVar("_Found")

# To start a process takes as long as to migrate so many files.
_FILES = 12
# So many go to a process at a time: few enough that all have something to do until the end.
_TOGETHER = 3


class Map(Protocol):
    """Applies a function to each of some things, in order, as the built-in ``map`` does."""

    def __call__(self, function: Callable[[_Given], _Found], things: Iterable[_Given], /) -> Iterator[_Found]:
        """Returns the results, in order."""


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _begin() -> None:
    """Prepares a process: Ctrl-C reaches all of them, and the one that has started the others deals with it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    warnings.simplefilter("ignore")
    gc.disable()


@contextmanager
def mapping(count: int) -> Iterator[Map]:
    """Yields a ``map`` for so many files: that of several processes if they are many, else Python's own.

    Raises:
        BadInput: one of the processes has been ended from outside.
    """
    workers = min(_cores(), count // _FILES)
    if workers < 2:
        yield map
        return
    # Not a fork of this process: it may have threads.
    methods = multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
    context.set_forkserver_preload(["tf1graphs.migrate.native", "tf1graphs.migrate.project"])
    with ProcessPoolExecutor(workers, context, _begin) as pool:
        try:
            yield lambda function, things: pool.map(function, things, chunksize=_TOGETHER)
        except BrokenProcessPool:
            raise BadInput("one of its processes was ended from outside, maybe as memory ran out") from None
