"""Variables get their values from where the graph's Saver has them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import converting
import numpy as np
import pytest

from tf1graphs.convert.graphs.restores import Place, places
from tf1graphs.convert.writing.bundles import BundleWriter
from tf1graphs.inspect.reading.graphs import read_graph


def test_moving_averages_that_a_saver_restores(tmp_path: Path) -> None:
    folder = converting.unpacked("residual", tmp_path)
    found = places(read_graph(folder / "model.meta").meta_graphs[0], folder)
    assert found["stem/weights"] == Place("stem/weights/ExponentialMovingAverage")
    assert found["stem/BatchNorm/moving_mean"] == Place("stem/BatchNorm/moving_mean")


def test_slices_of_partitioned_variables(tmp_path: Path) -> None:
    folder = converting.unpacked("partitioned", tmp_path)
    found = places(read_graph(folder / "model.meta").meta_graphs[0], folder)
    assert found["embedding/part_1"] == Place("embedding", [(3, 3), (0, 4)])
    assert found["weights/part_1"] == Place("weights", [(0, 4), (3, 3)])


def test_slices_without_a_saver(tmp_path: Path) -> None:
    folder = converting.unpacked("partitioned", tmp_path)
    meta_graph = read_graph(folder / "model.meta").meta_graphs[0]
    with_saver = places(meta_graph, folder)
    meta_graph.ClearField("saver_def")
    assert places(meta_graph, folder) == with_saver


def written(path: Path, **arrays: np.ndarray) -> Path:
    """A checkpoint of arrays."""
    with BundleWriter(path) as writer:
        for name, array in arrays.items():
            writer.add(name, array)
    return path


@pytest.mark.parametrize(
    ("weights", "problem"),
    [
        (np.zeros([3, 5], np.float32), "weights is float32 [3, 2] in the graph, and float32 [3, 5] in "),
        (np.zeros([3, 2], np.float64), "weights is float32 [3, 2] in the graph, and float64 [3, 2] in "),
    ],
)
def test_another_model(weights: np.ndarray, problem: str, tmp_path: Path, converter: Any) -> None:
    folder = converting.unpacked("queue", tmp_path)
    other = written(tmp_path / "other", weights=weights)
    refusal = converter(converting.convert, folder / "model.meta", tmp_path / "out", checkpoint=other, outputs=["y"])
    assert refusal.startswith(problem)
    assert refusal.endswith(": they do not belong together")


def test_a_partition_that_is_too_small(tmp_path: Path, converter: Any) -> None:
    folder = converting.unpacked("partitioned", tmp_path)
    small = written(tmp_path / "small", embedding=np.zeros([4, 4], np.float32), weights=np.zeros([4, 6], np.float32))
    refusal = converter(converting.convert, folder / "model.meta", tmp_path / "out", checkpoint=small)
    assert refusal == "embedding/part_1: a slice lies outside of its tensor, which is [4, 4] in the checkpoint"
    assert not (tmp_path / "out").exists()


def test_two_nodes_of_one_variable(tmp_path: Path, converter: Any, server: Any) -> None:
    folder = converting.unpacked("resources", tmp_path)
    meta_graph = read_graph(folder / "model.meta").meta_graphs[0]
    again = meta_graph.graph_def.node.add()
    again.CopyFrom(next(node for node in meta_graph.graph_def.node if node.name == "net/weights"))
    again.name = "again"
    reading = meta_graph.graph_def.node.add(name="twin", op="ReadVariableOp", input=["again"])
    reading.attr["dtype"].type = 1
    (folder / "twice.meta").write_bytes(meta_graph.SerializeToString())
    named = {"checkpoint": folder / "model", "outputs": ["y", "twin"]}
    report = converter(converting.convert, folder / "twice.meta", tmp_path / "out", **named)
    assert report.variables == ("net/calls", "net/weights")
    served = server(converting.serve, tmp_path / "out", converting.recorded(folder, "in"))
    assert served["twin"].tobytes() == converting.recorded(folder, "variable")["net/weights"].tobytes()
