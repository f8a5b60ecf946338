"""Which meta graph, and which of its tensors, become the signatures of a SavedModel."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from tf1graphs.convert.errors import CouldNotConvert
from tf1graphs.convert.graphs import feeds, fetches
from tf1graphs.convert.graphs.nodes import by_name
from tf1graphs.convert.graphs.signatures import DEFAULT, Signature, declared, keyed, named
from tf1graphs.convert.graphs.whole import refuse_damaged
from tf1graphs.inspect.graphs.nodes import Tensor
from tf1graphs.inspect.reading.graphs import GraphFile

_SERVING = "serve"


def meta_graph(source: GraphFile, tags: Sequence[str]) -> Any:
    """The meta graph with just the given tags; without any, the only one or the one to serve.

    Raises:
        CouldNotConvert: there is none such.
    """
    sets = [sorted(each.meta_info_def.tags) for each in source.meta_graphs]
    wanted = sorted(tags) or (sets[0] if len(sets) == 1 else [_SERVING])
    if wanted not in sets:
        known = "; ".join(" ".join(each) or "none" for each in sets)
        raise CouldNotConvert(f"{source.path} has no graph with the tags {' '.join(wanted)}; its graphs have: {known}")
    found = source.meta_graphs[sets.index(wanted)]
    if found.HasField("object_graph_def"):
        raise CouldNotConvert(f"{source.path} is of a SavedModel of TensorFlow 2 already")
    return found


def signatures(meta_graph: Any, inputs: Sequence[str], outputs: Sequence[str]) -> list[Signature]:
    """The signatures that are asked for, those that the graph declares, or one of what it seems to be made for.

    Raises:
        CouldNotConvert: a tensor is not there, another must be fed too, or it is not clear what the outputs are.
    """
    refuse_damaged(meta_graph.graph_def)
    nodes = by_name(meta_graph.graph_def.node)
    own = declared(meta_graph)
    if own and not inputs and not outputs:
        for signature in own:
            _check_there(nodes, [*signature.inputs.values(), *signature.outputs.values()])
            _check_fed(nodes, signature)
        return own
    given = named(inputs)
    fetched = named(outputs)
    _check_there(nodes, [*given.values(), *fetched.values()])
    fetched = fetched or keyed(fetches.found(meta_graph, list(given.values())))
    fed = given or keyed(feeds.found(nodes, fetched.values()))
    signature = Signature(DEFAULT, fed, fetched)
    _check_fed(nodes, signature)
    return [signature]


def _check_there(nodes: Mapping[str, Any], tensors: Iterable[Tensor]) -> None:
    for tensor in tensors:
        if tensor.node not in nodes:
            close = difflib.get_close_matches(tensor.node, nodes, n=3)
            hint = f"; did you mean {' or '.join(close)}?" if close else ""
            raise CouldNotConvert(f"the graph has no node {tensor.node}{hint}")


def _check_fed(nodes: Mapping[str, Any], signature: Signature) -> None:
    """Refuses a signature whose outputs need more than its inputs."""
    more = feeds.found(nodes, signature.outputs.values(), list(signature.inputs.values()))
    if more:
        names = " ".join(str(tensor).removesuffix(":0") for tensor in [*signature.inputs.values(), *more])
        raise CouldNotConvert(
            f"{', '.join(signature.outputs)} cannot be computed from {', '.join(signature.inputs) or 'nothing'} alone: "
            f"type --inputs {names}"
        )
