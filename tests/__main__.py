"""Runs all tests: ``python tests``, with pytest's arguments. Each room's are a process, and each core has one to run.

A process that has imported ``tf1graphs.v1`` is in graph mode and stays there, so TF2-native code needs another one. The
benchmarks come first, while nothing else runs.
"""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

TESTS = Path(__file__).parent
ALONE = TESTS / "benchmarks"
LONGEST_FIRST = [TESTS / room for room in ("v1", "tutorials", "verify", "migrate", "legacy", "inspect", "convert")]
OTHERS = [TESTS, *(f"--ignore={room}" for room in (ALONE, *LONGEST_FIRST))]


def _run(paths: list[Path | str]) -> int:
    """Returns pytest's exit code; what it prints comes as a whole, for others print beside it."""
    command = [sys.executable, "-m", "pytest", *map(str, paths), *sys.argv[1:]]
    ended = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    sys.stdout.buffer.write(ended.stdout)
    sys.stdout.buffer.flush()
    return ended.returncode


def main() -> int:
    """Returns the first exit code that is not 0 (5, no test chosen, counts as 0)."""
    codes = [_run([ALONE])]
    with ThreadPoolExecutor(os.cpu_count()) as cores:
        codes += cores.map(_run, [*([room] for room in LONGEST_FIRST), OTHERS])
    return next((code for code in codes if code not in (0, 5)), 0)


if __name__ == "__main__":
    sys.exit(main())
