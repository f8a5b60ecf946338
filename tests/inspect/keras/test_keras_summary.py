"""Keras files are read as Keras reads them: layers, connections, shapes, parameters, optimizer."""

from __future__ import annotations

import dataclasses
import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from rich.console import Console

from tf1graphs.inspect.drawing.layers import Layer
from tf1graphs.inspect.errors import InvalidFile
from tf1graphs.inspect.keras.layers import layers
from tf1graphs.inspect.keras.models import Reference, read_model
from tf1graphs.inspect.keras.report import render
from tf1graphs.inspect.keras.rules import output_shapes
from tf1graphs.inspect.keras.summary import KerasLayer, summarize

MODELS = [f"{name}_{version}" for name in ("branches", "words", "rules") for version in (2, 3)]
# What these do is in their code alone.
WITHOUT_RULE = {"twice"}


def by_name(path: Path) -> dict[str, KerasLayer]:
    return {layer.name: layer for layer in summarize(path).layers}


def printed(path: Path) -> str:
    out = io.StringIO()
    render(summarize(path), Console(file=out, width=160))
    return out.getvalue()


@pytest.mark.parametrize("ending", ["keras", "h5"])
@pytest.mark.parametrize("model", MODELS)
def test_parameters_and_shapes_are_those_that_keras_says(of_keras, said, model, ending):
    path = of_keras / f"{model}.{ending}"
    summary, found = summarize(path), by_name(path)
    assert summary.parameters == said[model]["parameters"]
    assert all(weight.name.startswith("metrics/") for weight in summary.other_weights)
    for name, (parameters, shapes) in said[model]["layers"].items():
        assert found[name].parameters == parameters
        if name not in WITHOUT_RULE:
            assert [list(shape) for shape in found[name].output_shapes] == shapes, name


@pytest.mark.parametrize("file", [f"{model}.weights.h5" for model in MODELS] + ["branches_2_old.h5", "words_2_old.h5"])
def test_weights_alone(of_keras, said, file):
    summary = summarize(of_keras / file)
    model = file.removesuffix(".weights.h5").removesuffix("_old.h5")
    assert summary.kind == "weights" and summary.parameters == said[model]["parameters"]
    assert summary.size == 4 * summary.parameters
    assert {layer.class_name for layer in summary.layers} == {""} and summary.training is None


@pytest.mark.parametrize("path", [f"branches_{version}.{ending}" for version in (2, 3) for ending in ("keras", "h5")])
def test_connections_and_nested_models(of_keras, path):
    found = by_name(of_keras / path)
    assert found["shared"].inputs == ("before", "vector") and found["twice"].inputs == ("inner",)
    assert found["concatenate"].input_shapes == ((None, 6), (None, 6))
    _, dense, normed = found["inner"].layers
    assert (dense.name, dense.parameters, dense.output_shapes) == ("d", 39, ((None, 3),))
    assert [weight.shape for weight in normed.weights] == [(3,)] * 4
    assert dense.inputs == (found["inner"].layers[0].name,)


def test_weights_have_the_names_of_variables_in_hdf5_models(of_keras):
    for version, end in ((2, ":0"), (3, "")):
        weights = by_name(of_keras / f"branches_{version}.h5")["conv"].weights
        assert [weight.name.split("/")[-1] for weight in weights] == [f"kernel{end}", f"bias{end}"]
        assert [(weight.shape, weight.elements, weight.size) for weight in weights] == [
            ((3, 3, 1, 4), 36, 144),
            ((4,), 4, 16),
        ]


@pytest.mark.parametrize("version", [2, 3])
def test_what_a_model_was_compiled_with(of_keras, version):
    for ending in ("keras", "h5"):
        summary = summarize(of_keras / f"branches_{version}.{ending}")
        assert summary.training["loss"] == ["mse", "mse"]
        assert len(summary.optimizer_weights) >= 25
    assert summarize(of_keras / f"rules_{version}.h5").training is None


def test_a_lambda_layer_is_named_and_its_code_stays_text(of_keras):
    summary = summarize(of_keras / "branches_3.keras")
    assert summary.remarks == ("twice: a Lambda layer holds code, which Keras runs when it loads the model",)
    assert isinstance(by_name(of_keras / "branches_3.keras")["twice"].config["function"]["config"]["code"], str)


def test_a_lambda_layer_in_a_wrapper_is_named(tmp_path):
    inner = {"class_name": "Lambda", "config": {"name": "inner", "function": ["code", None, None]}}
    layer = {"class_name": "TimeDistributed", "config": {"name": "outer", "layer": inner}}
    with zipfile.ZipFile(tmp_path / "m.keras", "w") as file:
        file.writestr(
            "config.json", json.dumps({"class_name": "Sequential", "config": {"name": "m", "layers": [layer]}})
        )
    (remark,) = summarize(tmp_path / "m.keras").remarks
    assert remark.startswith("outer: a Lambda layer holds code")


def test_layers_for_pictures(of_keras):
    found = {layer.name: layer for layer in layers(of_keras / "branches_3.keras")}
    assert found["conv"] == Layer("conv", "Conv2D", ((None, 28, 28, 1),), ((None, 26, 26, 4),), ("image",), 40)
    assert [layer.name for layer in found["inner"].layers][1:] == ["d", "normed"]
    with pytest.raises(InvalidFile, match="does not say how its layers are connected"):
        layers(of_keras / "branches_3.weights.h5")


def test_tables(of_keras):
    text = printed(of_keras / "words_3.keras")
    assert "Keras archive, Sequential model words" in text and "Bidirectional(LSTM)" in text
    row = next(line for line in text.splitlines() if line.startswith("gru"))
    assert row.split() == ["gru", "GRU", "(None,", "3)", "117", "bidirectional"]
    assert "optimizer: SGD (learning_rate 0.0" in text and 'loss: "mse"' in text
    rows = [line.split() for line in printed(of_keras / "branches_2_old.h5").splitlines()]
    assert ["conv", "conv/kernel:0", "float32", "[3,", "3,", "1,", "4]", "36"] in rows


def test_the_summary_is_plain_data(of_keras):
    for model in MODELS:
        summary = summarize(of_keras / f"{model}.keras")
        assert json.loads(json.dumps(dataclasses.asdict(summary)))["name"] == model[:-2]


def test_neither_keras_nor_tensorflow_is_imported(of_keras):
    code = (
        "import sys; from tf1graphs.inspect.keras.summary import summarize; summarize(sys.argv[1]);"
        "print({'tensorflow', 'keras', 'tf_keras'} & sys.modules.keys())"
    )
    path = str(of_keras / "branches_3.keras")
    assert subprocess.run([sys.executable, "-c", code, path], capture_output=True, text=True).stdout == "set()\n"


def test_arguments_by_name_and_constants_are_not_lost():
    entry = {
        "class_name": "Functional",
        "config": {
            "name": "model",
            "layers": [
                {
                    "class_name": "InputLayer",
                    "name": "a",
                    "config": {"batch_input_shape": [None, 2]},
                    "inbound_nodes": [],
                },
                {
                    "class_name": "TFOpLambda",
                    "name": "tf.add",
                    "config": {"function": "math.add"},
                    "inbound_nodes": [["a", 0, 0, {"y": ["b", 1, 2], "name": None}]],
                },
                {
                    "class_name": "TFOpLambda",
                    "name": "tf.sub",
                    "config": {},
                    "inbound_nodes": [["_CONSTANT_VALUE", -1, 1.0, {"y": ["a", 0, 0]}]],
                },
            ],
            "output_layers": [["tf.add", 0, 0]],
        },
    }
    model = read_model(entry, "path")
    assert model.layers[1].calls == ((Reference("a"), Reference("b", 1, 2)),)
    assert [reference.layer for call in model.layers[2].calls for reference in call] == ["a"]


def test_sequential_models_of_old_have_a_list():
    entry = {
        "class_name": "Sequential",
        "config": [
            {"class_name": "Dense", "config": {"name": "one", "units": 3, "batch_input_shape": [None, 4]}},
            {"class_name": "Dense", "config": {"name": "two", "units": 2}},
        ],
    }
    model = read_model(entry, "path")
    assert [layer.name for layer in model.layers] == ["one", "two"]
    assert model.layers[1].calls == ((Reference("one"),),)


def test_a_layer_may_have_a_list_named_layers():
    entry = {"class_name": "Blocks", "config": {"name": "own", "layers": [64, 32]}}
    assert read_model(entry, "path").layers == ()


@pytest.mark.parametrize(
    ("class_name", "config"),
    [
        ("Own", {}),
        ("Dense", {}),
        ("Conv2D", {"kernel_size": "3"}),
        ("Bidirectional", {"layer": None}),
        ("Reshape", {"target_shape": [0, -1]}),
    ],
)
def test_shapes_that_cannot_be_told_are_not_guessed(class_name, config):
    assert output_shapes(class_name, config, [(None, 4, 4, 1)]) is None


@pytest.mark.parametrize(
    ("entry", "problem"),
    [
        ({}, "no class name"),
        ({"class_name": 3}, "no class name"),
        (
            {"class_name": "Sequential", "config": {"layers": [{"class_name": "A", "config": {"name": "x"}}] * 2}},
            "two layers of a model have one name",
        ),
    ],
)
def test_damaged_models_are_refused(entry, problem):
    with pytest.raises(InvalidFile, match=problem):
        read_model(entry, "path")


def test_models_that_nest_without_end_are_refused():
    entry: dict = {"class_name": "Dense", "config": {}}
    for _ in range(50):
        entry = {"class_name": "Sequential", "config": {"layers": [entry]}}
    with pytest.raises(InvalidFile, match="nest more than"):
        read_model(entry, "path")
