"""Prints rows of the table in ``tutorials/README.md``: ``python tests/tutorials/measure.py [FOLDER ...]``.

Per tutorial: minutes that both scripts take with their default options, the largest relative difference of TF1's and
TF2's losses over 10 steps, and that of the TF1 version's losses here and on TensorFlow 1.15.5.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import short

from tf1graphs.verify import Workers, compare

STEPS = 10
RECORDINGS = Path(__file__).parents[1] / "fixtures" / "tf115" / "recordings"


def minutes(script: Path) -> str:
    with tempfile.TemporaryDirectory() as logdir:
        start = time.perf_counter()
        subprocess.run([sys.executable, str(script), "--logdir", logdir], check=True, capture_output=True)
    return f"{(time.perf_counter() - start) / 60:.1f}"


def losses(first: Path, second: Path) -> str:
    of_loss = [q.relative for q in compare(first, second).quantities if q.series.kind == "loss"]
    return f"{of_loss[0]:.0e}" if of_loss else "no training"


def differences(name: str, workers: Workers) -> tuple[str, str]:
    original = RECORDINGS / f"{name}.jsonl.gz"
    with tempfile.TemporaryDirectory() as scratch:
        paths = [original]
        for version in ("tf1", "tf2"):
            folder = Path(scratch, version)
            folder.mkdir()
            script = short.write(name, version, folder)
            arguments = short.arguments(name, folder / "logs")
            paths.append(workers.record(script, arguments, follow=paths[-1], steps=STEPS).path)
    return losses(*paths[1:]), losses(*paths[:2])


def main() -> None:
    os.environ["TF1GRAPHS_OFFLINE"] = "1"
    with Workers() as workers:
        for name in sys.argv[1:] or short.NAMES:
            folder = short.TUTORIALS / name
            title = (folder / "README.md").read_text().partition("\n")[0]
            both = " / ".join(minutes(folder / script) for script in ("tf1.py", "tf2.py"))
            image = f'<img src="{name}/picture.png" width="160" alt="">'
            of_tf2, of_115 = differences(name, workers)
            print(f"| [{title.lstrip('# ')}]({name}/README.md) | {both} | {image} | {of_tf2} | {of_115} |", flush=True)


if __name__ == "__main__":
    main()
