"""Finds, reads and writes the files of a migration; what a file is made of beside its text survives."""

from __future__ import annotations

import contextlib
import difflib
import io
import os
import re
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from tf1graphs.migrate import notebook
from tf1graphs.run.errors import BadInput

_NOTEBOOK = ".ipynb"
_SUFFIXES = (".py", _NOTEBOOK)
_OTHER_FOLDERS = {"__pycache__", "node_modules"}
_NEWLINE = re.compile(r"\r\n?|\n")


class Document(Protocol):
    """A program as it lies on disk, and its text as Python reads it."""

    @property
    def path(self) -> Path:
        """The file."""

    @property
    def data(self) -> bytes:
        """What the file holds."""

    @property
    def text(self) -> str:
        r"""The program's source with ``\n`` between lines."""

    def rewritten(self, text: str) -> bytes:
        """Returns what the file holds once its text is another one."""

    def place(self, line: int, text: str | None = None) -> str:
        """Returns how messages call a line of the text, or of another text for the same file."""

    def shown(self, text: str) -> str:
        """Returns a text as people see it in the file."""


@dataclass(frozen=True)
class Script:
    """A Python file, whose encoding, byte order mark and newlines are kept."""

    path: Path
    data: bytes
    text: str
    encoding: str

    def rewritten(self, text: str) -> bytes:
        """Returns the bytes of the file with another text."""
        if text == self.text:
            return self.data
        return self._with_newlines(text).encode(self.encoding)

    def _with_newlines(self, text: str) -> str:
        """Gives lines that are still there their own newlines, and the others the first one's."""
        endings = _NEWLINE.findall(self.data.decode(self.encoding))
        if set(endings) <= {"\n"}:
            return text
        old, new = self.text.split("\n"), text.split("\n")
        found = dict.fromkeys(range(len(new)), endings[0])
        if len(set(endings)) > 1:
            for match in difflib.SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks():
                found |= {match.b + each: (endings + endings[:1])[match.a + each] for each in range(match.size)}
        return "".join(line + found[number] for number, line in enumerate(new[:-1])) + new[-1]

    def place(self, line: int, text: str | None = None) -> str:
        """Returns ``file:line``."""
        del text
        return f"{self.path}:{line}"

    def shown(self, text: str) -> str:
        """Returns a text with the newlines of the file."""
        return self._with_newlines(text)


def _script(path: Path, data: bytes) -> Script:
    try:
        encoding = tokenize.detect_encoding(io.BytesIO(data).readline)[0]
        text = data.decode(encoding)
    except (SyntaxError, ValueError, LookupError) as error:
        raise BadInput(f"{path}: not a Python file: {error}") from None
    return Script(path, data, _NEWLINE.sub("\n", text), encoding)


def read(path: Path) -> Document:
    """Reads a script or notebook.

    Raises:
        BadInput: it cannot be read, or is neither.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise BadInput(f"{path}: {error.strerror}") from None
    return notebook.read(path, data) if path.suffix == _NOTEBOOK else _script(path, data)


@dataclass(frozen=True)
class Found:
    """The files at the paths of a command line.

    Attributes:
        programs: each script and notebook -> its place in the output, below the folder that is written.
        others: how many other files lie in the folders among the paths.
    """

    programs: dict[Path, Path]
    others: int


def _below(folder: Path) -> Iterator[Path]:
    for place, folders, names in os.walk(folder):
        root = Path(place)
        folders[:] = sorted(
            name
            for name in folders
            if not name.startswith(".") and name not in _OTHER_FOLDERS and not (root / name / "pyvenv.cfg").exists()
        )
        yield from (root / name for name in sorted(names) if (root / name).is_file())


def find(paths: list[Path]) -> Found:
    """Finds the scripts and notebooks among paths and in the folders among them.

    Raises:
        BadInput: there is no such path, or two would be written to the same place.
    """
    programs, others, taken = dict[Path, Path](), 0, dict[Path, Path]()
    for path in paths:
        if not path.exists():
            raise BadInput(f"{path}: no such file or folder")
        files = list(_below(path)) if path.is_dir() else [path]
        found = [file for file in files if file.suffix in _SUFFIXES or file == path]
        others += len(files) - len(found)
        for file in found:
            inside = file.relative_to(path) if path.is_dir() else Path(file.name)
            place = path.resolve().name / inside if path.is_dir() and len(paths) > 1 else inside
            if taken.setdefault(place, file) != file:
                raise BadInput(f"{taken[place]} and {file} have the same name: migrate them one after the other")
            programs[file] = place
    return Found(programs, others)


def write(path: Path, data: bytes, like: Path | None = None) -> None:
    """Writes a file as a whole or not at all, with the permissions of another one where given.

    Raises:
        BadInput: it cannot be written.
    """
    path = path.resolve()
    unfinished = path.with_name(f"{path.name}.unfinished")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished.write_bytes(data)
        if like:
            unfinished.chmod(like.stat().st_mode & 0o7777)
        unfinished.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            unfinished.unlink()
        raise BadInput(f"{path}: {error.strerror}") from None
