"""Keras files: models that are named, and files that are complete or not there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tf1graphs.convert.errors import CouldNotConvert
from tf1graphs.convert.keras import files

Call = Callable[..., Any]
MODULE = """
import keras

def model():
    return keras.Sequential([keras.Input((2,)), keras.layers.Dense(3)])

def number():
    return 3
"""


def written(folder: str, name: str, fill: float) -> list[str]:
    """Saves the module's model with weights of ``fill``; the names in the folder after that."""
    import sys

    sys.path.insert(0, folder)
    model = files.open_model("named_models:model")
    for weight in model.weights:
        weight.assign(np.full(weight.shape, fill, np.float32))
    files.save(model, Path(folder) / name)
    return sorted(path.name for path in Path(folder).iterdir() if path.is_file())


def read(folder: str, name: str) -> list[float]:
    """The first value of each of the file's weights."""
    import sys

    sys.path.insert(0, folder)
    path = Path(folder) / name
    model = files.open_model(str(path) if name.endswith(".keras") else "named_models:model")
    if not name.endswith(".keras"):
        files.load_weights(model, path)
    return [float(np.asarray(weight).flat[0]) for weight in model.weights]


def fails_to_save(folder: str) -> None:
    import keras

    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(3)])
    model.save_weights = lambda path: Path(path).write_bytes(b"half") and 1 / 0
    files.save(model, Path(folder) / "model.weights.h5")


@pytest.fixture
def folder(tmp_path: Path) -> str:
    (tmp_path / "named_models.py").write_text(MODULE)
    return str(tmp_path)


@pytest.mark.parametrize("name", ["model.keras", "model.weights.h5"])
def test_a_file_holds_the_weights_and_nothing_else_is_left(in_keras: Call, folder: str, name: str) -> None:
    assert in_keras(written, folder, name, 0.5) == [name, "named_models.py"]
    assert in_keras(read, folder, name) == [0.5, 0.5]


def test_a_file_that_was_there_is_replaced(in_keras: Call, folder: str) -> None:
    in_keras(written, folder, "model.keras", 0.5)
    in_keras(written, folder, "model.keras", 0.25)
    assert in_keras(read, folder, "model.keras") == [0.25, 0.25]


def test_half_a_file_is_never_left(in_keras: Call, folder: str) -> None:
    with pytest.raises(ZeroDivisionError):
        in_keras(fails_to_save, folder)
    assert not [path for path in Path(folder).iterdir() if "weights" in path.name]


@pytest.mark.parametrize(
    ("named", "problem"),
    [
        ("missing.keras", "missing.keras: no such file"),
        ("model", "name a .keras file, or module:function"),
        ("no_such_module:model", "No module named 'no_such_module'"),
        ("json:no_such_function", "no_such_function"),
    ],
)
def test_what_is_no_model_is_refused(in_keras: Call, named: str, problem: str) -> None:
    with pytest.raises(CouldNotConvert, match=problem):
        in_keras(files.open_model, named)


def test_a_file_that_keras_cannot_read_is_refused(in_keras: Call, tmp_path: Path) -> None:
    path = tmp_path / "broken.keras"
    path.write_bytes(b"nothing of Keras")
    with pytest.raises(CouldNotConvert, match=r"broken\.keras: Keras cannot load it"):
        in_keras(files.open_model, str(path))


def test_a_function_that_makes_no_model_is_refused(in_keras: Call, folder: str) -> None:
    in_keras(written, folder, "model.keras", 0.5)
    with pytest.raises(CouldNotConvert, match="named_models:number returns a int, no keras.Model"):
        in_keras(files.open_model, "named_models:number")


def test_another_end_of_the_name_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CouldNotConvert, match=r"ends with \.keras or \.weights\.h5"):
        files.save(None, tmp_path / "model.h5")
