"""The legacy programs, how they are run, and what TensorFlow 1.15 printed for each."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
FIXTURES = Path(__file__).parents[1] / "fixtures" / "tf115" / "legacy"


def _found(*patterns: str) -> dict[str, Path]:
    files = sorted(file for pattern in patterns for file in HERE.glob(pattern))
    return {file.parent.name if file.name == "main.py" else file.stem: file for file in files}


SCRIPTS = _found("scripts/*.py", "scripts/*.ipynb", "scripts/*/main.py")
PROGRAMS = SCRIPTS | _found("programs/*/main.py")


def run(name: str) -> subprocess.CompletedProcess[str]:
    """Runs a program with ``tf1graphs run`` in its folder, with no network and no display."""
    environment = {variable: value for variable, value in os.environ.items() if variable != "TF_CPP_MIN_LOG_LEVEL"}
    return subprocess.run(
        [sys.executable, "-m", "tf1graphs", "run", "--quiet", PROGRAMS[name].name],
        cwd=PROGRAMS[name].parent,
        env=environment | {"TF1GRAPHS_OFFLINE": "1", "MPLBACKEND": "Agg"},
        capture_output=True,
        text=True,
        timeout=300,
    )


def printed_by_115(name: str) -> str:
    """Returns the recorded output of a program."""
    return (FIXTURES / f"{name}.txt").read_text(encoding="utf-8")
