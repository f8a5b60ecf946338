"""A checkpoint is found from its meta graph, and the other way."""

from __future__ import annotations

from pathlib import Path

import pytest

from tf1graphs.inspect.errors import InvalidFile
from tf1graphs.inspect.reading.pairs import checkpoint_beside, meta_beside


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """A directory with a checkpoint and two meta graphs."""
    for name in ("model.ckpt-7.index", "model.ckpt-7.meta", "alone.meta", "other.index"):
        (tmp_path / name).touch()
    return tmp_path


def test_what_is_beside_is_found(files: Path) -> None:
    assert meta_beside(files / "model.ckpt-7") == files / "model.ckpt-7.meta"
    assert checkpoint_beside(files / "model.ckpt-7.meta") == files / "model.ckpt-7"


def test_what_is_alone_is_alone(files: Path) -> None:
    assert meta_beside(files / "other") is None
    assert checkpoint_beside(files / "alone.meta") is None
    assert checkpoint_beside(files / "frozen.pb") is None


def test_a_checkpoint_that_is_not_there(files: Path) -> None:
    with pytest.raises(InvalidFile, match="no such checkpoint"):
        meta_beside(files / "nothing")
