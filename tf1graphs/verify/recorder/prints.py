"""Records the lines that a program prints and that have numbers in them."""

from __future__ import annotations

import sys
from typing import Any, Iterable

from .run import Run


class Prints:
    """A standard output that passes everything on and records whole lines."""

    def __init__(self, run: Run, out: Any) -> None:
        self._run = run
        self._out = out
        self._line = ""

    def write(self, text: str) -> Any:
        """Passes ``text`` on, and records each line that it completes."""
        written = self._out.write(text)
        *lines, self._line = (self._line + text).replace("\r", "\n").split("\n")
        for line in lines:
            self._record(line)
        return written

    def writelines(self, lines: Iterable[str]) -> None:
        """Writes each of ``lines``."""
        for line in lines:
            self.write(line)

    def finish(self) -> None:
        """Records a last line that has no end."""
        self._record(self._line)
        self._line = ""

    def _record(self, line: str) -> None:
        if any(character.isdigit() for character in line) or "nan" in line or "inf" in line:
            self._run.stream.write("print", step=self._run.step, line=line)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._out, name)


def install(run: Run) -> Prints:
    """Records what this process prints from now on; returns the output that does it."""
    prints = Prints(run, sys.stdout)
    sys.stdout = prints
    return prints
