"""Runs programs with the real command."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Legacy = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def command(python, tmp_path: Path) -> Legacy:
    """Runs ``tf1graphs run`` with its arguments, in a directory of the test's own, without network and display."""

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return python("-m", "tf1graphs", "run", *arguments, cwd=tmp_path, TF1GRAPHS_OFFLINE="1", MPLBACKEND="Agg")

    return run


@pytest.fixture
def legacy(command: Legacy, tmp_path: Path) -> Legacy:
    """Writes a program and runs it: ``legacy(source, *its arguments, options=[...], file="train.py")``."""

    def run(
        source: str, *arguments: str, options: tuple[str, ...] = (), file: str = "train.py"
    ) -> subprocess.CompletedProcess[str]:
        (tmp_path / file).write_text(source, encoding="utf-8")
        return command(*options, file, *arguments)

    return run
