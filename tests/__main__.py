"""Runs all tests: ``python tests``, with pytest's arguments. TF2-native code is tested beside code in graph mode.

A process that has imported ``tf1graphs.v1`` is in graph mode and stays there, so what ``migrate`` writes is tested in
another one, with the legacy programs, which have processes of their own: so both take about as long. The benchmarks
come first, while nothing else runs.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from typing import IO

TESTS = Path(__file__).parent
ALONE = [str(TESTS / "benchmarks")]
NATIVE = [str(TESTS / "migrate"), str(TESTS / "legacy")]
GRAPH_MODE = [str(TESTS), *(f"--ignore={folder}" for folder in ALONE + NATIVE)]


def _start(paths: list[str], output: IO[bytes] | None) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "pytest", *paths, *sys.argv[1:]]
    return subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT if output else None)


def main() -> int:
    """Returns the first exit code that is not 0 (5, no test chosen, counts as 0)."""
    codes = [_start(ALONE, None).wait()]
    with tempfile.TemporaryFile() as printed:
        beside = _start(NATIVE, printed)
        codes += [_start(GRAPH_MODE, None).wait(), beside.wait()]
        printed.seek(0)
        sys.stdout.buffer.write(printed.read())
    return next((code for code in codes if code not in (0, 5)), 0)


if __name__ == "__main__":
    sys.exit(main())
