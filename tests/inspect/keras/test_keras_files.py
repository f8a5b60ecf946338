"""Archives and HDF5 files that are damaged, made to fill the memory, or of TensorFlow 1.15."""

from __future__ import annotations

import json
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import h5py
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tf1graphs.inspect.errors import InvalidFile
from tf1graphs.inspect.keras.summary import summarize
from tf1graphs.inspect.reading import hdf5
from tf1graphs.inspect.reading.keras_files import read_keras

FIXTURES = Path(__file__).parents[2] / "fixtures" / "tf115" / "inspect_keras"
RECORDED = json.loads((FIXTURES / "layers.json").read_text())
# What an operation of TensorFlow returns is in no file, nor what is made of that.
OF_AN_OPERATION = {"tf_op_layer_Relu", "sum"}
CONFIG = json.dumps({"class_name": "Sequential", "config": {"name": "m", "layers": []}})


@pytest.fixture
def archive(tmp_path: Path) -> Callable[..., Path]:
    """Writes a ``.keras`` file of given members, compressed or not."""

    def written(compression: int = zipfile.ZIP_STORED, **members: bytes | str) -> Path:
        path = tmp_path / "model.keras"
        with zipfile.ZipFile(path, "w", compression) as file:
            for name, content in members.items():
                file.writestr(name.replace("__", "."), content)
        return path

    return written


@pytest.mark.parametrize("name", RECORDED)
def test_models_of_tensorflow_1_are_what_its_keras_says(name):
    summary = summarize(FIXTURES / f"{name}.h5")
    assert summary.keras_version == "2.2.4-tf" and summary.name == name
    for layer in summary.layers:
        parameters, shapes = RECORDED[name][layer.name]
        assert layer.parameters == parameters
        if layer.name not in OF_AN_OPERATION:
            assert [list(shape) for shape in layer.output_shapes] == shapes
    assert {layer.name for layer in summary.layers} == RECORDED[name].keys()


def test_operations_of_tensorflow_between_layers():
    found = {layer.name: layer for layer in summarize(FIXTURES / "functional.h5").layers}
    assert found["sum"].inputs == ("tf_op_layer_Relu", "inner") and found["sum"].output_shapes == (None,)
    assert found["inner"].layers[-1].parameters == 12


def test_a_compressed_archive_is_read_like_a_plain_one(of_keras, tmp_path):
    plain = of_keras / "branches_3.keras"
    packed = tmp_path / "packed.keras"
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            new.writestr(info.filename, old.read(info))
    assert read_keras(packed).weights == read_keras(plain).weights != ()


def test_links_to_other_files_are_not_followed(tmp_path):
    with h5py.File(tmp_path / "other.h5", "w") as file:
        file["secret"] = np.zeros(3)
    with h5py.File(tmp_path / "model.h5", "w") as file:
        file["dense/kernel"] = np.zeros([2, 3])
        file["dense/other"] = h5py.ExternalLink("other.h5", "secret")
        file["dense/again"] = h5py.SoftLink("/dense/kernel")
    (weight,) = read_keras(tmp_path / "model.h5").weights
    assert (weight.path, weight.shape, weight.dtype) == (("dense", "kernel"), (2, 3), "float64")


def test_names_in_several_attributes(tmp_path):
    names = [f"v{number}" for number in (3, 1, 2)]
    with h5py.File(tmp_path / "model.h5", "w") as file:
        group = file.create_group("dense")
        for name in names:
            group[name] = np.zeros(1)
        group.attrs["weight_names0"], group.attrs["weight_names1"] = names[:2], names[2:]
    assert [weight.path[-1] for weight in read_keras(tmp_path / "model.h5").weights] == names


def test_a_group_that_holds_itself_is_refused(tmp_path):
    with h5py.File(tmp_path / "model.h5", "w") as file:
        file.create_group("a")["b"] = file
    with pytest.raises(InvalidFile, match="is in two places"):
        read_keras(tmp_path / "model.h5")


@pytest.mark.parametrize(
    ("members", "problem"),
    [
        ({"other": b""}, "it has no config.json"),
        ({"config__json": b"{"}, "config.json is no valid JSON"),
        ({"config__json": b"[" * 100_000}, "config.json is no valid JSON"),
        ({"config__json": b"[1]"}, "config.json describes no object"),
        ({"config__json": CONFIG, "metadata__json": b"\xff"}, "metadata.json is no valid JSON"),
        ({"config__json": CONFIG, "model__weights__h5": b"text"}, "no valid HDF5"),
    ],
)
def test_archives_of_something_else_are_refused(archive, members, problem):
    with pytest.raises(InvalidFile, match=problem):
        read_keras(archive(**members))


def test_members_that_would_fill_the_memory_are_refused(archive):
    path = archive(zipfile.ZIP_DEFLATED, config__json=b" " * (1 << 27))
    assert path.stat().st_size < 1_000_000
    tracemalloc.start()
    with pytest.raises(InvalidFile, match="config.json claims 134217728 bytes"):
        read_keras(path)
    assert tracemalloc.get_traced_memory()[1] < 10_000_000
    tracemalloc.stop()


@pytest.mark.parametrize("compression", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_members_whose_size_is_a_lie_are_refused(archive, compression):
    path = archive(compression, config__json=CONFIG, model__weights__h5=b"x" * 1000)
    content = bytearray(path.read_bytes())
    # The last of the two lists of sizes is the archive's directory, which is what readers go by.
    place = content.rindex(b"model.weights.h5") - 46 + 24
    content[place : place + 4] = (0xFFFFFFF0).to_bytes(4, "little")
    path.write_bytes(content)
    with pytest.raises(InvalidFile, match="does not lie in the archive|would unpack to 4294967280 bytes|cannot be"):
        read_keras(path)


def test_encrypted_members_are_refused(archive):
    path = archive(config__json=CONFIG)
    content = bytearray(path.read_bytes())
    content[content.rindex(b"config.json") - 46 + 8] |= 1
    path.write_bytes(content)
    with pytest.raises(InvalidFile, match=r"config.json is encrypted"):
        read_keras(path)


def test_other_files_are_refused(tmp_path):
    (tmp_path / "text.h5").write_text("text")
    (tmp_path / "cut.keras").write_bytes(b"PK\3\4")
    for name, problem in (("text.h5", "no file of Keras"), ("cut.keras", "no valid zip"), ("none.h5", "No such file")):
        with pytest.raises(InvalidFile, match=problem):
            read_keras(tmp_path / name)
    with pytest.raises(InvalidFile, match="Is a directory"):
        read_keras(tmp_path)


def test_a_library_that_fails_or_does_not_end_is_one_error(tmp_path, monkeypatch):
    with h5py.File(tmp_path / "model.h5", "w") as file:
        file["w"] = np.zeros(1)
    monkeypatch.setattr(hdf5, "_SECONDS", 0.01)
    with pytest.raises(InvalidFile, match="HDF5's library fails on it"):
        read_keras(tmp_path / "model.h5")
    monkeypatch.setattr(hdf5, "_SECONDS", 60.0)
    monkeypatch.setattr(hdf5, "_READER", "tf1graphs.inspect.reading.no_such_module")
    with pytest.raises(InvalidFile, match="HDF5's library fails on it"):
        read_keras(tmp_path / "model.h5")


@pytest.mark.slow
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_any_damage_ends_in_one_error_or_a_summary(tmp_path_factory, data):
    content = bytearray((FIXTURES / "functional.h5").read_bytes())
    if data.draw(st.booleans()):
        del content[data.draw(st.integers(8, len(content))) :]
    for _ in range(data.draw(st.integers(1, 5))):
        place = data.draw(st.integers(8, len(content)))
        content[place : place + 4] = data.draw(st.binary(min_size=4, max_size=4))
    path = tmp_path_factory.getbasetemp() / "fuzzed.h5"
    path.write_bytes(content)
    try:
        assert summarize(path).kind in ("h5", "weights")
    except InvalidFile as error:
        assert "\n" not in str(error)


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_any_damage_of_an_archive_without_weights(tmp_path_factory, data):
    path = tmp_path_factory.getbasetemp() / "fuzzed.keras"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("config.json", CONFIG)
        file.writestr("metadata.json", "{}")
    content = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 5))):
        content[data.draw(st.integers(4, len(content) - 1))] = data.draw(st.integers(0, 255))
    path.write_bytes(content)
    try:
        assert summarize(path).kind == "keras"
    except InvalidFile as error:
        assert "\n" not in str(error)


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_configurations_of_other_types_end_in_one_error_or_a_summary(tmp_path_factory, data):
    values = st.recursive(
        st.none() | st.booleans() | st.integers(-3, 10**12) | st.text(max_size=3),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
        max_leaves=6,
    )
    keys = ("name", "batch_shape", "units", "layers", "kernel_size", "target_shape", "layer", "output_layers")
    class_names = st.sampled_from(
        ["InputLayer", "Dense", "Conv2D", "Reshape", "Bidirectional", "Concatenate", "Functional"]
    )
    layer = st.fixed_dictionaries(
        {"class_name": class_names},
        optional={
            "config": st.fixed_dictionaries({}, optional=dict.fromkeys(keys, values)) | values,
            "name": st.text(max_size=2),
            "inbound_nodes": values,
            "build_config": values,
        },
    )
    config = {
        "name": "m",
        "layers": data.draw(st.lists(layer, min_size=1, max_size=4)),
        "output_layers": data.draw(values),
    }
    path = tmp_path_factory.getbasetemp() / "typed.keras"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("config.json", json.dumps({"class_name": "Functional", "config": config}))
    try:
        assert len(summarize(path).layers) == len(config["layers"])
    except InvalidFile as error:
        assert "\n" not in str(error)
