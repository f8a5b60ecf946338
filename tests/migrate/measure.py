"""Migrates and proves whole programs, and writes the figures: ``python tests/migrate/measure.py``."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import migrated
from rich.progress import track

from tf1graphs.verify import Workers

HEAD = """# What becomes of whole programs

Written by `python tests/migrate/measure.py`; `tests/migrate/test_migrated_programs.py` holds it to the code. A program
is equivalent when `tf1graphs verify` proves its first {steps} training steps, or all that it computes, to be those of
the old one.
"""


def result(name: str, workers: Workers) -> tuple[str, str]:
    """Returns what became of a program, and why."""
    reasons = migrated.reasons(name)
    if reasons:
        return migrated.REFUSED, "; ".join(reasons)
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        found = migrated.difference(name, workers, Path(folder).resolve())
        os.chdir("/")
    return (migrated.WRONG, found) if found else (migrated.EQUIVALENT, "")


def main() -> None:
    """Writes the table and prints the shares."""
    os.environ.update(TF1GRAPHS_OFFLINE="1", TF1GRAPHS_DATA="/no-such-cache", MPLBACKEND="Agg")
    with Workers() as workers:
        rows = {name: result(name, workers) for name in track(migrated.PROGRAMS, "programs")}
    shares = migrated.shares(rows)
    lines = [migrated.row(name, *result) for name, result in rows.items()]
    table = "\n".join(["| program | result | why |", "|---|---|---|", *lines])
    migrated.TABLE.write_text(f"{HEAD.format(steps=migrated.STEPS)}\n{shares}\n\n{table}\n", encoding="utf-8")
    print(shares)
    for name, (word, why) in rows.items():
        if word == migrated.WRONG:
            print(f"{name}: {why}")


if __name__ == "__main__":
    main()
