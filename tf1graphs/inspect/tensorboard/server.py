"""The real TensorBoard on a log directory."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import deque
from collections.abc import Callable
from pathlib import Path

_URL = re.compile(r"TensorBoard \S+ at (http://\S+)")
_LINES_KEPT = 5
_SECONDS_TO_END = 10.0


class CouldNotServe(Exception):
    """TensorBoard did not start. The message is what it said last."""


def serve(logdir: Path, say: Callable[[str], None], host: str = "localhost", port: int | None = None) -> None:
    """Starts TensorBoard and stays until it ends, as it does at Ctrl-C.

    Args:
        logdir: the log directory.
        say: is told the address once it answers there.
        host: the name or address under which it answers; ``"0.0.0.0"`` for all of this machine's.
        port: 0 for any that is free, None for 6006 or the next one that is free.

    Raises:
        CouldNotServe: it did not start, such as on a port that is in use.
    """
    command = [sys.executable, "-m", "tensorboard.main", "--logdir", str(logdir), "--host", host]
    if port is not None:
        command += ["--port", str(port)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, errors="replace") as process:
        try:
            last = _follow(process, say)
            if process.wait():
                raise CouldNotServe("\n".join(last))
        except KeyboardInterrupt:
            _end(process)
        finally:
            process.terminate()


def _follow(process: subprocess.Popen[str], say: Callable[[str], None]) -> deque[str]:
    """Reads what TensorBoard prints until it ends, since it waits when nobody does; the last lines."""
    last: deque[str] = deque(maxlen=_LINES_KEPT)
    for line in process.stderr or ():
        last.append(line.rstrip())
        if found := _URL.search(line):
            say(found[1])
    return last


def _end(process: subprocess.Popen[str]) -> None:
    """Ctrl-C reaches both processes in a terminal; sent to this one alone, it has to be passed on."""
    process.terminate()
    try:
        process.wait(_SECONDS_TO_END)
    except subprocess.TimeoutExpired:
        process.kill()
