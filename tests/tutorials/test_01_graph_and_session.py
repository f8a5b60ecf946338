"""Both versions print the same values and ranks, and log their graphs; TF1's is the one of TensorFlow 1.15."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

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
    events = EventAccumulator(str(logdir))
    events.Reload()
    return {node.name for node in events.Graph().node}


@pytest.fixture(scope="module")
def runs(pair_of: Callable[[str], Any]) -> dict[str, tuple[Path, dict[str, list[str]]]]:
    """Version -> log directory, sections of what it printed."""
    pair = pair_of(NAME)
    return {
        version: (run.logdir, sections(run.recorded.out)) for version, run in (("tf1", pair.tf1), ("tf2", pair.tf2))
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
