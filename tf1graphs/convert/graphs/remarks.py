"""What is not as it was in a converted graph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from tf1graphs.convert.graphs.nodes import by_name
from tf1graphs.convert.graphs.programs import Program
from tf1graphs.convert.graphs.signatures import Signature
from tf1graphs.inspect.graphs.feeds import is_pipeline


def remarks(graph_def: Any, signatures: Sequence[Signature], parts: Iterable[Program]) -> Iterator[str]:
    """Yields what a user has to know, a line each."""
    nodes = by_name(graph_def.node)
    inputs = {tensor.node: None for signature in signatures for tensor in signature.inputs.values()}
    for name in inputs:
        if is_pipeline(nodes[name]):
            yield f"{name} ({nodes[name].op}) is fed: its input pipeline is left out"
    for signature in signatures:
        for old, new in signature.renamed.items():
            yield f"the input {old} of {signature.name} is called {new}: TensorFlow 2 allows letters, digits and _"
    inside = {node.name: node for part in parts for node in part.graph_def.node}
    for name, node in inside.items():
        if node.op == "PlaceholderWithDefault":
            yield f"{name} keeps its default; name it with --inputs to feed it"
    for frame in dict.fromkeys(node.attr["frame_name"].s.decode() for node in inside.values() if node.op == "Enter"):
        yield f"the loop {frame} can be served and not trained: TensorFlow 2 does not differentiate it"
