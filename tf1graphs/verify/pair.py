"""Runs two programs and compares them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from tf1graphs.verify import styles
from tf1graphs.verify.comparison import Comparison, compare
from tf1graphs.verify.processes import CouldNotRecord, Recorded, Workers
from tf1graphs.verify.tolerance import Tolerance
from tf1graphs.verify.working_directory import found_again


def _said(recorded: Recorded) -> str:
    lines = [line for line in recorded.err.splitlines() if line.strip()]
    return f": {lines[-1]}" if lines else ""


def verify(
    first: str | Path,
    second: str | Path,
    arguments: Sequence[str] = (),
    *,
    workers: Workers,
    steps: int | None = None,
    tolerance: Tolerance | None = None,
    oracle: str | None = None,
    begin: Callable[[str], object] = lambda program: None,
) -> Comparison:
    """Runs two programs from the same initial variables, random numbers and data, and compares them.

    Args:
        first: the reference, a script in TensorFlow 1 style.
        second: the script that should compute the same, in either style.
        arguments: the command line of both.
        workers: the processes to run them in.
        steps: after how many training steps both are ended; None for at their own end.
        tolerance: the bounds, by default those of ``Tolerance``.
        oracle: a Python interpreter with TensorFlow 1.15, which then runs ``first``.
        begin: is told of each program when it begins.

    Raises:
        CouldNotRecord: one of them cannot be run, or failed before it had computed anything.
    """
    for script in (first, second):
        if Path(script).is_file() and not (oracle and script == first):
            workers.start(styles.of(str(script)))
    with found_again(Path.cwd()) as bring_back:
        begin(str(first))
        reference = workers.record(first, arguments, steps=steps, oracle=oracle)
        if reference.code:
            raise CouldNotRecord(f"{first} ended with exit code {reference.code}{_said(reference)}")
        bring_back()
        begin(str(second))
        follower = workers.record(second, arguments, steps=steps, follow=reference.path)
        if follower.code:
            raise CouldNotRecord(f"{second} ended with exit code {follower.code}{_said(follower)}")
    return compare(reference.path, follower.path, tolerance)
