"""Files are found, read and written with all that they are made of beside their text."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from standard_library import sample

from tf1graphs.migrate import files
from tf1graphs.run.errors import BadInput

# What a file holds, and what it holds once "old" is "new" in its text.
KEPT = {
    "plain": (b"old = 1\n", b"new = 1\n"),
    "no final newline": (b"a\nold", b"a\nnew"),
    "byte order mark": (b"\xef\xbb\xbfold\n", b"\xef\xbb\xbfnew\n"),
    "encoding": (b"# coding: latin-1\nold = '\xe9'\n", b"# coding: latin-1\nnew = '\xe9'\n"),
    "windows": (b"a\r\nold\r\n\r\n", b"a\r\nnew\r\n\r\n"),
    "macintosh": (b"a\rold\r", b"a\rnew\r"),
    "mixed": (b"a\r\nb\nc\rold\nd\r\n", b"a\r\nb\nc\rnew\r\nd\r\n"),
    "form feed": (b"a\n\x0cold\x0b\n", b"a\n\x0cnew\x0b\n"),
    "line separators": ("old = '\u2028\x85\x1c'\n".encode(), "new = '\u2028\x85\x1c'\n".encode()),
    "empty": (b"", b""),
}


@pytest.mark.parametrize(("before", "after"), KEPT.values(), ids=KEPT)
def test_what_surrounds_a_change_is_kept(tmp_path, before, after):
    (tmp_path / "a.py").write_bytes(before)
    script = files.read(tmp_path / "a.py")
    assert "\r" not in script.text
    assert script.rewritten(script.text) == before
    assert script.rewritten(script.text.replace("old", "new")) == after
    assert script.shown(script.text).encode(script.encoding) == before


@pytest.mark.parametrize("data", [b"# coding: nonsense\n", b"\xff", b"# coding: rot13\n", b"# coding: ascii\n\xe9"])
def test_what_is_no_text_is_refused_in_one_line(tmp_path, data):
    (tmp_path / "a.py").write_bytes(data)
    with pytest.raises(BadInput, match="a.py: not a Python file: .*"):
        files.read(tmp_path / "a.py")


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(BadInput, match="a.py: No such file"):
        files.read(tmp_path / "a.py")


def test_the_standard_library_is_kept(tmp_path):
    for file in sample():
        try:
            script = files.read(file)
        except BadInput:
            continue
        assert script.rewritten(script.text) == file.read_bytes()
        longer = script.rewritten(script.text + "# end")
        assert longer == file.read_bytes() + "# end".encode(script.encoding.replace("-sig", "")), file


@pytest.fixture
def folder(tmp_path, monkeypatch) -> Path:
    for name in [
        "p/a.py",
        "p/b.ipynb",
        "p/data.csv",
        "p/sub/c.py",
        "p/.git/d.py",
        "p/__pycache__/e.py",
        "p/venv/pyvenv.cfg",
        "p/venv/f.py",
        "q/a.py",
        "train",
    ]:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("")
    monkeypatch.chdir(tmp_path)
    return tmp_path


FOUND = [
    (["p"], {"p/a.py": "a.py", "p/b.ipynb": "b.ipynb", "p/sub/c.py": "sub/c.py"}, 1),
    (["p/a.py", "train"], {"p/a.py": "a.py", "train": "train"}, 0),
    (["p/sub", "q"], {"p/sub/c.py": "sub/c.py", "q/a.py": "q/a.py"}, 0),
    (["q/a.py", "q/a.py"], {"q/a.py": "a.py"}, 0),
]


@pytest.mark.parametrize(("paths", "places", "others"), FOUND)
def test_scripts_and_notebooks_are_found(folder, paths, places, others):
    found = files.find([Path(path) for path in paths])
    assert {str(path): str(place) for path, place in found.programs.items()} == places
    assert found.others == others


@pytest.mark.parametrize(
    ("paths", "message"),
    [(["no"], "no: no such file or folder"), (["p/a.py", "q/a.py"], "p/a.py and q/a.py have the same name: ")],
)
def test_paths_that_cannot_be_are_refused(folder, paths, message):
    with pytest.raises(BadInput, match=message):
        files.find([Path(path) for path in paths])


def test_a_file_is_written_as_a_whole_with_its_permissions(tmp_path):
    file = tmp_path / "a.py"
    file.write_text("old")
    file.chmod(0o750)
    (tmp_path / "link.py").symlink_to(file)
    files.write(tmp_path / "link.py", b"new", like=file)
    assert (file.read_text(), file.stat().st_mode & 0o777) == ("new", 0o750)
    assert (tmp_path / "link.py").is_symlink()
    files.write(tmp_path / "x" / "y" / "b.py", b"new", like=file)
    assert (tmp_path / "x" / "y" / "b.py").stat().st_mode & 0o777 == 0o750
    assert sorted(os.listdir(tmp_path)) == ["a.py", "link.py", "x"]


def test_a_file_that_cannot_be_written_stays(tmp_path, monkeypatch):
    file = tmp_path / "a.py"
    file.write_text("old")

    def fail(*arguments):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(BadInput, match="a.py: No space left on device"):
        files.write(file, b"new")
    assert os.listdir(tmp_path) == ["a.py"] and file.read_text() == "old"
