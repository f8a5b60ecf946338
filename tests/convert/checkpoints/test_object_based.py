"""TensorFlow 2's ``tf.train.Checkpoint`` restores what is written as objects, TensorFlow 1's optimizers their slots."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tf1graphs.convert.carrying.rows import Row
from tf1graphs.convert.checkpoints.choice import Choice, rows_of
from tf1graphs.convert.checkpoints.objects import write_objects
from tf1graphs.inspect.checkpoints.objects import ObjectGraph
from tf1graphs.inspect.reading.checkpoints import open_checkpoint

FIXTURES = Path(__file__).parents[2] / "fixtures" / "tf115" / "checkpoints"
VALUE = "/.ATTRIBUTES/VARIABLE_VALUE"
RESTORE = """
import sys
import numpy as np
import tensorflow as tf

def module(**children):
    made = tf.Module()
    for name, child in children.items():
        setattr(made, name, child)
    return made

weights = tf.Variable(tf.zeros([3, 2]), name="weights")
optimizer = OPTIMIZER
objects = tf.train.Checkpoint(SCOPE=module(weights=weights), optimizer=optimizer)
optimizer.apply_gradients([(tf.ones([3, 2]), weights)])
objects.restore(sys.argv[1]).assert_consumed()
slots = {name: optimizer.get_slot(weights, name) for name in optimizer.get_slot_names()}
np.savez(sys.argv[2], weights=weights, **slots)
"""
OPTIMIZERS = {
    "adam": ("tf.compat.v1.train.AdamOptimizer()", {"m": "Adam", "v": "Adam_1"}),
    "momentum": ("tf.compat.v1.train.MomentumOptimizer(0.1, 0.9)", {"momentum": "Momentum"}),
    "rmsprop": ("tf.compat.v1.train.RMSPropOptimizer(0.1)", {"rms": "RMSProp", "momentum": "RMSProp_1"}),
    "ftrl": ("tf.compat.v1.train.FtrlOptimizer(0.1)", {"accum": "Ftrl", "linear": "Ftrl_1"}),
    "adadelta": (
        "tf.compat.v1.train.AdadeltaOptimizer(0.1)",
        {"accum": "Adadelta", "accum_update": "Adadelta_1"},
    ),
}


def write(kind: str, choice: Choice, prefix: Path) -> None:
    source = open_checkpoint(FIXTURES / kind)
    write_objects(source, prefix, rows_of(source, choice), None, lambda name: None)


@pytest.mark.slow
def test_tensorflow_2_restores_every_object_and_slot(python, tmp_path: Path) -> None:
    source = open_checkpoint(FIXTURES / "optimizers")
    script = ["import sys"]
    for scope, (optimizer, _) in OPTIMIZERS.items():
        powers = "|beta" if scope == "adam" else ""
        choice = Choice(only=[f"^{scope}/{powers}"], without=["ExponentialMovingAverage"])
        write("optimizers", choice, tmp_path / scope / "ckpt")
        script.append(f"sys.argv[1:] = {[str(tmp_path / scope / 'ckpt'), str(tmp_path / f'{scope}.npz')]!r}")
        script.append(RESTORE.replace("OPTIMIZER", optimizer).replace("SCOPE", scope))
    finished = python("-c", "\n".join(script))
    assert finished.returncode == 0, finished.stderr
    for scope, (_, slots) in OPTIMIZERS.items():
        restored = np.load(tmp_path / f"{scope}.npz")
        np.testing.assert_array_equal(restored["weights"], source.read(f"{scope}/weights"))
        assert set(slots) <= set(restored)
        for name, suffix in slots.items():
            np.testing.assert_array_equal(restored[name], source.read(f"{scope}/weights/{suffix}"))


def test_names_become_attributes(tmp_path: Path) -> None:
    write("optimizers", Choice(only=["^adam/weights"]), tmp_path / "ckpt")
    checkpoint = open_checkpoint(tmp_path / "ckpt")
    assert set(checkpoint.entries) == {
        "_CHECKPOINTABLE_OBJECT_GRAPH",
        f"adam/weights{VALUE}",
        f"adam/weights/.OPTIMIZER_SLOT/optimizer/m{VALUE}",
        f"adam/weights/.OPTIMIZER_SLOT/optimizer/v{VALUE}",
        f"adam/weights/ExponentialMovingAverage{VALUE}",
        f"save_counter{VALUE}",
    }
    objects = ObjectGraph(checkpoint.object_graph, tmp_path).objects
    assert ("adam", "weights") in {found.path for found in objects.values()}


def test_optimizers_that_differ_get_an_object_each(tmp_path: Path) -> None:
    write("optimizers", Choice(), tmp_path / "ckpt")
    names = open_checkpoint(tmp_path / "ckpt").entries
    assert f"momentum/weights/.OPTIMIZER_SLOT/optimizer_Momentum/momentum{VALUE}" in names
    assert f"optimizer_Adam/beta1_power{VALUE}" in names


def test_dots_in_names_are_escaped(tmp_path: Path) -> None:
    source = open_checkpoint(FIXTURES / "sharded")
    write_objects(source, tmp_path / "ckpt", [Row(("on_0",), ("v1.5/w",))], None, lambda name: None)
    assert f"v1..5/w{VALUE}" in open_checkpoint(tmp_path / "ckpt").entries
