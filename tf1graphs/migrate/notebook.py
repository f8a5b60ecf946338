"""A notebook as one program: its code cells behind one another, from which each statement returns to its cell."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tf1graphs.run import notebook
from tf1graphs.run.errors import BadInput

# Comments stay where they are in a migration, so they say which cell it is, and where a magic was.
_CELL = "# %% cell {}"
_CELL_LINE = re.compile(r"^# %% cell (\d+)\n", re.MULTILINE)
_MAGIC = "# %% magic {}"
_MAGIC_LINE = re.compile(r"^([ \t]*)(.*?)(?:  )?# %% magic (\d+)$", re.MULTILINE)


class CellsLost(Exception):
    """A text no longer has all cells and magics of its notebook in their order."""


@dataclass(frozen=True)
class Notebook:
    """A notebook of Python.

    Attributes:
        path: the file.
        data: what it holds.
        text: the source of its cells, with a comment before each, and comments in place of magics.
        magics: the lines that stood where the text has these comments.
        content: the cells as they are.
    """

    path: Path
    data: bytes
    text: str
    magics: tuple[str, ...]
    content: Any

    def _cells(self, text: str) -> dict[int, str]:
        """Returns number -> source of the cells in a text, without the last newline; what comes first is the first's.

        Raises:
            CellsLost: a cell or magic is missing, doubled or in another place.
        """
        before, *parts = _CELL_LINE.split(text)
        if parts[::2] != _CELL_LINE.findall(self.text):
            raise CellsLost("the cells are no longer apart")
        cells = {int(number): source.removesuffix("\n") for number, source in zip(parts[::2], parts[1::2], strict=True)}
        if before.strip() and cells:
            first = min(cells)
            cells[first] = before + cells[first]
        return cells

    def _restored(self, source: str) -> str:
        """Returns the source of a cell with its magics; that of a whole cell comes first."""
        first = [self.magics[int(number)] for _, code, number in _MAGIC_LINE.findall(source) if not code]
        lines = [line for line in source.split("\n") if not re.fullmatch(r"\s*# %% magic \d+", line)]
        return self.shown("\n".join(first + lines))

    def rewritten(self, text: str) -> bytes:
        """Returns the notebook with another text; cells that change lose their outputs.

        Raises:
            CellsLost: the text no longer has all of its cells and magics.
        """
        if text == self.text:
            return self.data
        import copy

        import nbformat

        if sorted(found[2] for found in _MAGIC_LINE.findall(text)) != sorted(map(str, range(len(self.magics)))):
            raise CellsLost("a magic is no longer where it was")
        content = copy.deepcopy(self.content)
        codes = [cell for cell in content.cells if cell.cell_type == "code"]
        old = self._cells(self.text)
        for number, source in self._cells(text).items():
            if source != old[number]:
                codes[number - 1].update(source=self._restored(source.strip("\n")), outputs=[], execution_count=None)
        written: str = nbformat.writes(content)  # type: ignore[no-untyped-call]
        return (written.rstrip("\n") + "\n").encode()

    def place(self, line: int, text: str | None = None) -> str:
        """Returns ``file, cell number:line`` of a line of the text, or of another text with the same cells."""
        lines = (self.text if text is None else text).split("\n")[:line]
        for within, above in enumerate(reversed(lines)):
            if found := _CELL_LINE.match(f"{above}\n"):
                return f"{self.path}, cell {found[1]}:{max(within, 1)}"
        return f"{self.path}:{line}"

    def shown(self, text: str) -> str:
        """Returns a text with its magics as they were."""
        return _MAGIC_LINE.sub(lambda line: line[1] + self.magics[int(line[3])].lstrip(), text)


def _language(content: Any) -> str:
    kernel = content.metadata.get("kernelspec") or {}
    info = content.metadata.get("language_info") or {}
    return str(kernel.get("language") or info.get("name") or "python").lower()


def _joined(sources: list[str], codes: list[str]) -> tuple[str, tuple[str, ...]]:
    """Returns one text for cells without their magics, and the magics."""
    text: list[str] = []
    magics: list[str] = []
    for number, (source, code) in enumerate(zip(sources, codes, strict=True), start=1):
        if not code.strip():
            continue
        text.append(_CELL.format(number))
        for old, new in zip(source.split("\n"), code.split("\n"), strict=True):
            text.append(new if new == old else f"{new}{new and '  '}{_MAGIC.format(len(magics))}")
            magics += [] if new == old else [old]
    return "".join(f"{line}\n" for line in text), tuple(magics)


def read(path: Path, data: bytes) -> Notebook:
    """Reads a notebook; one in another language than Python has no text.

    Raises:
        BadInput: it is none.
    """
    codes = notebook.cells(data, str(path))
    import nbformat

    content = nbformat.reads(data.decode("utf-8"), as_version=4)  # type: ignore[no-untyped-call]
    if _language(content) not in ("python", "ipython"):
        return Notebook(path, data, "", (), content)
    if any(_CELL_LINE.search(f"{code}\n") or _MAGIC_LINE.search(code) for code in codes):
        raise BadInput(f"{path}: has lines like {_CELL.format(1)!r}, by which its cells would be told apart")
    sources = [cell.source for cell in content.cells if cell.cell_type == "code"]
    return Notebook(path, data, *_joined(sources, codes), content)
