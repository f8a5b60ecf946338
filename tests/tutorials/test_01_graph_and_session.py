"""Both versions print the same values and ranks, and log their graphs; TF1's is the one of TensorFlow 1.15."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import twin
from loading import load

NAME = "01_graph_and_session"
# What TensorFlow 1.15.5 listed.
OPERATIONS_OF_TF1 = [
    "Const Const []",
    "Const_1 Const []",
    "Const_2 Const []",
    "Add Add ['Const_1:0', 'Const_2:0']",
    "double/y Const []",
    "double Mul ['Add:0', 'double/y:0']",
    "scalar Const []",
    "vector Const []",
    "matrix Const []",
    "cube Const []",
]
VALUES = ["b'Hello, TensorFlow!'", "10 32 42", "84"]


def sections(printed: str) -> dict[str, list[str]]:
    """Returns title -> lines of what stands below ``=== title ===``."""
    found: dict[str, list[str]] = {}
    for line in printed.splitlines():
        if line.startswith("=== "):
            lines = found.setdefault(line.strip("= "), [])
        else:
            lines.append(line)
    return found


def logged_operations(logdir: Path) -> set[str]:
    """Returns the names in the graph that TensorBoard shows."""
    import tf1graphs.v1 as tf

    graph_def = tf.GraphDef()
    for path in logdir.glob("events.*"):
        for event in tf.train.summary_iterator(str(path)):
            graph_def.MergeFromString(event.graph_def)
    return {node.name for node in graph_def.node}


@pytest.fixture(scope="module")
def runs(
    in_tf2: Callable[..., Any], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, tuple[Path, dict[str, list[str]]]]:
    """Version -> log directory, sections of what it printed."""
    import tf1graphs.v1 as tf

    tf1_logdir, tf2_logdir = (tmp_path_factory.mktemp(version) for version in ("tf1", "tf2"))
    printed = io.StringIO()
    with tf.Graph().as_default(), contextlib.redirect_stdout(printed):
        load(twin.TUTORIALS / NAME / "tf1.py").main(["--logdir", str(tf1_logdir)])
    return {
        "tf1": (tf1_logdir, sections(printed.getvalue())),
        "tf2": (tf2_logdir, sections(in_tf2(twin.run_script, NAME, ["--logdir", str(tf2_logdir)]))),
    }


def test_values_agree(runs):
    tf1, tf2 = (printed for _, printed in runs.values())
    assert tf1["values"] == tf2["values"] == VALUES
    assert tf1["ranks"] == tf2["ranks"]
    assert [line.partition(",")[0] for line in tf1["ranks"][::2]] == [
        "scalar: rank 0",
        "vector: rank 1",
        "matrix: rank 2",
        "cube: rank 3",
    ]


def test_only_tf2_tensors_have_values_before_a_run(runs):
    tf1, tf2 = (printed for _, printed in runs.values())
    assert tf1["tensors"] == [
        'Tensor("Const:0", shape=(), dtype=string)',
        'Tensor("Add:0", shape=(), dtype=int32)',
        'Tensor("double:0", shape=(), dtype=int32)',
    ]
    assert tf2["tensors"][1:] == [f"tf.Tensor({value}, shape=(), dtype=int32)" for value in (42, 84)]


def test_operations_of_tf1_are_those_of_tensorflow_115(runs):
    assert runs["tf1"][1]["operations"] == OPERATIONS_OF_TF1


def test_graph_is_logged(runs):
    for logdir, printed in runs.values():
        assert logged_operations(logdir) == {line.split()[0] for line in printed["operations"]}
