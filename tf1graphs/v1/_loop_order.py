"""Runs the iterations of a seeded graph's loops in order, so that its random ops draw in the order of 1.15.

Random ops that do not hang on an iteration before are ready early; 1.15's executor ran them first come, first served,
today's runs the last that became ready first. One iteration at a time leaves no choice. A graph without a seed keeps
its parallel iterations.
"""

from __future__ import annotations

import functools
from typing import Any


def restore() -> None:
    """Changes the loops that are built from now on, for this process."""
    from tensorflow.python.framework import ops
    from tensorflow.python.ops import control_flow_ops

    build = control_flow_ops.WhileContext.__init__

    @functools.wraps(build)
    def build_in_order(
        self: Any, maximum_iterations: Any = None, parallel_iterations: int = 10, *rest: Any, **options: Any
    ) -> None:
        in_order = ops.get_default_graph().seed is not None
        build(self, maximum_iterations, 1 if in_order else parallel_iterations, *rest, **options)

    control_flow_ops.WhileContext.__init__ = build_in_order
