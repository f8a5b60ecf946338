"""What is read of a file for TensorBoard."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import tensorflow as tf

from tf1graphs.migrate import native

_PROGRAM = """\
import tensorflow as tf
def read(path):
    found = []
    for event in tf.train.summary_iterator(path):
        for value in event.summary.value:
            found.append((event.step, value.tag))
    return found
"""


def test_the_events_are_those_that_were_written(tmp_path: Path) -> None:
    with tf.summary.create_file_writer(str(tmp_path)).as_default():
        for step in range(3):
            tf.summary.scalar("loss", 1.0 / (step + 1), step)
    names: dict[str, Any] = {}
    exec(compile(native.migrate(_PROGRAM), "migrated.py", "exec"), names)
    (path,) = tmp_path.iterdir()
    assert names["read"](str(path)) == [(0, "loss"), (1, "loss"), (2, "loss")]
