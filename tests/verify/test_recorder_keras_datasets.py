"""Which file Keras's reader of MNIST gets while a program is recorded."""

from __future__ import annotations

import sys
import types

import numpy as np
import pytest

from tf1graphs.datasets import digits
from tf1graphs.verify.recorder import keras_datasets


@pytest.fixture(params=["keras.src.datasets.mnist", "tf_keras.src.datasets.mnist"])
def reader(request, monkeypatch, tmp_path):
    """A reader of Keras that is imported already, and its home."""
    monkeypatch.setenv("TF1GRAPHS_OFFLINE", "1")
    monkeypatch.setenv("TF1GRAPHS_DATA", str(tmp_path / "none"))
    monkeypatch.setenv("KERAS_HOME", str(tmp_path / "keras"))
    monkeypatch.setattr(sys, "meta_path", [*sys.meta_path])
    module = types.ModuleType(request.param)
    module.get_file = lambda fname, **options: f"{fname} by Keras"
    monkeypatch.setitem(sys.modules, request.param, module)
    for other in {"keras.src.datasets.mnist", "tf_keras.src.datasets.mnist"} - {request.param}:
        monkeypatch.delitem(sys.modules, other, raising=False)
    keras_datasets.install()
    return module


def test_without_a_copy_it_gets_the_digits(reader, tmp_path, capsys):
    with np.load(reader.get_file("mnist.npz", origin="https://")) as file:
        found = dict(file)
    sets = digits.load()
    assert found.keys() == {"x_train", "y_train", "x_test", "y_test"}
    np.testing.assert_array_equal(found["x_train"], sets.train_images)
    np.testing.assert_array_equal(found["y_test"], sets.test_labels)
    assert f"no {tmp_path / 'keras' / 'datasets' / 'mnist.npz'}; read from 1,797 UCI" in capsys.readouterr().err


@pytest.mark.parametrize("option", [{}, {"cache_dir": True}])
def test_a_copy_is_read(reader, tmp_path, option):
    home = tmp_path / ("mine" if option else "keras")
    (home / "datasets").mkdir(parents=True)
    (home / "datasets" / "mnist.npz").touch()
    given = {"cache_dir": str(home)} if option else {}
    assert reader.get_file("mnist.npz", **given) == "mnist.npz by Keras"
