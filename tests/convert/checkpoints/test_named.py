"""Name-based checkpoints are written again: other names, other dtypes, fewer tensors."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tf1graphs.convert.carrying.rows import Row
from tf1graphs.convert.checkpoints.named import cast, write_named
from tf1graphs.convert.errors import CouldNotConvert
from tf1graphs.inspect.reading.checkpoints import open_checkpoint

FIXTURES = Path(__file__).parents[2] / "fixtures" / "tf115" / "checkpoints"


@pytest.mark.parametrize("kind", ["dtypes", "partitioned", "strings", "sharded", "v1_dtypes", "v1_partitioned"])
def test_there_and_back_gives_the_same_values(kind: str, tmp_path: Path) -> None:
    source = open_checkpoint(FIXTURES / kind)
    there = [Row((name,), (f"new/{name}",)) for name in source.entries]
    begun: list[str] = []
    write_named(source, tmp_path / "there.ckpt", there, None, begun.append)
    assert begun == list(source.entries)
    middle = open_checkpoint(tmp_path / "there.ckpt")
    write_named(middle, tmp_path / "back.ckpt", [Row(row.targets, row.sources) for row in there], None, begun.append)
    back = open_checkpoint(tmp_path / "back.ckpt")
    assert list(back.entries) == list(source.entries)
    for name in source.entries:
        one, other = back.read(name), source.read(name)
        assert one.dtype == other.dtype
        np.testing.assert_array_equal(one, other)


def test_floating_point_values_get_another_dtype_and_nothing_else_does(tmp_path: Path) -> None:
    source = open_checkpoint(FIXTURES / "dtypes")
    rows = [Row((name,), (name,)) for name in source.entries]
    write_named(source, tmp_path / "half.ckpt", rows, "float16", lambda name: None)
    entries = open_checkpoint(tmp_path / "half.ckpt").entries
    for name, entry in source.entries.items():
        is_float = entry.dtype in ("float16", "bfloat16", "float32", "float64")
        assert entries[name].dtype == ("float16" if is_float else entry.dtype)


def test_values_that_a_dtype_cannot_hold_are_refused() -> None:
    with pytest.raises(CouldNotConvert, match="w: 2 of 3 values are too large for float16; --without leaves it out"):
        cast("w", np.array([1.0, 1e6, -1e6], np.float32), "float16")
    assert np.isinf(cast("w", np.array([np.inf], np.float32), "float16")).all()


def test_the_directory_knows_its_first_checkpoint(tmp_path: Path) -> None:
    source = open_checkpoint(FIXTURES / "sharded")
    for name in ("one.ckpt", "two.ckpt"):
        write_named(source, tmp_path / name, [Row(("on_0",), ("on_0",))], None, lambda name: None)
    assert open_checkpoint(tmp_path).path.name == "one.ckpt"


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (Row(("gone",), ("w",)), "has no tensor gone, which the map names"),
        (Row(("on_0",), ("w", "v")), "as_it_is gives 1 tensors, not 2"),
    ],
)
def test_a_wrong_row_is_refused_and_nothing_written(row: Row, problem: str, tmp_path: Path) -> None:
    rows = [Row(("on_1",), ("on_1",)), row]
    with pytest.raises(CouldNotConvert, match=problem):
        write_named(open_checkpoint(FIXTURES / "sharded"), tmp_path / "new.ckpt", rows, None, lambda name: None)
    assert list(tmp_path.iterdir()) == []
