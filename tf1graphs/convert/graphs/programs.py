"""The part of a graph that computes some tensors, ready to be imported into a function of TensorFlow 2."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tf1graphs.convert.graphs.nodes import by_name
from tf1graphs.convert.graphs.old_ops import modern
from tf1graphs.convert.graphs.references import REFERENCES, with_resources
from tf1graphs.convert.graphs.slicing import needed
from tf1graphs.inspect.graphs.nodes import Tensor
from tf1graphs.inspect.reading.protos import GraphDef

TABLES = frozenset({"HashTableV2", "MutableHashTableV2", "MutableHashTableOfTensorsV2", "MutableDenseHashTableV2"})
VARIABLES = REFERENCES | {"VarHandleOp"}
STATE = TABLES | {"VarHandleOp"}


@dataclass(frozen=True)
class Program:
    """Nodes whose inputs are among them, are fed, or are handles of variables and tables.

    Attributes:
        graph_def: the nodes and the functions that they call.
        state: the nodes that made the variables and tables, by name; they are not in ``graph_def``.
        inputs: the tensors that are fed.
        outputs: the tensors that are fetched.
        targets: the nodes that must have run.
    """

    graph_def: Any
    state: Mapping[str, Any]
    inputs: tuple[Tensor, ...]
    outputs: tuple[Tensor, ...]
    targets: tuple[str, ...]


def program(
    graph_def: Any,
    inputs: Sequence[Tensor],
    outputs: Sequence[Tensor] = (),
    targets: Sequence[str] = (),
    *,
    made_here: Collection[str] = (),
) -> Program:
    """The part of ``graph_def`` that computes ``outputs`` from ``inputs``.

    Args:
        graph_def: the whole graph.
        inputs: tensors that are fed.
        outputs: tensors that are fetched.
        targets: names of nodes that must run.
        made_here: tables that the program makes, and does not take.

    Raises:
        CouldNotConvert: the graph lacks a node, or changes variables in a way that TensorFlow 2 has no op for.
    """
    wanted = {output.node for output in outputs if output not in inputs}
    part = needed(by_name(graph_def.node), wanted.union(targets), inputs)
    part, fetched = with_resources(modern(part), outputs)
    state = {node.name: node for node in part if node.op in STATE and node.name not in made_here}
    given = {tensor.node for tensor in inputs}
    kept = [node for node in part if node.name not in state]
    absent = given.union(state) - {node.name for node in kept}
    new = GraphDef()
    new.node.extend(_placed(node, absent) for node in kept)
    new.library.CopyFrom(_functions(graph_def.library, kept))
    return Program(new, state, tuple(inputs), tuple(fetched), tuple(targets))


def _placed(node: Any, absent: Collection[str]) -> Any:
    """A node that runs wherever TensorFlow puts it, without the shapes that its inputs once had."""
    new = type(node)()
    new.CopyFrom(node)
    new.device = ""
    for attribute in ("_class", "_output_shapes"):
        new.attr.pop(attribute, None)
    del new.input[:]
    new.input.extend(name for name in node.input if not (name.startswith("^") and name[1:] in absent))
    return new


def _called(node: Any) -> Iterator[str]:
    yield node.op
    for attribute in node.attr.values():
        yield attribute.func.name
        yield from (function.name for function in attribute.list.func)


def _functions(library: Any, nodes: Iterable[Any]) -> Any:
    """The functions that nodes call, and those that these call; placed anew."""
    by_function = {function.signature.name: function for function in library.function}
    gradients = {gradient.function_name: gradient.gradient_func for gradient in library.gradient}
    found: dict[str, Any] = {}
    waiting = [name for node in nodes for name in _called(node)]
    while waiting:
        name = waiting.pop()
        if name in by_function and name not in found:
            function = found[name] = type(by_function[name])()
            function.CopyFrom(by_function[name])
            waiting.extend(called for node in function.node_def for called in _called(node))
            waiting.append(gradients.get(name, ""))
            for node in function.node_def:
                node.device = ""
    new = type(library)()
    new.function.extend(found[name] for name in sorted(found))
    new.gradient.extend(gradient for gradient in library.gradient if gradient.function_name in found)
    return new


def all_nodes(graph_def: Any) -> Iterator[Any]:
    """The nodes of a graph and of its functions."""
    yield from graph_def.node
    for function in graph_def.library.function:
        yield from function.node_def
