"""Batch normalization's moving averages: training updates them in both versions, and evaluation uses them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import twin
from cases import CASES
from loading import load
from recording import Tf1Run, same_random_numbers

NAME = "09_dropout_and_batch_norm"
STEPS = 10
AVERAGES = [f"batch_normalization{layer}/moving_{moment}" for layer in ("", "_1") for moment in ("mean", "variance")]
Result = dict[str, Any]


def trained_in_tf2(checkpoint: str, batches: list[twin.Batch]) -> Result:
    """Trains the TF2 version from a checkpoint of the TF1 version."""
    from tensorflow.python.framework import random_seed

    with same_random_numbers(random_seed):
        model = twin.new_model(NAME)
        model.restore_tf1(checkpoint)
        model.train(*twin.stacked(batches))
    images = batches[0]["X"]
    return {
        "averages": {v.name.removesuffix(":0"): v.numpy() for v in model.variables if "/moving_" in v.name},
        "output": model(images).numpy(),
        "output of one image": model(images[:1]).numpy(),
    }


@pytest.fixture(scope="module")
def trained(in_tf2: Callable[..., Any], tmp_path_factory: pytest.TempPathFactory) -> tuple[Result, Result]:
    """What TF1 and TF2 computed."""
    import tf1graphs.v1 as tf

    batches = CASES[NAME].batches(STEPS)
    run = Tf1Run(tf, load(twin.TUTORIALS / NAME / "tf1.py"), CASES[NAME])
    checkpoint = run.saver.save(run.session, str(tmp_path_factory.mktemp(NAME) / "tf1.ckpt"))
    run.train(batches)
    tf1 = {
        "averages": run.session.run({name: run.graph.get_tensor_by_name(f"{name}:0") for name in AVERAGES}),
        "output": run.output(batches[0]),
        "output of one image": run.output({"X": batches[0]["X"][:1]}),
    }
    return tf1, in_tf2(trained_in_tf2, checkpoint, batches)


def test_moving_averages_agree(trained):
    tf1, tf2 = trained
    assert tf1["averages"].keys() == tf2["averages"].keys()
    for name, expected in tf1["averages"].items():
        np.testing.assert_allclose(tf2["averages"][name], expected, rtol=1e-5, atol=1e-6, err_msg=name)


def test_training_moves_the_averages(trained):
    for result in trained:
        for name, average in result["averages"].items():
            initial = 0.0 if name.endswith("mean") else 1.0
            assert np.abs(average - initial).min() > 0.0, name


def test_outputs_after_training_agree(trained):
    tf1, tf2 = trained
    np.testing.assert_allclose(tf2["output"], tf1["output"], rtol=1e-5, atol=1e-5)


def test_evaluation_does_not_depend_on_the_other_images(trained):
    for result in trained:
        np.testing.assert_allclose(result["output of one image"][0], result["output"][0], rtol=1e-5, atol=1e-5)
