"""What a path is, found by names and content."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tf1graphs.inspect.errors import InvalidFile
from tf1graphs.inspect.kinds import CHECKPOINT, EVENTS, GRAPH, KERAS, kinds_of

FIXTURES = Path(__file__).parents[1] / "fixtures" / "tf115"

FILES = {
    "frozen.pb": (b"", GRAPH),
    "graph.pbtxt": (b"", GRAPH),
    "model.ckpt.meta": (b"", GRAPH),
    "graph": (b"node {", GRAPH),
    "model.ckpt.index": (b"", CHECKPOINT),
    "model.ckpt.data-00000-of-00001": (b"", CHECKPOINT),
    "checkpoint": (b"", CHECKPOINT),
    "events.out.tfevents.1.host": (b"", EVENTS),
    "events.out.tfevents.1.host.v2": (b"", EVENTS),
    "model.keras": (b"", KERAS),
    "model.weights.h5": (b"", KERAS),
    "old_model": (b"\x89HDF\r\n\x1a\n", KERAS),
    "new_model": (b"PK\x03\x04", KERAS),
}


@pytest.mark.parametrize("name", FILES)
def test_files(name: str, tmp_path: Path) -> None:
    content, kind = FILES[name]
    (tmp_path / name).write_bytes(content)
    assert kinds_of(tmp_path / name) == [kind]


def test_checkpoints_without_an_ending() -> None:
    assert kinds_of(FIXTURES / "checkpoints" / "v1_dtypes" / "model.ckpt") == [CHECKPOINT]
    assert kinds_of(FIXTURES / "checkpoints" / "dtypes" / "model.ckpt") == [CHECKPOINT]


def test_a_directory_may_be_several(tmp_path: Path) -> None:
    shutil.copytree(FIXTURES / "checkpoints" / "dtypes", tmp_path / "run")
    assert kinds_of(tmp_path / "run") == [CHECKPOINT]
    (tmp_path / "run" / "eval").mkdir()
    (tmp_path / "run" / "eval" / "events.out.tfevents.1.host").write_bytes(b"")
    assert kinds_of(tmp_path / "run") == [CHECKPOINT, EVENTS]
    assert kinds_of(tmp_path) == [EVENTS]
    (tmp_path / "run" / "saved_model.pb").write_bytes(b"")
    assert kinds_of(tmp_path / "run") == [GRAPH, CHECKPOINT, EVENTS]


@pytest.mark.parametrize(
    ("name", "problem"),
    [("nothing.pb", "no such file, directory or checkpoint"), ("", "no SavedModel, no checkpoint and no event files")],
)
def test_refusals(name: str, problem: str, tmp_path: Path) -> None:
    with pytest.raises(InvalidFile, match=problem):
        kinds_of(tmp_path / name)
