"""Starts the process that runs a program for ``--trace``, and reads what it has found."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from tf1graphs.migrate.facts.trace import Seen


class CouldNotTrace(Exception):
    """A program did not come to its end; the message says why, behind its name."""


def trace(
    script: Path, texts: Mapping[Path, str], arguments: Sequence[str], steps: int, seconds: float
) -> dict[Path, Seen]:
    """Runs a program and returns what the expressions of its files were, by the paths of these.

    Args:
        script: the absolute path of the program.
        texts: the sources of the files to record, among them the program, by their absolute paths.
        arguments: its command line.
        steps: after how many training steps it is ended.
        seconds: after how many seconds it has failed.

    Raises:
        CouldNotTrace: it failed.
    """
    with tempfile.TemporaryDirectory(prefix="tf1graphs-trace-") as scratch:
        job, result = Path(scratch, "job.json"), Path(scratch, "result.json")
        asked = {
            "script": str(script),
            "texts": {str(path): text for path, text in texts.items()},
            "arguments": list(arguments),
            "steps": steps,
            "result": str(result),
        }
        job.write_text(json.dumps(asked), encoding="utf-8")
        _run([sys.executable, "-m", "tf1graphs.migrate.trace.child", str(job)], seconds)
        if not result.exists():
            raise CouldNotTrace("ended its process by itself")
        found = json.loads(result.read_text(encoding="utf-8"))
    return {Path(path): {tuple(where): (kind, value) for where, kind, value in facts} for path, facts in found.items()}


def _run(command: Sequence[str], seconds: float) -> None:
    """Runs the process, whose output is its own."""
    try:
        done = subprocess.run(
            command,
            timeout=seconds,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            errors="replace",
        )
    except subprocess.TimeoutExpired:
        raise CouldNotTrace(f"did not end within {seconds:g} seconds") from None
    if done.returncode:
        said = [line.strip() for line in done.stderr.splitlines() if line.strip()]
        raise CouldNotTrace(f"failed ({said[-1] if said else f'exit code {done.returncode}'})")
