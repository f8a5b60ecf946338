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
from multiprocessing import resource_tracker
from typing import Protocol, TypeVar

from tf1graphs.run.errors import BadInput

_Given = TypeVar("_Given")
_Found = TypeVar("_Found")

# Not a fork of this process, which may have threads.
_START = "forkserver"
# To start a process takes as long as to migrate so many files.
_FILES = 12


class Map(Protocol):
    """Applies a function to each of some things, in order, as the built-in ``map`` does."""

    def __call__(self, function: Callable[[_Given], _Found], things: Iterable[_Given], /) -> Iterator[_Found]:
        """Returns the results, in order."""


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _begin() -> None:
    """Prepares a process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    warnings.simplefilter("ignore")
    gc.disable()


@contextmanager
def _held_back() -> Iterator[None]:
    """Holds Ctrl-C back while processes start. They stay deaf to it, as the one that has started them deals with it."""
    pressed: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, frame: pressed.append(number))
    # Once it runs, it leaves the mask as it is.
    resource_tracker.ensure_running()
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        signal.signal(signal.SIGINT, before)
    if pressed:
        raise KeyboardInterrupt


@contextmanager
def mapping(count: int) -> Iterator[Map]:
    """Yields a ``map`` for so many files: that of several processes if they are many, else Python's own.

    Raises:
        BadInput: one of the processes has been ended from outside.
    """
    workers = min(_cores(), count // _FILES)
    if workers < 2 or _START not in multiprocessing.get_all_start_methods():
        yield map
        return
    context = multiprocessing.get_context(_START)
    context.set_forkserver_preload(["tf1graphs.migrate.native", "tf1graphs.migrate.project"])
    with ProcessPoolExecutor(workers, context, _begin) as pool:

        def apply(function: Callable[[_Given], _Found], things: Iterable[_Given], /) -> Iterator[_Found]:
            with _held_back():
                return pool.map(function, things)

        try:
            yield apply
        except BrokenProcessPool:
            raise BadInput("one of its processes was ended from outside, maybe as memory ran out") from None
        finally:
            pool.shutdown(cancel_futures=True)
