"""The monitor that keeps every tensor of every step."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from typing import Any

import numpy as np
from tensorflow.python.framework import ops
from tensorflow.python.platform import tf_logging

from tf1graphs.v1.contrib.learn.monitors._base import BaseMonitor


class GraphDump(BaseMonitor):
    """Keeps the values of all tensors.

    Args:
        ignore_ops: The types of ops to leave out; ``IGNORE_OPS`` by default.
    """

    IGNORE_OPS = ["Const", "Assign", "Identity", "Placeholder", "RandomUniform", "Cast", "RestoreSlice"]

    def __init__(self, ignore_ops: Sequence[str] | None = None) -> None:
        super().__init__()
        self._ignore_ops = ignore_ops or GraphDump.IGNORE_OPS
        self._data: dict[int, dict[Any, Any]] = {}
        self._tensors: list[Any] = []

    def begin(self, max_steps: int | None = None) -> None:
        """Looks for the tensors: the first output of each op."""
        super().begin(max_steps)
        self._tensors = []
        graph = ops.get_default_graph()
        for node in graph.as_graph_def().node:
            if node.op in self._ignore_ops:
                continue
            tf_logging.info("op=%s name=%s.", node.op, node.name)
            with contextlib.suppress(KeyError):
                self._tensors.append(graph.get_tensor_by_name(f"{node.name}:0"))

    def step_begin(self, step: int) -> list[Any]:
        """Returns the tensors."""
        super().step_begin(step)
        return self._tensors

    def step_end(self, step: int, output: dict[Any, Any]) -> bool:
        """Keeps their values."""
        super().step_end(step, output)
        self._data[step] = output
        return False

    @property
    def data(self) -> dict[int, dict[Any, Any]]:
        """Step -> values by tensor or name."""
        return self._data

    def compare(self, other_dump: GraphDump, step: int, atol: float = 1e-06) -> tuple[list[str], dict[str, Any]]:
        """Compares a step of two dumps.

        Args:
            other_dump: The other.
            step: The step.
            atol: How far arrays may be apart.

        Returns:
            The names of what is alike, and for what is not the difference of arrays or the pair of values.

        Raises:
            ValueError: The other dump lacks a name.
        """
        matched: list[str] = []
        non_matched: dict[str, Any] = {}
        other = other_dump.data.get(step, {})
        for key, value in self.data.get(step, {}).items():
            if not isinstance(key, str) or isinstance(value, str):
                continue
            if key not in other:
                raise ValueError(f"{key} missing at step {step}.")
            difference = _difference(value, other[key], atol)
            if difference is None:
                matched.append(key)
            else:
                non_matched[key] = difference
        return matched, non_matched


def _difference(one: Any, other: Any, atol: float) -> Any:
    """Returns how two values differ, or None."""
    if isinstance(one, np.ndarray):
        return None if np.allclose(one, other, atol=atol) else one - other
    return None if one == other else (one, other)
