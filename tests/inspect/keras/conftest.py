"""Keras files that a process of its own writes, with what Keras says of the models in them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

SCRIPT = Path(__file__).with_name("write_models.py")


@pytest.fixture(scope="session")
def of_keras(tmp_path_factory: pytest.TempPathFactory, python: Callable[..., Any]) -> Path:
    """A directory with the models ``branches``, ``words`` and ``rules`` of Keras 2 and 3, in all kinds of files."""
    folder = tmp_path_factory.mktemp("of_keras")
    done = python(str(SCRIPT), str(folder))
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="session")
def said(of_keras: Path) -> dict[str, Any]:
    """What Keras says of each model: its parameters, and those and the output shapes of its layers."""
    content: dict[str, Any] = json.loads((of_keras / "said.json").read_text())
    return content
