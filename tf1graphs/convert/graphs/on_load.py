"""What a SavedModel of TensorFlow 1 does when it is loaded, beside filling its tables."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from tf1graphs.convert.errors import CouldNotConvert
from tf1graphs.convert.graphs.nodes import by_name, data_inputs, tensor
from tf1graphs.convert.graphs.slicing import needed

# Where it is written: in SavedModels of 1.13 and later in a signature, before that in a collection.
_SIGNATURE = "__saved_model_init_op"
_COLLECTIONS = ("saved_model_main_op", "legacy_init_op")


def _main_ops(meta_graph: Any) -> list[str]:
    found = [info.name for info in meta_graph.signature_def[_SIGNATURE].outputs.values()] if _has(meta_graph) else []
    for collection in _COLLECTIONS:
        if collection in meta_graph.collection_def:
            found.extend(meta_graph.collection_def[collection].node_list.value)
    return [tensor(name).node for name in found]


def _has(meta_graph: Any) -> bool:
    return _SIGNATURE in meta_graph.signature_def


def refuse_assignments(meta_graph: Any, variables: Collection[str]) -> None:
    """Refuses a graph that gives variables of its checkpoint other values when it is loaded.

    Raises:
        CouldNotConvert: with the variable and the op.
    """
    nodes = by_name(meta_graph.graph_def.node)
    for node in needed(nodes, [name for name in _main_ops(meta_graph) if name in nodes]):
        if node.op.startswith("Assign") and data_inputs(node)[0].node in variables:
            raise CouldNotConvert(
                f"{node.name} gives {data_inputs(node)[0].node} another value whenever the SavedModel is loaded; "
                "name outputs that do not need it with --outputs"
            )
