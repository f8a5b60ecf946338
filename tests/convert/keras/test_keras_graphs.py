"""Nets of 1.15.5 are built from their graphs, by a checkpoint and frozen, and compute what they computed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import graph_models
import numpy as np
import pytest

from tf1graphs.inspect.reading.checkpoints import open_checkpoint

NETS = ("mlp", "cnn", "autoencoder", "text_classifier", "gru_states", "training_switch")


def same(built: graph_models.Built, name: str) -> None:
    with np.load(graph_models.NETS / f"{name}.npz") as recorded:
        expected = recorded["output"]
    np.testing.assert_allclose(built.outputs[0], expected, rtol=1e-5, atol=1e-6)
    np.testing.assert_array_equal(built.outputs_of_file[0], built.outputs[0])


@pytest.mark.parametrize("name", NETS)
def test_a_net_is_built_from_its_meta_graph_and_its_tensors_come_back(in_keras: Callable[..., Any], name: str) -> None:
    built = in_keras(graph_models.from_checkpoint, name)
    same(built, name)
    checkpoint = open_checkpoint(graph_models.NETS / name)
    slots = ("/Adam", "/Adam_1", "beta1_power", "beta2_power")
    assert set(built.back) == {each for each in checkpoint.entries if not each.endswith(slots)}
    for each, array in built.back.items():
        if each.endswith("lstm_cell/bias"):
            np.testing.assert_allclose(array, checkpoint.read(each), rtol=0, atol=2.0**-23)
        else:
            assert array.tobytes() == checkpoint.read(each).tobytes()


@pytest.mark.parametrize("name", NETS)
def test_a_net_is_built_from_its_frozen_graph(in_keras: Callable[..., Any], name: str) -> None:
    same(in_keras(graph_models.from_frozen, name), name)
