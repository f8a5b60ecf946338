"""A graph as its tensors see it: without control inputs, and without nodes that pass a tensor on as it is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from tf1graphs.convert.errors import CouldNotConvert
from tf1graphs.convert.graphs.nodes import tensor

# They give their first input on. A variable is read by Identity (/read) or ReadVariableOp; Switch leads into a branch
# of tf.cond or the body of a loop.
_PASSING = {
    *("Identity", "StopGradient", "PreventGradient", "CheckNumerics", "ReadVariableOp", "Switch", "RefSwitch"),
    *("RefIdentity", "Snapshot", "IdentityN"),
}
# Who runs the graph reads its outputs; no node has this name.
_CALLER = ""
_BOOLEAN_INPUTS = ("Placeholder", "PlaceholderWithDefault")


class Ref(NamedTuple):
    """A tensor: an output of a node."""

    node: str
    output: int = 0


def _parsed(name: str) -> Ref:
    return Ref(*tensor(name))


class Network:
    """The nodes of a graph.

    Attributes:
        nodes: the ``NodeDef`` messages by name, in the order of the graph.
        switches: the placeholders that were taken to be False, since a branch of ``tf.cond`` hangs on them.
    """

    def __init__(self, graph_def: Any) -> None:
        self.nodes: dict[str, Any] = {node.name: node for node in graph_def.node}
        self.switches: list[str] = []
        self._consumers: dict[Ref, list[str]] = {}

    def node(self, ref: Ref) -> Any:
        """The node whose output ``ref`` is.

        Raises:
            CouldNotConvert: an input names a node that the graph has not.
        """
        if ref.node not in self.nodes:
            raise CouldNotConvert(f"the graph has no node {ref.node}")
        return self.nodes[ref.node]

    def inputs(self, node: Any) -> list[Ref]:
        """The tensors that a node reads, behind all that passes them on."""
        return [self.behind(_parsed(name)) for name in node.input if not name.startswith("^")]

    def behind(self, ref: Ref) -> Ref:
        """The tensor that ``ref`` is, behind the nodes that pass it on.

        Of ``tf.cond`` on a placeholder it is the branch for False, which is inference, or that of its default.
        """
        for _ in range(len(self.nodes)):
            node = self.node(ref)
            if node.op in _PASSING and node.input:
                place = ref.output if node.op == "IdentityN" else 0
                ref = _parsed(node.input[place])
            elif node.op == "Enter" and node.attr["is_constant"].b:
                ref = _parsed(node.input[0])
            elif node.op in ("Merge", "RefMerge") and not self.is_loop(node):
                ref = _parsed(node.input[self._branch(node)])
            else:
                return ref
        raise CouldNotConvert(f"{ref.node} is its own input")

    def is_loop(self, merge: Any) -> bool:
        """Whether a Merge is a loop's variable; else two branches of ``tf.cond`` meet in it."""
        return any(self.node(_parsed(name)).op == "NextIteration" for name in merge.input)

    def _branch(self, merge: Any) -> int:
        """Which input holds; ``tf.cond`` gives the false branch first, and calls its predicate ``pred_id``."""
        scope = merge.name.rpartition("/")[0]
        predicate = self.nodes.get(f"{scope}/pred_id")
        if len(merge.input) < 2:
            raise CouldNotConvert(f"{merge.name}: a Merge of one branch")
        decided = self.node(self.behind(Ref(predicate.name))) if predicate else None
        if decided is None or decided.op not in _BOOLEAN_INPUTS:
            raise CouldNotConvert(f"{merge.name}: a branch (Merge) that hangs on more than a placeholder")
        default = self.node(self.behind(_parsed(decided.input[0]))) if decided.input else None
        value = default.attr["value"].tensor if default is not None else None
        if value is None and decided.name not in self.switches:
            self.switches.append(decided.name)
        return int(bool(value is not None and (any(value.bool_val) or any(value.tensor_content))))

    def restrict(self, outputs: Iterable[Ref]) -> None:
        """Leaves out all that ``outputs`` do not hang on, such as gradients, when consumers are asked for."""
        waiting, seen = list(outputs), set()
        for ref in waiting:
            self._consumers.setdefault(ref, []).append(_CALLER)
        while waiting:
            ref = waiting.pop()
            if ref.node in seen:
                continue
            seen.add(ref.node)
            for read in self.inputs(self.node(ref)):
                self._consumers.setdefault(read, []).append(ref.node)
                waiting.append(read)

    def only_consumer(self, ref: Ref) -> Any | None:
        """The one node that reads ``ref``; None if there are several, or none."""
        consumers = self._consumers.get(ref, [])
        return self.nodes.get(consumers[0]) if len(consumers) == 1 else None
