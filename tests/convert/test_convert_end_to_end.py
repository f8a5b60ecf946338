"""The command on what TensorFlow 1.15 wrote, with what it computed: SavedModels, Keras files, and the way back."""

from __future__ import annotations

import gzip
import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from tf1graphs.inspect.reading.checkpoints import open_checkpoint

NETS = Path(__file__).parents[1] / "fixtures" / "tf115" / "convert_keras" / "nets"
# All commands run in one process, which then computes with what they wrote.
SCRIPT = """
import contextlib, io, json, sys
from tf1graphs.cli import main

def tf1graphs(*arguments):
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main(["convert", *arguments])
    return {"code": code, "out": out.getvalue(), "err": err.getvalue()}

ran = {
    "served": tf1graphs("cnn.ckpt", "served"),
    "served again": tf1graphs("cnn.ckpt", "served"),
    "frozen": tf1graphs("cnn.pb", "frozen", "--trainable"),
    "constants": tf1graphs("cnn.pb", "constants"),
    "keras": tf1graphs("cnn.ckpt", "cnn.keras", "--map", "map.json"),
    "weights": tf1graphs("cnn.ckpt", "cnn.weights.h5", "--model", "cnn.keras", "--map", "other.json"),
    "back": tf1graphs("cnn.weights.h5", "back.ckpt", "--model", "cnn.keras", "--map", "other.json"),
    "thawed": tf1graphs("cnn.pb", "thawed.ckpt"),
    "other": tf1graphs("mlp.ckpt", "wrong.keras", "--model", "cnn.keras", "--map", "wrong.json"),
    "no model": tf1graphs("mlp.ckpt", "none.keras", "--model", "nothing:build"),
}

import keras, numpy as np, tensorflow as tf
recorded = np.load("cnn.npz")
inputs, outputs = recorded["inputs"], recorded["output"]

def difference(values):
    return float(np.max(np.abs(np.asarray(values) - outputs)) / np.max(np.abs(outputs)))

def serve(folder):
    signature = tf.saved_model.load(folder).signatures["serving_default"]
    (name,) = signature.structured_input_signature[1]
    return next(iter(signature(**{name: tf.constant(inputs)}).values()))

ran["differences"] = {
    "served": difference(serve("served")),
    "frozen": difference(serve("frozen")),
    "keras": difference(keras.saving.load_model("cnn.keras")(inputs)),
}
ran["trainable"] = len(tf.saved_model.load("frozen").trainable_variables)
json.dump(ran, open("ran.json", "w"))
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Nets with their checkpoints, meta graphs, frozen graphs and recorded arrays."""
    folder = tmp_path_factory.mktemp("nets")
    for name in ("cnn", "mlp"):
        for ending in ("meta", "pb"):
            target = folder / (f"{name}.ckpt.{ending}" if ending == "meta" else f"{name}.{ending}")
            target.write_bytes(gzip.decompress((NETS / f"{name}.{ending}.gz").read_bytes()))
        for ending in ("index", "data-00000-of-00001"):
            shutil.copy(NETS / f"{name}.{ending}", folder / f"{name}.ckpt.{ending}")
        shutil.copy(NETS / f"{name}.npz", folder)
    return folder


@pytest.fixture(scope="module")
def ran(folder: Path, python) -> dict:
    """What the commands printed, and what their targets compute."""
    finished = python("-c", SCRIPT, cwd=folder)
    assert finished.returncode == 0, finished.stderr
    return json.loads((folder / "ran.json").read_text())


@pytest.mark.parametrize("command", ["served", "frozen", "keras", "weights", "back", "thawed"])
def test_commands_succeed_and_say_what_they_wrote(command: str, ran: dict) -> None:
    assert ran[command]["code"] == 0, ran[command]["err"]
    assert "carried over" in ran[command]["out"]


@pytest.mark.parametrize("target", ["served", "frozen", "keras"])
def test_the_same_is_computed(target: str, ran: dict) -> None:
    assert ran["differences"][target] < 1e-6


def test_what_is_there_stays_without_force(ran: dict) -> None:
    assert ran["served again"]["code"] == 2
    assert ran["served again"]["err"] == "tf1graphs convert: served exists; --force overwrites it\n"


def test_a_frozen_graph_is_trainable_again(ran: dict) -> None:
    assert ran["trainable"] > 0
    assert "is a variable again" in ran["frozen"]["out"]
    lines = ran["frozen"]["out"].splitlines()
    assert lines[-1] == f"frozen: {sum('is a variable again' in line for line in lines)} tensors carried over"


def test_a_frozen_graph_has_no_variables(ran: dict) -> None:
    assert ran["constants"]["code"] == 0
    assert ran["constants"]["out"].splitlines()[-1] == "constants: written, with no variables of its own"


def test_the_way_back_gives_the_same_bytes(ran: dict, folder: Path) -> None:
    source, back = open_checkpoint(folder / "cnn.ckpt"), open_checkpoint(folder / "back.ckpt")
    carried = {name for row in json.loads((folder / "other.json").read_text())["rows"] for name in row["sources"]}
    assert set(back.entries) == carried
    for name in carried:
        np.testing.assert_array_equal(back.read(name), source.read(name))


def test_the_weights_of_a_frozen_graph_are_a_checkpoint_again(ran: dict, folder: Path) -> None:
    source, thawed = open_checkpoint(folder / "cnn.ckpt"), open_checkpoint(folder / "thawed.ckpt")
    assert "dense/kernel" in thawed.entries
    for name in thawed.entries:
        np.testing.assert_array_equal(thawed.read(name), source.read(name))


def test_a_model_that_lacks_tensors_is_not_written_but_its_map_is(ran: dict, folder: Path) -> None:
    assert ran["other"]["code"] == 2
    assert "variables have no tensor: add them to the map of --map, or give --partial" in ran["other"]["err"]
    assert json.loads((folder / "wrong.json").read_text())["unmatched_targets"]
    assert not (folder / "wrong.keras").exists()


def test_a_module_that_is_not_there(ran: dict) -> None:
    assert ran["no model"] == {
        "code": 2,
        "out": "",
        "err": "tf1graphs convert: nothing:build: No module named 'nothing'\n",
    }
