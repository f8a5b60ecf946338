"""Keras 3 runs in a process of its own: that of the tests may be in graph mode."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from typing import Any

import pytest


@pytest.fixture(scope="session")
def in_keras() -> Iterator[Callable[..., Any]]:
    """Calls a function of a module in a process that has Keras 3, one for all tests; errors come back."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TF_CPP_MIN_LOG_LEVEL", os.environ.get("TF_CPP_MIN_LOG_LEVEL", "3"))
        patch.setenv("CUDA_VISIBLE_DEVICES", "-1")
        with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as worker:
            yield lambda function, *arguments: worker.submit(function, *arguments).result()
