"""The two versions of each tutorial, trained from the same weights on the same batches."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import twin
from cases import CASES, folder
from loading import load
from recording import Tf1Run

STEPS = 100

# Whatever the user's cache holds, the scripts under test read the embedded digits.
os.environ["TF1GRAPHS_OFFLINE"] = "1"
os.environ["TF1GRAPHS_DATA"] = str(Path(__file__).parent / "no-such-cache")


@dataclass
class Pair:
    """What both versions of one tutorial computed."""

    name: str
    batches: list[dict[str, np.ndarray]]
    tf1: dict[str, Any]
    tf2: dict[str, Any]
    checkpoint: str


@pytest.fixture(scope="session")
def in_tf2() -> Iterator[Callable[..., Any]]:
    """Calls a function of ``twin`` in the TF2 process."""
    with twin.process() as call:
        yield call


@pytest.fixture(scope="session", params=sorted(CASES))
def pair(request: pytest.FixtureRequest, in_tf2: Callable[..., Any], tmp_path_factory: pytest.TempPathFactory) -> Pair:
    """Trains both versions for ``STEPS`` steps."""
    import tf1graphs.v1 as tf

    name = request.param
    case = CASES[name]
    batches = case.batches(STEPS)
    run = Tf1Run(tf, load(twin.TUTORIALS / folder(name) / "tf1.py"), case)
    # The gradients come first, and training has a fresh session: there the random ops draw from the start of their
    # streams, as the TF2 model's do.
    tf1: dict[str, Any] = {"gradients": run.gradients_of_costs(batches[0]), "output": run.output(batches[0])}
    fresh = Tf1Run(tf, load(twin.TUTORIALS / folder(name) / "tf1.py"), case)
    tf1["costs"] = fresh.train(batches)
    tf1["weights"] = fresh.weights()
    tf1["trained_output"] = fresh.output(batches[0])
    checkpoint = fresh.saver.save(fresh.session, str(tmp_path_factory.mktemp(name) / "tf1.ckpt"))
    tf2 = in_tf2(twin.compare, name, run.initial, batches)
    return Pair(name, batches, tf1, tf2, checkpoint)


@pytest.fixture(scope="session")
def tf115_losses() -> dict[str, list[list[float]]]:
    """The first losses of each TF1 version on real TensorFlow 1.15.5."""
    path = Path(__file__).parents[1] / "fixtures" / "tf115" / "tutorials.json"
    losses: dict[str, list[list[float]]] = json.loads(path.read_text())
    return losses
