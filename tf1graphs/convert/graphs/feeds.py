"""What must be fed for some tensors of a graph."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from tf1graphs.convert.graphs.nodes import Tensor, data_inputs
from tf1graphs.convert.graphs.slicing import needed

PLACEHOLDERS = frozenset({"Placeholder", "PlaceholderV2"})
# Ops that take the next batch out of the program that has ended: what they return is fed instead.
_PIPELINES = re.compile(
    r"(OneShot|MultiDevice)?Iterator(FromString|V2)?GetNext(Sync|AsOptional|FromShard)?"
    r"|Queue(Dequeue(Many|UpTo)?)(V2)?|Reader(Read|ReadUpTo)(V2)?|(OrderedMap|Map|Map)?(Unstage|UnstageNoKey)"
    r"|InfeedDequeue(Tuple)?"
)


def is_pipeline(node: Any) -> bool:
    """Whether a node returns what an input pipeline produces."""
    return bool(_PIPELINES.fullmatch(node.op))


def found(nodes: Mapping[str, Any], outputs: Iterable[Tensor], given: Collection[Tensor] = ()) -> list[Tensor]:
    """The placeholders and results of input pipelines that ``outputs`` need beside ``given``, in the graph's order."""
    outputs = list(outputs)
    sources = {name for name, node in nodes.items() if node.op in PLACEHOLDERS or is_pipeline(node)}
    used = {tensor for node in nodes.values() for tensor in data_inputs(node)}.union(outputs)
    cut = {*given, *(tensor for tensor in used if tensor.node in sources)}
    part = needed(nodes, {output.node for output in outputs if output not in cut}, cut)
    taken = {tensor for node in part for tensor in data_inputs(node)}.union(outputs) & cut
    order = {name: position for position, name in enumerate(nodes)}
    return sorted(taken - set(given), key=lambda tensor: (order[tensor.node], tensor.output))
