"""What tests of every room use."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tf1graphs.verify import Workers

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="session")
def python() -> Run:
    """Runs code or a script in a fresh interpreter: ``python("-c", code)``, with environment variables by keyword."""

    def run(*arguments: str, cwd: Path | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
        variables = {name: value for name, value in os.environ.items() if name != "TF_CPP_MIN_LOG_LEVEL"}
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=cwd,
            env=variables | environment,
            capture_output=True,
            text=True,
            timeout=600,
        )

    return run


@pytest.fixture(scope="session")
def workers() -> Iterator[Workers]:
    """The processes that record programs: TensorFlow is imported once for each style, and programs run in forks."""
    with Workers() as started:
        yield started
