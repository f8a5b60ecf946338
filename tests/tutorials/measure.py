"""Prints rows of the table in ``tutorials/README.md``: ``python tests/tutorials/measure.py [FOLDER ...]``.

Per tutorial: minutes that both scripts take with their default options, the largest relative difference of TF1's and
TF2's losses over 10 steps, and that of the TF1 version's losses here and on TensorFlow 1.15.5.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import twin
from cases import CASES
from loading import load
from recording import Tf1Run

STEPS = 10


def minutes(script: Path) -> str:
    with tempfile.TemporaryDirectory() as logdir:
        start = time.perf_counter()
        command = [sys.executable, str(script), "--logdir", logdir]
        subprocess.run(command, check=True, capture_output=True, env={**os.environ, "TF1GRAPHS_OFFLINE": "1"})
    return f"{(time.perf_counter() - start) / 60:.1f}"


def relative(found: Any, expected: Any) -> str:
    expected = np.asarray(expected)
    return f"{np.max(np.abs(found - expected) / np.abs(expected)):.0e}"


def differences(name: str, tf2: Callable[..., Any], recorded: dict[str, Any]) -> tuple[str, str]:
    import tf1graphs.v1 as tf

    if name not in CASES:
        return "none", "none"
    run = Tf1Run(tf, load(twin.TUTORIALS / name / "tf1.py"), CASES[name])
    batches = CASES[name].batches(STEPS)
    costs = run.train(batches)
    return relative(tf2(twin.compare, name, run.initial, batches)["costs"], costs), relative(costs, recorded[name])


def main() -> None:
    path = Path(__file__).parents[1] / "fixtures" / "tf115" / "tutorials.json"
    recorded = json.loads(path.read_text())
    with twin.process() as tf2:
        for name in sys.argv[1:] or sorted(path.parent.name for path in twin.TUTORIALS.glob("*/tf1.py")):
            folder = twin.TUTORIALS / name
            title = (folder / "README.md").read_text().partition("\n")[0]
            both = " / ".join(minutes(folder / script) for script in ("tf1.py", "tf2.py"))
            image = f'<img src="{name}/picture.png" width="160" alt="">'
            of_tf2, of_115 = differences(name, tf2, recorded)
            print(f"| [{title.lstrip('# ')}]({name}/README.md) | {both} | {image} | {of_tf2} | {of_115} |", flush=True)


if __name__ == "__main__":
    main()
