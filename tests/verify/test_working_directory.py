"""Each of two programs finds the working directory as it was, and what both wrote is there afterwards."""

from __future__ import annotations

from pathlib import Path

import pytest

from tf1graphs.verify import verify, working_directory

COUNTER = """\
import os
import {module} as tf
x = tf.Variable(1.0)
started = os.path.exists("made/started") or open("kept").read() != "old"
os.makedirs("made", exist_ok=True)
for name in ("made/started", "kept", "by_{name}"):
    with open(name, "w") as file:
        file.write("{name}")
print("found", int(started))
"""


def test_the_second_finds_what_the_first_found(tmp_path: Path) -> None:
    (tmp_path / "kept").write_text("old")
    (tmp_path / "removed").write_text("old")
    with working_directory.found_again(tmp_path) as bring_back:
        (tmp_path / "kept").write_text("first")
        (tmp_path / "removed").unlink()
        (tmp_path / "made").mkdir()
        for name in ("only_first", "both"):
            (tmp_path / "made" / name).write_text("first")
        bring_back()
        found = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()}
        assert found == {"kept", "removed"}
        assert (tmp_path / "kept").read_text() == "old"
        (tmp_path / "made" / "both").write_text("second")
    assert {path.name: path.read_text() for path in tmp_path.rglob("*") if path.is_file()} == {
        "kept": "first",
        "removed": "old",
        "only_first": "first",
        "both": "second",
    }


def test_nothing_is_lost_when_the_second_fails(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt), working_directory.found_again(tmp_path) as bring_back:
        (tmp_path / "made").write_text("first")
        bring_back()
        raise KeyboardInterrupt
    assert (tmp_path / "made").read_text() == "first"


def test_a_large_folder_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(working_directory, "_MOST_BYTES", 2)
    (tmp_path / "large").write_text("large")
    with working_directory.found_again(tmp_path) as bring_back:
        (tmp_path / "large").write_text("first")
        bring_back()
        assert (tmp_path / "large").read_text() == "first"


def test_programs_that_go_on_from_their_own_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, workers) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "kept").write_text("old")
    for name, module in (("first", "tf1graphs.v1"), ("second", "tensorflow")):
        (tmp_path / f"{name}.py").write_text(COUNTER.format(name=name, module=module))
    comparison = verify("first.py", "second.py", workers=workers)
    assert comparison.is_equivalent, comparison.quantities
    assert (tmp_path / "kept").read_text() == "second"
    assert (tmp_path / "by_first").exists() and (tmp_path / "by_second").exists()
