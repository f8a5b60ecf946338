"""Programs that stand by and time their steps when they are told to, so that several can be timed in turns."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

# Appended to a program: reads numbers of steps, prints the seconds that one took.
TIMES_STEPS = """
import sys, time
for line in sys.stdin:
    start = time.perf_counter()
    for _ in range(int(line)):
        step()
    print((time.perf_counter() - start) / int(line), flush=True)
"""
ROUNDS = 60
SECONDS_A_TURN = 0.02
_WARM_UP = 5


class Program:
    """A program with a function ``step``, in a process of its own."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def seconds_a_step(self, steps: int) -> float:
        """Takes some steps and returns the seconds of one."""
        assert self._process.stdin and self._process.stdout
        self._process.stdin.write(f"{steps}\n")
        self._process.stdin.flush()
        return float(self._process.stdout.readline())


@contextmanager
def program(folder: Path, name: str, source: str, *options: str) -> Iterator[Program]:
    """Starts ``python OPTIONS FOLDER/NAME.py`` and ends it after the block."""
    file = folder / f"{name}.py"
    file.write_text(source + TIMES_STEPS)
    command = [sys.executable, *options, str(file)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, text=True, env={**os.environ, "TF_CPP_MIN_LOG_LEVEL": "3"}, **pipes) as process:
        yield Program(process)


def _rounds(programs: list[Program]) -> list[list[float]]:
    """Returns the seconds of a step of each program, round by round; who begins changes."""
    first = min(programs[0].seconds_a_step(_WARM_UP) for _ in range(_WARM_UP))
    steps = max(3, int(SECONDS_A_TURN / first))
    taken = []
    for number in range(_WARM_UP + ROUNDS):
        order = sorted(range(len(programs)), key=lambda index: (index + number) % len(programs))
        seconds = {index: programs[index].seconds_a_step(steps) for index in order}
        taken.append([seconds[index] for index in range(len(programs))])
    return taken[_WARM_UP:]


def ratio_and_noise(folder: Path, ours: tuple[str, ...], peer: tuple[str, ...]) -> tuple[float, float]:
    """Compares two programs, each its source and the options of ``python``, over alternating turns.

    Returns:
        The median ratio of their steps, and how far the peer is from its own twin: that median's distance from 1, and
        the error of such a median.
    """
    with ExitStack() as stack:
        named = {"ours": ours, "peer": peer, "twin": peer}
        taken = _rounds([stack.enter_context(program(folder, name, *each)) for name, each in named.items()])
    ratios = [mine / theirs for mine, theirs, _ in taken]
    twins = [twin / theirs for _, theirs, twin in taken]
    low, middle, high = statistics.quantiles(twins)
    return statistics.median(ratios), abs(middle - 1) + (high - low) / len(twins) ** 0.5
