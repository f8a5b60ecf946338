"""Seconds of the processors for whole runs of a script's ``main``, in a process of its own kind."""

from __future__ import annotations

import contextlib
import io
import time
from functools import cache
from pathlib import Path
from typing import Any

from loading import load

_load = cache(load)


def seconds(path: Path, is_graph: bool, arguments: list[str]) -> float:
    """Calls ``main`` of a script, which builds its model anew, in a graph of its own where it is of TensorFlow 1."""
    main = _load(path).main
    place: Any = contextlib.nullcontext()
    if is_graph:
        import tf1graphs.v1 as tf

        place = tf.Graph().as_default()
    with place, contextlib.redirect_stdout(io.StringIO()):
        # What else runs on the machine does not count.
        start = time.process_time()
        main(arguments)
        return time.process_time() - start
