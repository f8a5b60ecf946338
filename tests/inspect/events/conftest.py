"""Event files that tests write."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tf1graphs.inspect.reading.protos import Event
from tf1graphs.inspect.reading.records import frame

FIRST = Event(wall_time=1.0, file_version="brain.Event:2")
TF2 = """
import sys
import numpy as np
import tensorflow as tf
from tensorboard.plugins.hparams import api

@tf.function
def double(x):
    return 2 * x

with tf.summary.create_file_writer(sys.argv[1]).as_default():
    api.hparams({"rate": 0.1})
    for step in range(3):
        tf.summary.scalar("loss", 1 / (step + 1), step)
        tf.summary.scalar("half", tf.constant(step, tf.float16), step)
        tf.summary.histogram("values", tf.random.normal([20]), step)
        tf.summary.image("picture", np.zeros([1, 4, 4, 3]), step)
        tf.summary.audio("sound", np.zeros([1, 40, 1], np.float32), 8000, step)
        tf.summary.text("words", "one two", step)
        tf.summary.write("own", np.zeros([2, 2]), step)
    tf.summary.trace_on()
    double(tf.constant(1.0))
    tf.summary.trace_export("trace", step=0)
    tf.summary.graph(double.get_concrete_function(tf.constant(1.0)).graph)
"""


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Writes events behind that of the version into a file of a run: ``write(*events, run=".", name=...)``."""

    def written(*events: Any, run: str = ".", name: str = "events.out.tfevents.1", first: Any = FIRST) -> Path:
        path = tmp_path / run / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"".join(frame(event.SerializeToString()) for event in (first, *events)))
        return path

    return written


@pytest.fixture(scope="session")
def of_tf2(tmp_path_factory: pytest.TempPathFactory, python: Callable[..., Any]) -> Path:
    """A log directory of today's TensorFlow, which a process of its own writes."""
    folder = tmp_path_factory.mktemp("of_tf2") / "logs"
    done = python("-c", TF2, str(folder))
    assert done.returncode == 0, done.stderr
    return folder
