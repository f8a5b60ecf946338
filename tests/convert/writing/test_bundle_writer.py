"""Checkpoints are written with the bytes that TensorFlow 1.15 writes, and never left half written."""

from __future__ import annotations

from pathlib import Path

import ml_dtypes
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tf1graphs.convert.writing.bundles import BundleWriter
from tf1graphs.inspect.reading.checkpoints import open_checkpoint

FIXTURES = Path(__file__).parents[2] / "fixtures" / "tf115" / "checkpoints"


@pytest.mark.parametrize("kind", ["dtypes", "optimizers", "strings"])
def test_the_files_have_the_bytes_of_the_original(kind: str, tmp_path: Path) -> None:
    source = open_checkpoint(FIXTURES / kind)
    with BundleWriter(tmp_path / "model.ckpt") as writer:
        for name in source.entries:
            writer.add(name, source.read(name))
    for ending in ("index", "data-00000-of-00001"):
        assert (tmp_path / f"model.ckpt.{ending}").read_bytes() == (
            FIXTURES / kind / f"model.ckpt.{ending}"
        ).read_bytes()


NAMES = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1, max_size=30)


@settings(max_examples=40, deadline=None)
@given(names=st.sets(NAMES, min_size=1, max_size=300), seed=st.integers(0, 1000))
def test_what_is_written_is_read_again(names: set[str], seed: int, tmp_path_factory: pytest.TempPathFactory) -> None:
    prefix = tmp_path_factory.mktemp("written") / "model.ckpt"
    generator = np.random.default_rng(seed)
    arrays = {name: generator.random(tuple(generator.integers(0, 4, generator.integers(0, 4)))) for name in names}
    with BundleWriter(prefix) as writer:
        for name, array in arrays.items():
            writer.add(name, array)
    checkpoint = open_checkpoint(prefix)
    assert list(checkpoint.entries) == sorted(names)
    for name, array in arrays.items():
        np.testing.assert_array_equal(checkpoint.read(name), array)


def test_many_tensors_take_several_blocks_of_the_index(tmp_path: Path) -> None:
    with BundleWriter(tmp_path / "model.ckpt") as writer:
        for number in range(20_000):
            writer.add(f"scope_{number % 7}/variable_{number:05}", np.array([number], ml_dtypes.bfloat16))
    assert (tmp_path / "model.ckpt.index").stat().st_size > 1 << 18
    checkpoint = open_checkpoint(tmp_path / "model.ckpt")
    assert len(checkpoint.entries) == 20_000
    assert checkpoint.read("scope_3/variable_00003").tolist() == [3]


def test_an_error_leaves_the_old_checkpoint_and_nothing_half_written(tmp_path: Path) -> None:
    with BundleWriter(tmp_path / "model.ckpt") as writer:
        writer.add("w", np.ones(3))
    with pytest.raises(ZeroDivisionError), BundleWriter(tmp_path / "model.ckpt") as writer:
        writer.add("w", np.zeros(3))
        1 / 0  # noqa: B018
    assert sorted(file.name for file in tmp_path.iterdir()) == ["model.ckpt.data-00000-of-00001", "model.ckpt.index"]
    assert open_checkpoint(tmp_path).read("w").tolist() == [1, 1, 1]


def test_a_name_is_written_once_and_dtypes_are_those_of_tensorflow(tmp_path: Path) -> None:
    with BundleWriter(tmp_path / "model.ckpt") as writer:
        writer.add("w", np.ones(3))
        with pytest.raises(ValueError, match="w: written twice"):
            writer.add("w", np.ones(3))
        with pytest.raises(ValueError, match="t: TensorFlow has no dtype datetime64"):
            writer.add("t", np.array(["2020-01-01"], "datetime64[D]"))
