"""What a MetaGraph says of its variables: in the collections of TensorFlow 1, in the objects of TensorFlow 2."""

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
        lists_variables: whether one lists variables, so that a variable which is not among the trainable ones is not.
        trainable: the nodes of the trainable variables, also of those that are objects.
        untrained: the nodes of objects that are variables and not trainable.
        losses: the tensors in the collections of losses, such as ``"loss:0"``, with the collection.
        partitions: by node of a part of a variable, the shape of the whole.
    """

    sizes: dict[str, int]
    lists_variables: bool
    trainable: frozenset[str]
    untrained: frozenset[str]
    losses: dict[str, str]
    partitions: dict[str, tuple[int, ...]]


NO_COLLECTIONS = Collections({}, False, frozenset(), frozenset(), {}, {})


def _size(collection: Any) -> int:
    kind = collection.WhichOneof("kind")
    return len(getattr(collection, kind).value) if kind else 0


def _variables(meta_graph: Any, key: str, path: Path) -> list[Any]:
    if key not in meta_graph.collection_def:
        return []
    values = meta_graph.collection_def[key].bytes_list.value
    return [protos.parse(protos.VariableDef, value, path) for value in values]


def _objects(meta_graph: Any) -> tuple[frozenset[str], frozenset[str]]:
    """The names of the objects that are trainable variables, and of the other variables; without those of both."""
    names: dict[bool, set[str]] = {True: set(), False: set()}
    for each in meta_graph.object_graph_def.nodes:
        if each.HasField("variable"):
            names[each.variable.trainable].add(each.variable.name)
    return frozenset(names[True] - names[False]), frozenset(names[False] - names[True])


def node_of(tensor: str) -> str:
    """The node of a tensor's name, ``"w"`` of ``"w:0"``."""
    return tensor.rsplit(":", 1)[0]


def read_collections(meta_graph: Any, path: Path) -> Collections:
    """The collections of a ``MetaGraphDef``.

    Raises:
        InvalidFile: a collection of variables holds something else.
    """
    by_key = {key: _variables(meta_graph, key, path) for key in _VARIABLES}
    trained, untrained = _objects(meta_graph)
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
        lists_variables=any(by_key.values()),
        trainable=trained | {node_of(variable.variable_name) for variable in by_key["trainable_variables"]},
        untrained=untrained,
        losses=losses,
        partitions=partitions,
    )
