"""Counts how many legacy programs run, and how many print what 1.15 printed: ``python tests/legacy/measure.py``."""

from __future__ import annotations

from catalogue import PROGRAMS, printed_by_115, run
from printed import difference
from rich.progress import track


def main() -> None:
    ran = equal = 0
    for name in track(PROGRAMS, "legacy programs"):
        done = run(name)
        found = difference(done.stdout, printed_by_115(name))
        ran += done.returncode == 0
        equal += not found
        if done.returncode or found:
            print(f"{name}: exit code {done.returncode}; {found}")
    print(f"{ran} of {len(PROGRAMS)} run; {equal} print what TensorFlow 1.15 printed")


if __name__ == "__main__":
    main()
