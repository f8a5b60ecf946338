"""Nodes that hold, set, save or report, and compute nothing that anybody wants of a graph."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from tf1graphs.inspect.graphs.nodes import Node
from tf1graphs.inspect.graphs.optimizers import VARIABLE_OPS

WATCHING = re.compile(r"\w*Summary(V2)?|Save\w*|Restore\w*|Assert|Print|PrintV2|NoOp|CheckNumerics")
CHANGING = re.compile(
    r"(Resource)?(Sparse)?Apply\w+|Assign\w*|\w*StridedSliceAssign|(Resource)?Scatter(Nd)?(Update|Add|Sub|Mul|Div|Min|Max)"
)
_HELD = frozenset({*VARIABLE_OPS, "Const"})
# Where batches come from; those that are read are fed.
_HOLDING = re.compile(
    r"\w*Dataset(V\d)?|MakeIterator|Iterator\w*|Queue(Enqueue|Close)\w*|Placeholder(V2|WithDefault)?|\w*HandleOp"
    r"|Initialize\w*|(Var|IsVariable)\w*Initialized\w*|Mutable\w*HashTable\w*|HashTable(V2)?|LookupTable(Import|Insert)\w*"
)
_CONDITION = re.compile(r"(?:^|/)(?:switch_[tf]|pred_id)$")
_SAVER = re.compile(r"(?:^|/)save(?:_\d+)?/")
# As in kernel/Initializer/random_uniform/shape.
_DEEPEST = 4


def is_machinery(node: Node, nodes: Mapping[str, Node]) -> bool:
    """Whether a node only serves others, by its op, by its name, or as a part of a variable, such as its ``w/read``."""
    if node.op in _HELD or any(ops.fullmatch(node.op) for ops in (WATCHING, CHANGING, _HOLDING)):
        return True
    if _CONDITION.search(node.name) or _SAVER.search(node.name):
        return True
    return any(scope in nodes and nodes[scope].op in _HELD for scope in _scopes(node.name))


def _scopes(name: str) -> Iterator[str]:
    for _ in range(_DEEPEST):
        name = name.rpartition("/")[0]
        yield name
