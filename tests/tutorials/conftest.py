"""Short runs of both versions of each tutorial, recorded."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
import short

from tf1graphs.verify import Recorded, Workers

# Whatever the user's cache holds, the scripts under test read the embedded digits.
os.environ["TF1GRAPHS_OFFLINE"] = "1"
os.environ["TF1GRAPHS_DATA"] = str(Path(__file__).parent / "no-such-cache")


@dataclass(frozen=True)
class Run:
    """One version's run."""

    recorded: Recorded
    logdir: Path


@dataclass(frozen=True)
class Pair:
    """The runs of one tutorial."""

    name: str
    tf1: Run
    tf2: Run


@pytest.fixture(scope="session")
def pair_of(workers: Workers, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Pair]:
    """Returns the pair of a name, run at the first call."""

    def run(name: str, version: str, follow: Path | None = None) -> Run:
        folder = tmp_path_factory.mktemp(f"{name}_{version}")
        script, logdir = short.write(name, version, folder), folder / "logs"
        recorded = workers.record(script, short.arguments(name, logdir), follow=follow)
        assert recorded.code == 0, recorded.err
        return Run(recorded, logdir)

    @cache
    def pair(name: str) -> Pair:
        tf1 = run(name, "tf1")
        return Pair(name, tf1, run(name, "tf2", tf1.recorded.path))

    return pair


@pytest.fixture(params=short.NAMES)
def pair(request: pytest.FixtureRequest, pair_of: Callable[[str], Pair]) -> Pair:
    """Each pair in turn."""
    return pair_of(request.param)
