"""Checkpoints of TensorFlow 2 programs are filled with what TensorFlow 1 trained."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tf1graphs.convert.carrying.rows import Row
from tf1graphs.convert.checkpoints.like import match, write_like
from tf1graphs.convert.checkpoints.named import write_arrays
from tf1graphs.convert.checkpoints.objects import write_objects
from tf1graphs.convert.errors import CouldNotConvert
from tf1graphs.inspect.reading.checkpoints import Checkpoint, open_checkpoint

VALUE = "/.ATTRIBUTES/VARIABLE_VALUE"
SHAPES = {
    "conv/kernel": (3, 3, 1, 4),
    "conv/bias": (4,),
    "out/kernel": (16, 10),
    "out/bias": (10,),
    "rnn/basic_lstm_cell/kernel": (6, 16),
    "rnn/basic_lstm_cell/bias": (16,),
}
SAVE = """
import sys
import keras
import tensorflow as tf

layers = keras.layers
model = keras.Sequential([keras.Input((4, 4, 1)), layers.Conv2D(4, 3, name="conv"), layers.Flatten(name="flat"),
                          layers.Dense(10, name="out"), layers.Reshape((5, 2)), layers.LSTM(4, name="rnn")])
model.compile("adam")
model.optimizer.build(model.trainable_variables)
tf.train.Checkpoint(model=model, optimizer=model.optimizer).save(sys.argv[1])
"""
WEIGHTS = """
import numpy as np

np.savez(sys.argv[2], **{"|".join(weight.path.split("/")[-2:]): weight for weight in model.weights})
"""


@pytest.fixture
def source(tmp_path: Path) -> Checkpoint:
    """A name-based checkpoint."""
    generator = np.random.default_rng(3)
    arrays = {name: generator.random(shape, np.float32) for name, shape in SHAPES.items()}
    write_arrays(arrays.items(), tmp_path / "source" / "model.ckpt")
    return open_checkpoint(tmp_path / "source")


def template(tmp_path: Path, names: dict[str, tuple[int, ...]], dtype: str = "float32") -> Checkpoint:
    """An object-based checkpoint with variables of these names."""
    write_arrays(((name, np.zeros(shape, dtype)) for name, shape in names.items()), tmp_path / "zeros" / "model.ckpt")
    zeros = open_checkpoint(tmp_path / "zeros")
    rows = [Row((name,), (name,)) for name in names]
    write_objects(zeros, tmp_path / "template" / "ckpt", rows, None, lambda name: None)
    return open_checkpoint(tmp_path / "template")


def test_names_shapes_and_cells_are_matched(source: Checkpoint, tmp_path: Path) -> None:
    shapes = {
        "net/first/kernel": (3, 3, 1, 4),
        "net/first/bias": (4,),
        "net/out/kernel": (16, 10),
        "net/out/bias": (10,),
        "net/lstm/kernel": (2, 16),
        "net/lstm/recurrent_kernel": (4, 16),
        "net/lstm/bias": (16,),
    }
    report = match(source, template(tmp_path, shapes), [])
    assert report.unmatched_sources == report.unmatched_targets == {}
    assert {each.row.targets[0].removesuffix(VALUE): (each.row.carry, each.how) for each in report.matches} == {
        "net/out/bias": ("as_it_is", "name"),
        "net/first/bias": ("as_it_is", "shape"),
        "net/lstm/kernel": ("lstm", "shape"),
    }


def test_what_is_filled_has_the_keys_and_objects_of_the_template(source: Checkpoint, tmp_path: Path) -> None:
    like = template(tmp_path, {"out/kernel": (16, 10), "out/bias": (10,)}, "float64")
    report = match(source, like, [])
    assert set(report.unmatched_sources) == set(SHAPES) - {"out/kernel", "out/bias"}
    write_like(source, like, tmp_path / "new" / "ckpt", report.rows, lambda name: None)
    new = open_checkpoint(tmp_path / "new")
    assert list(new.entries.values()) == list(like.entries.values())
    assert new.object_graph == like.object_graph
    np.testing.assert_array_equal(new.read(f"out/kernel{VALUE}"), source.read("out/kernel").astype(np.float64))


def test_what_could_be_either_is_left_open_until_a_map_says_it(source: Checkpoint, tmp_path: Path) -> None:
    write_arrays([("a", np.zeros(3)), ("b", np.ones(3))], tmp_path / "two" / "model.ckpt")
    two = open_checkpoint(tmp_path / "two")
    like = template(tmp_path, {"x/v": (3,), "y/w": (3,)}, "float64")
    assert set(match(two, like, []).unmatched_targets) == {f"x/v{VALUE}", f"y/w{VALUE}"}
    given = [Row(("b",), (f"x/v{VALUE}",))]
    assert match(two, like, given).rows[0] == given[0]


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (Row(("out/bias",), ("nothing",)), "has no tensor nothing, which the map names"),
        (Row(("out/bias",), (f"w{VALUE}",)), r"w/.* is \[2\] of float32, what it is made of \[10\] of float32"),
    ],
)
def test_a_wrong_row_is_refused_and_nothing_written(row: Row, problem: str, source: Checkpoint, tmp_path: Path) -> None:
    with pytest.raises(CouldNotConvert, match=problem):
        write_like(source, template(tmp_path, {"w": (2,)}), tmp_path / "new" / "ckpt", [row], lambda name: None)
    assert list((tmp_path / "new").iterdir()) == []


def test_a_name_based_checkpoint_is_no_template(source: Checkpoint) -> None:
    with pytest.raises(CouldNotConvert, match="is name-based: --like is a checkpoint of tf.train.Checkpoint"):
        match(source, source, [])


@pytest.mark.slow
def test_a_keras_3_model_restores_it(source: Checkpoint, python, tmp_path: Path) -> None:
    saved = python("-c", SAVE, str(tmp_path / "keras" / "ckpt"))
    assert saved.returncode == 0, saved.stderr
    template = open_checkpoint(tmp_path / "keras")
    report = match(source, template, [])
    assert report.unmatched_sources == {}
    write_like(source, template, tmp_path / "new" / "ckpt", report.rows, lambda name: None)
    restore = SAVE.replace(".save(sys.argv[1])", ".restore(sys.argv[1]).assert_consumed()")
    restore += WEIGHTS
    restored = python("-c", restore, str(tmp_path / "new" / "ckpt"), str(tmp_path / "weights.npz"))
    assert restored.returncode == 0, restored.stderr
    weights = np.load(tmp_path / "weights.npz")
    np.testing.assert_array_equal(weights["out|kernel"], source.read("out/kernel"))
    np.testing.assert_array_equal(
        weights["lstm_cell|recurrent_kernel"][:, :4], source.read("rnn/basic_lstm_cell/kernel")[2:, :4]
    )
