"""Lets the random ops in the loops of a seeded graph draw in the order in which 1.15 did.

Random ops that do not hang on an iteration before are ready early. If their inputs are constants (a shape that is
known), 1.15's executor ran them first come, first served, and today's runs the last that became ready first: one
iteration at a time leaves no choice. If not, both run the last first, and the loop keeps its parallel iterations: it
is then as much a race of threads as it was in 1.15, which one order wins nearly always. A graph without a seed keeps
its parallel iterations too.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable
from typing import Any


def restore() -> None:
    """Changes the loops that are built from now on, for this process."""
    from tensorflow.python.framework import ops
    from tensorflow.python.ops import control_flow_ops

    build = control_flow_ops.WhileContext._BuildLoop

    @functools.wraps(build)
    def build_in_order(self: Any, *arguments: Any, **options: Any) -> Any:
        graph = ops.get_default_graph()
        before = graph.version
        built = build(self, *arguments, **options)
        made = graph.get_operations()[before:]
        if graph.seed is not None and not any(map(_draws_by_a_value, made)):
            _run_in_order(self, made)
        return built

    control_flow_ops.WhileContext._BuildLoop = build_in_order


@functools.cache
def _is_random(op_type: str) -> bool:
    from tensorflow.python.framework import op_def_registry

    definition = op_def_registry.get(op_type)
    return definition is not None and any(attribute.name == "seed2" for attribute in definition.attr)


def _draws_by_a_value(op: Any) -> bool:
    """Whether a random op has an input that is known at the run only, such as the shape of a batch of any size."""
    from tensorflow.python.framework import tensor_util

    return _is_random(op.type) and any(tensor_util.constant_value(each) is None for each in op.inputs)


def _run_in_order(loop: Any, made: Iterable[Any]) -> None:
    """Gives the loop one iteration at a time, and with it the loop of its gradients."""
    from tensorflow.core.framework import attr_value_pb2

    for op in made:
        if op.type == "Enter" and op.get_attr("frame_name").decode() == loop.name:
            op._set_attr("parallel_iterations", attr_value_pb2.AttrValue(i=1))
    loop._parallel_iterations = 1
