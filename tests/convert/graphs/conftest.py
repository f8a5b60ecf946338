"""Two processes in which TensorFlow 2 computes eagerly: one converts, another serves what was written."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from typing import Any

import converting
import pytest

Call = Callable[..., Any]


def _process() -> Iterator[Call]:
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, context, initializer=converting.quiet) as pool:
        yield lambda function, *arguments, **named: pool.submit(function, *arguments, **named).result(timeout=300)


@pytest.fixture(scope="session")
def converter() -> Iterator[Call]:
    """Calls a function of ``converting`` in the process that converts."""
    yield from _process()


@pytest.fixture(scope="session")
def server() -> Iterator[Call]:
    """Calls a function of ``converting`` in a process that has converted nothing."""
    yield from _process()
