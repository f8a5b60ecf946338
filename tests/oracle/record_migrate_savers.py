"""Records checkpoints of TensorFlow 1.15, and how training goes on from them, for the migrated savers.

Run with a Python 3.7 that has tensorflow==1.15.5: ``python tests/oracle/record_migrate_savers.py``.
It writes ``tests/fixtures/tf115/migrate_savers.json.gz``: for each program the two files of its checkpoint after three
steps, in base 64, and the losses of the three steps that follow when another run of the program restores it.
"""

import base64
import gzip
import json
import os
import sys
import tempfile
from pathlib import Path

import tensorflow as tf

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "migrate"))

from saver_programs import PROGRAMS  # noqa: E402

FIXTURE = HERE.parent / "fixtures" / "tf115" / "migrate_savers.json.gz"


def run(name, folder, restored):
    """Runs a program in a graph of its own; returns its variables."""
    tf.reset_default_graph()
    tf.set_random_seed(7)
    variables = {"FOLDER": folder, "RESTORED": restored, "STEPS": 3}
    exec(PROGRAMS[name], variables)
    return variables


def recorded(name):
    """Returns the checkpoint of a program and the losses after it."""
    with tempfile.TemporaryDirectory() as folder:
        saved = run(name, folder, None)["saved"]
        files = {}
        for ending in ("index", "data-00000-of-00001"):
            with open(saved + "." + ending, "rb") as file:
                files[ending] = base64.b64encode(file.read()).decode()
        losses = run(name, os.path.join(folder), saved)["losses"]
        return {"files": files, "losses": [float(loss) for loss in losses]}


def main():
    """Writes the fixture."""
    content = json.dumps({name: recorded(name) for name in PROGRAMS}, sort_keys=True)
    with open(str(FIXTURE), "wb") as file, gzip.GzipFile(fileobj=file, mode="wb", mtime=0) as packed:
        packed.write(content.encode())


if __name__ == "__main__":
    main()
