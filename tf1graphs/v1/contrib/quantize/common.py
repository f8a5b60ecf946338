"""``tf.contrib.quantize.python.common``: finding, counting and rerouting, for both parts of the rewriting."""

from __future__ import annotations

import re
from collections.abc import Container
from typing import Any

from tensorflow.python.framework import dtypes, ops
from tensorflow.python.ops import array_ops, init_ops, state_ops, variable_scope, variables

__all__ = [
    "BatchNormGroups",
    "CreateOrGetQuantizationStep",
    "DropStringPrefix",
    "GetEndpointActivationOp",
    "RerouteTensor",
    "SKIPPED_PREFIXES",
]

# Ops of gradients and summaries are not rewritten.
SKIPPED_PREFIXES = ("gradients/", "RMSProp/", "Adagrad/", "Const_", "HistogramSummary", "ScalarSummary")

_ACTIVATIONS = ("Relu6", "Relu", "Identity")
_BATCH_NORM = re.compile(r"^(.*)BatchNorm/batchnorm")
_STEP = "fake_quantization_step"


def BatchNormGroups(graph: Any) -> list[str]:
    """Returns the prefixes of the names of unfused batch normalizations, each once."""
    matches = [match for op in graph.get_operations() if (match := _BATCH_NORM.search(op.name))]
    return list(dict.fromkeys(match[1] for match in matches if not match[1].startswith(SKIPPED_PREFIXES)))


def GetEndpointActivationOp(graph: Any, prefix: str) -> Any:
    """Returns the Relu6, Relu or Identity right below a prefix, or None."""
    for name in _ACTIVATIONS:
        try:
            return graph.get_operation_by_name(prefix + name)
        except KeyError:
            continue
    return None


def CreateOrGetQuantizationStep() -> Any:
    """Returns the number of times that the graph has run, int64 []: one counter for each graph."""
    graph = ops.get_default_graph()
    try:
        return graph.get_tensor_by_name(f"{_STEP}/Identity:0")
    except KeyError:
        pass  # It is not there yet.
    with graph.name_scope(None):
        step = variable_scope.get_variable(
            _STEP,
            shape=[],
            dtype=dtypes.int64,
            initializer=init_ops.zeros_initializer(),
            trainable=False,
            collections=[ops.GraphKeys.GLOBAL_VARIABLES],
            aggregation=variables.VariableAggregation.ONLY_FIRST_REPLICA,
        )
        with graph.name_scope(f"{step.op.name}/"):
            # All delays of the graph use this tensor, so that each run counts once.
            return array_ops.identity(state_ops.assign_add(step, 1))


def DropStringPrefix(s: str, prefix: str) -> str:
    """Returns ``s`` without the prefix, if it has it."""
    return s.removeprefix(prefix)


def RerouteTensor(t0: Any, t1: Any, can_modify: Container[Any] | None = None) -> int:
    """Lets the consumers of ``t1`` use ``t0`` instead.

    Args:
        t0: The new input.
        t1: The old one.
        can_modify: The consumers that may change; without it all.

    Returns:
        The number of inputs that were changed.
    """
    consumers = [op for op in t1.consumers() if can_modify is None or op in can_modify]
    uses = [(op, index) for op in consumers for index, tensor in enumerate(op.inputs) if tensor is t1]
    for op, index in uses:
        op._update_input(index, t0)
    return len(uses)
