"""A checkpoint of a TF1 version gives the TF2 version the same predictions."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import short
from cases import CASES, folder

from tf1graphs.verify import Workers

SCRIPTS = Path(__file__).parent


@pytest.fixture(scope="module")
def outputs(workers: Workers, tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """The outputs of all cases in both versions."""
    checkpoints = [str(tmp_path_factory.mktemp("checkpoints"))]
    tf1 = workers.record(SCRIPTS / "save_checkpoints.py", checkpoints)
    assert not tf1.code, tf1.err
    tf2 = workers.record(SCRIPTS / "restore_checkpoints.py", checkpoints)
    assert not tf2.code, tf2.err
    return {"tf1": json.loads(tf1.out), "tf2": json.loads(tf2.out)}


def test_every_tutorial_with_variables_is_compared():
    assert {folder(name) for name in CASES} == {*short.NAMES} - {"01_graph_and_session"}


@pytest.mark.parametrize("name", CASES)
def test_tf1_checkpoint_gives_the_tf2_version_the_same_predictions(name, outputs):
    np.testing.assert_allclose(outputs["tf2"][name]["all"], outputs["tf1"][name]["all"], rtol=1e-6, atol=1e-6)


@pytest.mark.parametrize("version", ["tf1", "tf2"])
@pytest.mark.parametrize("name", CASES)
def test_evaluation_does_not_depend_on_the_rest_of_a_batch(name, version, outputs):
    found = outputs[version][name]
    np.testing.assert_allclose(found["first"][0], found["all"][0], rtol=1e-5, atol=1e-5)


@pytest.mark.parametrize("name", CASES)
def test_outputs_depend_on_the_inputs(name, outputs):
    first, *others = outputs["tf1"][name]["all"]
    assert any(not np.allclose(first, other, rtol=1e-3) for other in others)
