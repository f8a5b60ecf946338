"""``tf.contrib.quantize.python.input_to_ops``: which ops use an op's outputs, as a graph was before its rewriting."""

from __future__ import annotations

import collections
from typing import Any

from tf1graphs.v1.contrib.quantize import common

__all__ = ["InputToOps"]


class InputToOps:
    """The consumers in a graph, but for those of gradients and summaries; what is inserted later is not seen."""

    def __init__(self, graph: Any) -> None:
        self.mapping: dict[Any, set[Any]] = collections.defaultdict(set)
        for op in graph.get_operations():
            if not op.name.startswith(common.SKIPPED_PREFIXES):
                for tensor in op.inputs:
                    # Tensors compare elementwise unless they are taken by identity.
                    self.mapping[tensor.ref()].add(op)

    def ConsumerOperations(self, producer_op: Any) -> set[Any]:
        """Returns the ops that use an output of ``producer_op``."""
        return set().union(*(self.mapping[tensor.ref()] for tensor in producer_op.outputs))
