"""Runs a tutorial's scripts in forks of a process that has imported them: a fork starts at once and can be killed."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

from loading import load
from matplotlib.figure import Figure

_LONGEST_SECONDS = 300
_HAS_ENDED = os.WEXITED | os.WNOHANG | os.WNOWAIT


class Finished(NamedTuple):
    """What a script left: its exit code, or minus the signal that ended it, and what it printed."""

    code: int
    out: str
    err: str


@cache
def _module(script: Path) -> ModuleType:
    # A script may import its neighbours.
    sys.path.insert(0, str(script.parent))
    module = load(script)
    # A figure imports more of matplotlib and TensorFlow; what is imported here no fork has to import.
    Figure().subplots()
    return module


def _be_the_script(script: Path, arguments: list[str]) -> int:
    sys.argv = [str(script), *arguments]
    try:
        _module(script).main(arguments)
    except SystemExit as end:
        return int(end.code or 0)
    except BaseException:
        traceback.print_exc()
        return 1
    return 0


def _read(file: int) -> str:
    return os.pread(file, os.fstat(file).st_size, 0).decode()


class Kill(NamedTuple):
    """When a script gets SIGKILL: some seconds after it has printed a text for the given time."""

    text: str
    times: int
    seconds: float


def run(script: Path, arguments: list[str], kill: Kill | None = None) -> Finished:
    """Runs ``main(arguments)`` of ``script`` in a fork of this process, which must have no sessions or eager tensors.

    Args:
        script: the file.
        arguments: its command line.
        kill: when to kill it; None to let it end.
    """
    _module(script)
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        child = os.fork()
        if child == 0:
            os.dup2(out.fileno(), 1)
            os.dup2(err.fileno(), 2)
            sys.stdout = os.fdopen(1, "w", buffering=1, closefd=False)
            sys.stderr = os.fdopen(2, "w", buffering=1, closefd=False)
            signal.alarm(_LONGEST_SECONDS)
            os._exit(_be_the_script(script, arguments))
        if kill:
            while _read(out.fileno()).count(kill.text) < kill.times and not os.waitid(os.P_PID, child, _HAS_ENDED):
                time.sleep(0.005)
            time.sleep(kill.seconds)
            os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        return Finished(os.waitstatus_to_exitcode(status), _read(out.fileno()), _read(err.fileno()))


@contextlib.contextmanager
def process() -> Iterator[Callable[..., Any]]:
    """Yields ``call(function of this module, *arguments)``, which runs it in a process of its own."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        yield lambda function, *arguments: pool.apply(function, arguments)


def checkpoint_values(prefix: str) -> dict[str, Any]:
    """Returns name -> value of everything in a checkpoint."""
    from tensorflow.python.training import py_checkpoint_reader

    reader = py_checkpoint_reader.NewCheckpointReader(prefix)
    return {name: reader.get_tensor(name) for name in reader.get_variable_to_shape_map()}
