"""Checkpoints that TensorFlow 1.15 wrote are read as it reads them; damaged ones give one error."""

from __future__ import annotations

import shutil
import tracemalloc
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tf1graphs.inspect.errors import InvalidFile
from tf1graphs.inspect.reading.checkpoints import find_prefix, open_checkpoint, read_state

FIXTURES = Path(__file__).parents[2] / "fixtures" / "tf115" / "checkpoints"
KINDS = sorted(path.parent.name for path in FIXTURES.glob("*/values.npz"))
MOST_BYTES = 16 << 20


def comparable(array: np.ndarray) -> np.ndarray:
    """As the fixtures keep it: bfloat16 as its bits, strings with a length."""
    if array.dtype.name == "bfloat16":
        return array.view(np.uint16)
    return array.astype("S") if array.dtype == object else array


@pytest.mark.parametrize("kind", KINDS)
def test_values_are_those_of_the_original(kind: str) -> None:
    checkpoint = open_checkpoint(FIXTURES / kind)
    recorded = {name.replace("|", "/"): array for name, array in np.load(FIXTURES / kind / "values.npz").items()}
    assert list(checkpoint.entries) == sorted(recorded)
    for name, entry in checkpoint.entries.items():
        values = comparable(checkpoint.read(name))
        assert values.dtype == recorded[name].dtype
        np.testing.assert_array_equal(values, recorded[name])
        assert entry.shape == recorded[name].shape


def test_entries_say_dtype_bytes_and_parts() -> None:
    entries = open_checkpoint(FIXTURES / "dtypes").entries
    assert {name.removeprefix("dtypes/") for name in entries if name.startswith("dtypes")} == {
        entry.dtype for name, entry in entries.items() if name.startswith("dtypes")
    }
    assert (entries["dtypes/bfloat16"].size, entries["dtypes/complex128"].size, entries["empty"].size) == (12, 96, 0)
    parts = open_checkpoint(FIXTURES / "partitioned").entries
    assert [(entry.name, entry.shape, entry.parts) for entry in parts.values()] == [
        ("by_axis_0", (7, 5), 3),
        ("by_axis_1", (7, 5), 3),
    ]


def test_slices_of_a_tensor_that_was_not_saved_whole() -> None:
    checkpoint = open_checkpoint(FIXTURES / "some_slices")
    assert checkpoint.entries["model/w//w/part_0/Adam_D"].size == 16
    assert checkpoint.read("model/w").shape == (4, 2)
    with pytest.raises(
        InvalidFile, match=r"only some slices of model/w//w/part_0/Adam_D were saved, not all of \[4, 2\]"
    ):
        checkpoint.read("model/w//w/part_0/Adam_D")


def test_strings_keep_every_byte() -> None:
    values = open_checkpoint(FIXTURES / "strings").read("strings")
    assert values.tolist() == [[b"one", b"\x00two\xff"], [b"", b"4" * 300]]


def test_only_object_based_checkpoints_have_an_object_graph() -> None:
    graph = open_checkpoint(FIXTURES / "objects").object_graph
    assert [child.local_name for child in graph.nodes[0].children] == ["net", "optimizer", "save_counter"]
    assert open_checkpoint(FIXTURES / "dtypes").object_graph is None


@pytest.mark.parametrize(
    "path",
    ["", "checkpoint", "model.ckpt-7", "model.ckpt-7.index", "model.ckpt-7.meta", "model.ckpt-7.data-00000-of-00001"],
)
def test_every_path_that_means_a_checkpoint_finds_it(path: str) -> None:
    assert find_prefix(FIXTURES / "partitioned" / path) == FIXTURES / "partitioned" / "model.ckpt-7"


@pytest.mark.parametrize("path", ["", "checkpoint", "model.ckpt", "model.ckpt-00000-of-00002"])
def test_shards_of_version_1_are_one_checkpoint(path: str) -> None:
    checkpoint = open_checkpoint(FIXTURES / "v1_sharded" / path)
    assert checkpoint.path.name == "model.ckpt"
    assert list(checkpoint.entries) == ["on_0", "on_1"]


def test_a_directory_without_the_file_checkpoint_has_the_only_index(tmp_path: Path) -> None:
    for file in (FIXTURES / "dtypes").glob("model.ckpt*"):
        shutil.copy(file, tmp_path)
    assert find_prefix(tmp_path) == tmp_path / "model.ckpt"
    shutil.copy(tmp_path / "model.ckpt.index", tmp_path / "other.index")
    with pytest.raises(
        InvalidFile, match="several checkpoints and no file named checkpoint: name one of model.ckpt, o"
    ):
        find_prefix(tmp_path)


def test_a_moved_directory_is_read_where_it_is(tmp_path: Path) -> None:
    shutil.copytree(FIXTURES / "dtypes", tmp_path / "moved")
    state = tmp_path / "moved" / "checkpoint"
    state.write_text('model_checkpoint_path: "/gone/model.ckpt"\nall_model_checkpoint_paths: "/gone/model.ckpt"\n')
    assert open_checkpoint(tmp_path / "moved").path == tmp_path / "moved" / "model.ckpt"
    assert read_state(state).all_model_checkpoint_paths == ["/gone/model.ckpt"]


REFUSED = {
    "no such checkpoint": lambda folder: folder / "nothing.ckpt",
    "the directory has no file named checkpoint": lambda folder: folder / "empty",
    "that it names is not there": lambda folder: (
        written(folder / "checkpoint", b'model_checkpoint_path: "gone"').parent
    ),
    "it names no checkpoint": lambda folder: written(folder / "checkpoint", b"").parent,
    "no valid text of a CheckpointState": lambda folder: written(folder / "checkpoint", b"{{").parent,
    "no checkpoint, or one whose end is missing": lambda folder: written(folder / "model.ckpt", b"text" * 40),
    "the file is empty": lambda folder: written(folder / "empty.ckpt", b""),
    "No such file or directory: the index is of no use": lambda folder: alone(folder),
}


def written(file: Path, content: bytes) -> Path:
    file.write_bytes(content)
    return file


def alone(folder: Path) -> Path:
    """An index whose files of data are gone."""
    return Path(shutil.copy(FIXTURES / "dtypes" / "model.ckpt.index", folder))


@pytest.mark.parametrize("problem", REFUSED)
def test_refusals_name_the_file_and_the_problem(problem: str, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(InvalidFile, match=problem) as caught:
        open_checkpoint(REFUSED[problem](tmp_path))
    assert str(tmp_path) in str(caught.value)
    assert "\n" not in str(caught.value)


def read_all(path: Path) -> None:
    checkpoint = open_checkpoint(path)
    for name in checkpoint.entries:
        checkpoint.read(name)


@pytest.mark.parametrize("kind", ["dtypes", "partitioned", "strings", "objects", "v1_dtypes", "v1_partitioned"])
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_damaged_file_gives_one_error_or_the_same_values(kind: str, data: st.DataObject, tmp_path: Path) -> None:
    """Checksums find nearly all; what they cannot see (the name of a shard, padding) does no harm."""
    folder = tmp_path / "damaged"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(FIXTURES / kind, folder)
    files = sorted(file for file in folder.glob("model.ckpt*") if file.stat().st_size)
    file = data.draw(st.sampled_from(files))
    content = bytearray(file.read_bytes())
    place = data.draw(st.integers(0, len(content) - 1))
    if data.draw(st.booleans()):
        content = content[:place]
    else:
        content[place] ^= 1 << data.draw(st.integers(0, 7))
    file.write_bytes(content)
    tracemalloc.start()
    try:
        read_all(folder)
    except InvalidFile as error:
        assert "\n" not in str(error)
    finally:
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert peak < MOST_BYTES
