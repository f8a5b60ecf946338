"""What is written is there as a whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from tf1graphs.replacing import replacing


@pytest.mark.parametrize("before", [None, "old"])
def test_a_file_takes_the_place_of_another(before: str | None, tmp_path: Path) -> None:
    target = tmp_path / "folder" / "file.txt"
    if before:
        target.parent.mkdir()
        target.write_text(before)
    with replacing(target) as unfinished:
        unfinished.write_text("new")
        assert (target.read_text() if before else target.exists()) == (before or False)
    assert target.read_text() == "new"
    assert list(target.parent.iterdir()) == [target]


def test_a_directory_takes_the_place_of_another(tmp_path: Path) -> None:
    for name in ("one", "two"):
        with replacing(tmp_path / "target") as unfinished:
            unfinished.mkdir()
            (unfinished / name).write_text(name)
    assert [path.relative_to(tmp_path).as_posix() for path in sorted(tmp_path.rglob("*"))] == ["target", "target/two"]


@pytest.mark.parametrize("as_directory", [False, True])
def test_an_error_leaves_what_was_there(as_directory: bool, tmp_path: Path) -> None:
    target = tmp_path / "target"
    if as_directory:
        target.mkdir()
    else:
        target.write_text("old")
    with pytest.raises(ZeroDivisionError), replacing(target) as unfinished:
        unfinished.mkdir()
        (unfinished / "half").write_text("half")
        1 / 0  # noqa: B018
    assert list(tmp_path.iterdir()) == [target]
    assert target.is_dir() == as_directory


def test_nothing_written_is_an_error_that_keeps_the_old_directory(tmp_path: Path) -> None:
    (tmp_path / "target").mkdir()
    with pytest.raises(FileNotFoundError), replacing(tmp_path / "target"):
        """Writes nothing."""
    assert list(tmp_path.iterdir()) == [tmp_path / "target"]
