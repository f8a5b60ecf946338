"""How many ops TensorFlow 1.15 would have made in a graph by now: its seed rule counts them.

Where today's TensorFlow builds the same with other ops, the difference is added here; the graph itself is not touched.
"""

from __future__ import annotations

import weakref
from typing import Any

_differences: weakref.WeakKeyDictionary[Any, int] = weakref.WeakKeyDictionary()


def add(number: int) -> None:
    """Counts ``number`` ops that 1.15 would have made in the default graph and today's TensorFlow does not."""
    from tensorflow.python.framework import ops

    graph = ops.get_default_graph()
    _differences[graph] = _differences.get(graph, 0) + number


def of(graph: Any) -> int:
    """Returns the number of ops that 1.15 would have made in ``graph``."""
    return int(graph.version) + _differences.get(graph, 0)
