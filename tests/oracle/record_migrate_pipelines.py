"""Records what programs with datasets, queues and monitored sessions print on real TensorFlow 1.15.

Run with a Python 3.7 that has tensorflow==1.15.5: ``python tests/oracle/record_migrate_pipelines.py``.
It writes ``tests/fixtures/tf115/migrate_pipelines.json``.
"""

import contextlib
import io
import json
import sys
import tempfile
from pathlib import Path

import tensorflow as tf

TESTS = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(TESTS / "migrate"))

from pipeline_programs import LINES, PROGRAMS  # noqa: E402


def printed(program):
    """Returns the lines that a program prints."""
    tf.compat.v1.reset_default_graph()
    with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stdout(io.StringIO()) as out:
        (Path(folder) / "data.csv").write_text("\n".join(LINES) + "\n")
        exec(program, {"__name__": "program", "FOLDER": folder})
    return out.getvalue().splitlines()


if __name__ == "__main__":
    recorded = {name: printed(program) for name, program in PROGRAMS.items()}
    path = TESTS / "fixtures" / "tf115" / "migrate_pipelines.json"
    path.write_text(json.dumps(recorded, indent=1) + "\n")
