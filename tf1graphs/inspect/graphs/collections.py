"""The collections of a MetaGraph."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tf1graphs.inspect.reading import protos

_VARIABLES = ("variables", "trainable_variables", "local_variables")


@dataclass(frozen=True)
class Collections:
    """What a MetaGraph keeps beside its graph.

    Attributes:
        sizes: the number of entries by name.
        knows_variables: whether it lists variables, so that a variable which is not among the trainable ones is not.
        trainable: the nodes of the trainable variables.
        losses: the tensors in the collections of losses, such as ``"loss:0"``, with the collection.
        partitions: by node of a part of a variable, the shape of the whole.
    """

    sizes: dict[str, int]
    knows_variables: bool
    trainable: frozenset[str]
    losses: dict[str, str]
    partitions: dict[str, tuple[int, ...]]


NO_COLLECTIONS = Collections({}, False, frozenset(), {}, {})


def _size(collection: Any) -> int:
    kind = collection.WhichOneof("kind")
    return len(getattr(collection, kind).value) if kind else 0


def _variables(meta_graph: Any, key: str, path: Path) -> list[Any]:
    if key not in meta_graph.collection_def:
        return []
    values = meta_graph.collection_def[key].bytes_list.value
    return [protos.parse(protos.VariableDef, value, path) for value in values]


def node_of(tensor: str) -> str:
    """The node of a tensor's name, ``"w"`` of ``"w:0"``."""
    return tensor.rsplit(":", 1)[0]


def read_collections(meta_graph: Any, path: Path) -> Collections:
    """The collections of a ``MetaGraphDef``.

    Raises:
        InvalidFile: a collection of variables holds something else.
    """
    by_key = {key: _variables(meta_graph, key, path) for key in _VARIABLES}
    trainable = frozenset(node_of(variable.variable_name) for variable in by_key["trainable_variables"])
    partitions = {}
    for variable in (variable for variables in by_key.values() for variable in variables):
        whole = variable.save_slice_info_def
        if whole.full_name:
            partitions[node_of(variable.variable_name)] = tuple(whole.full_shape)
    losses = {
        name: key
        for key in ("losses", "regularization_losses")
        if key in meta_graph.collection_def
        for name in meta_graph.collection_def[key].node_list.value
    }
    return Collections(
        sizes={key: _size(collection) for key, collection in sorted(meta_graph.collection_def.items())},
        knows_variables=any(by_key.values()),
        trainable=trainable,
        losses=losses,
        partitions=partitions,
    )
