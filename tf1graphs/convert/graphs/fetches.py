"""The outputs of a graph where nobody names them."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import Any

from tf1graphs.convert.errors import CouldNotConvert
from tf1graphs.inspect.graphs.ends import find_ends
from tf1graphs.inspect.graphs.nodes import Tensor, make_graph

_CLEAR_AT_MOST = 4
_LISTED_AT_MOST = 10


def found(meta_graph: Any, given: Collection[Tensor]) -> list[Tensor]:
    """The tensors that a graph was made to compute from what is fed, in the graph's order.

    Args:
        meta_graph: the graph.
        given: tensors that are fed; without any, placeholders and the results of input pipelines.

    Raises:
        CouldNotConvert: there are none, or too many to tell.
    """
    ops = {node.name: node.op for node in meta_graph.graph_def.node}
    outputs = find_ends(make_graph(meta_graph.graph_def), given)
    ends = list(dict.fromkeys(output.node for output in outputs))
    if not ends:
        raise CouldNotConvert("no outputs are found in the graph: name them with --outputs")
    if len(ends) > _CLEAR_AT_MOST:
        raise CouldNotConvert(f"it is not clear what the outputs are: type --outputs with some of {_list(ends, ops)}")
    return outputs


def _list(ends: Sequence[str], ops: dict[str, str]) -> str:
    """The ends that are the likeliest outputs: those that were given a name, and then the last that were made."""
    likeliest = sorted(range(len(ends)), key=lambda at: (_is_named(ends[at], ops), at))[-_LISTED_AT_MOST:]
    more = f" and {len(ends) - _LISTED_AT_MOST} more" if len(ends) > _LISTED_AT_MOST else ""
    return " ".join(ends[at] for at in sorted(likeliest)) + more


def _is_named(name: str, ops: dict[str, str]) -> bool:
    """Whether a node has another name than TensorFlow gives to its op, such as ``rnn/MatMul_3``."""
    return re.sub(r"_\d+$", "", name.rpartition("/")[2]).lower() != ops[name].lower()
