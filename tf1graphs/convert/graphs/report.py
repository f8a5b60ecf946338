"""What became of a graph, in lines."""

from __future__ import annotations

from collections.abc import Mapping

from tf1graphs.convert.graphs.nodes import Tensor
from tf1graphs.convert.graphs.saved_model import Converted


def lines(converted: Converted) -> tuple[str, ...]:
    """The signatures, each with the tensors it feeds and fetches, what else was carried over, and the remarks."""
    found = [
        f"{signature.name}: {_named(signature.inputs) or 'nothing'} -> {_named(signature.outputs)}"
        for signature in converted.signatures
    ]
    for names, what in ((converted.made_trainable, "made trainable"), (converted.tables, "lookup tables")):
        if names:
            found.append(f"{what}: {', '.join(names)}")
    return (*found, *converted.remarks)


def _named(tensors: Mapping[str, Tensor]) -> str:
    return ", ".join(key if f"{key}:0" == str(tensor) else f"{key} ({tensor})" for key, tensor in tensors.items())
