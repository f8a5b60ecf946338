"""What goes into a graph and what comes out: placeholders, signatures, and operations that nothing consumes."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from dataclasses import dataclass
from typing import Any

from tf1graphs.inspect.graphs.attributes import Shape
from tf1graphs.inspect.graphs.nodes import Graph, Node, Tensor, reached_from
from tf1graphs.inspect.graphs.ops import output_dtypes
from tf1graphs.inspect.graphs.optimizers import VARIABLE_OPS, apply_inputs
from tf1graphs.inspect.graphs.shapes.inference import Shapes
from tf1graphs.inspect.reading import dtypes
from tf1graphs.inspect.reading.tensors import shape_of

_PLACEHOLDERS = ("Placeholder", "PlaceholderV2", "PlaceholderWithDefault")
_SAVING = re.compile(r"Save|SaveV2|SaveSlices|Restore|RestoreV2|RestoreSlice|ShardedFilename|MergeV2Checkpoints")
_FILE_NAMES = ("StringJoin", "PlaceholderWithDefault", "Identity")
# What is no result: it changes or reports something, or only manages what others compute with.
_NO_RESULT = re.compile(
    r"NoOp|Const|Assert|Print|PrintV2|ControlTrigger|Assign.*|Scatter(Nd)?(Add|Sub|Mul|Div|Min|Max|Update)|.*Scatter.*Resource.*"
    r"|.*Summary.*|.*Save.*|.*Restore.*|MergeV2Checkpoints|ShardedFilename|.*Initialized.*|.*Initializer|Initialize.*"
    r"|.*Enqueue.*|.*Dequeue.*|.*QueueClose.*|.*QueueSize.*|.*Dataset.*|MakeIterator|.*Iterator.*|.*Table(V2)?|LookupTable(Import|Export|Size).*"
    r"|Destroy.*|Delete.*|Shape|ShapeN|Size|Rank|Stack.*|TensorArray(Close|Size|V3|GradV3|WriteV3|ScatterV3).*"
    r"|LoopCond|Enter|NextIteration|Switch|.*Queue(V2)?|.*Barrier.*|Placeholder(V2|WithDefault)?|ReadVariableOp|.*HandleOp"
)
# What is computed from the sizes of an input alone is no result either.
_SIZES = ("Shape", "ShapeN", "Size", "Rank")
# These leave what they take as it is, for a program or a person to see.
_WATCHING = re.compile(r".*Summary.*|Assert|Print|PrintV2")
_GRADIENTS = re.compile(r"(.*/)?gradients(_\d+)?/.*")
_SOURCES = re.compile(r"Placeholder(V2|WithDefault)?|IteratorGetNext.*|.*Dequeue.*|ReaderRead.*|PyFunc.*|Random.*")


@dataclass(frozen=True)
class TensorInfo:
    """A tensor.

    Attributes:
        name: its name, such as ``"x:0"``.
        shape: its shape.
        dtype: its dtype; ``"unknown"`` if it is that of an op that is not known.
    """

    name: str
    shape: Shape
    dtype: str


@dataclass(frozen=True)
class Signature:
    """A signature of a SavedModel.

    Attributes:
        name: its name, such as ``"serving_default"``.
        method: what serves it, such as ``"tensorflow/serving/predict"``.
        inputs: by their names in the signature; a sparse or composite tensor has the names of its parts.
        outputs: like ``inputs``.
    """

    name: str
    method: str
    inputs: dict[str, TensorInfo]
    outputs: dict[str, TensorInfo]


def tensor_info(graph: Graph, shapes: Shapes, tensor: Tensor) -> TensorInfo:
    """The name, shape and dtype of a tensor."""
    of_node = output_dtypes(graph.nodes[tensor.node].proto)
    dtype = of_node[tensor.output] if tensor.output < len(of_node) else "unknown"
    return TensorInfo(str(tensor), shapes[tensor], dtype)


def find_inputs(graph: Graph, shapes: Shapes, filenames: Container[str]) -> tuple[TensorInfo, ...]:
    """The placeholders, without those for the names of checkpoints.

    Args:
        graph: the graph.
        shapes: its shapes.
        filenames: tensors that are known to take such names, as functions hide what they do with them.
    """
    return tuple(
        tensor_info(graph, shapes, Tensor(name, 0))
        for name, node in graph.nodes.items()
        if node.op in _PLACEHOLDERS and f"{name}:0" not in filenames and not _is_file_name(graph, name)
    )


def _is_file_name(graph: Graph, name: str) -> bool:
    seen, ready, is_saving = {name}, [name], False
    while ready:
        for consumer in graph.consumers[ready.pop()]:
            op = graph.nodes[consumer].op
            if _SAVING.fullmatch(op):
                is_saving = True
            elif op not in _FILE_NAMES:
                return False
            elif consumer not in seen:
                seen.add(consumer)
                ready.append(consumer)
    return is_saving


def _stated_tensor(info: Any) -> TensorInfo:
    kind = info.WhichOneof("encoding")
    if kind == "coo_sparse":
        sparse = info.coo_sparse
        names = [sparse.indices_tensor_name, sparse.values_tensor_name, sparse.dense_shape_tensor_name]
    elif kind == "composite_tensor":
        names = [component.name for component in info.composite_tensor.components]
    else:
        names = [info.name]
    return TensorInfo(", ".join(names), shape_of(info.tensor_shape), dtypes.name_of(info.dtype))


def find_signatures(meta_graph: Any) -> tuple[Signature, ...]:
    """The signatures of a ``MetaGraphDef``, by name."""
    return tuple(
        Signature(
            name,
            signature.method_name,
            {key: _stated_tensor(info) for key, info in sorted(signature.inputs.items())},
            {key: _stated_tensor(info) for key, info in sorted(signature.outputs.items())},
        )
        for name, signature in sorted(meta_graph.signature_def.items())
    )


def find_outputs(graph: Graph, shapes: Shapes, losses: Iterable[str]) -> tuple[TensorInfo, ...]:
    """The operations that hang on the inputs and that nothing consumes but summaries, assertions and gradients.

    Args:
        graph: the graph.
        shapes: its shapes.
        losses: names of tensors that are listed as losses, which are no outputs, but where there is no other.
    """
    sources = [
        name for name, node in graph.nodes.items() if _SOURCES.fullmatch(node.op) and not _is_file_name(graph, name)
    ]
    hanging = reached_from(graph, sources, but_through=_SIZES)
    left = _loops_left(graph)
    ends = [
        tensor_info(graph, shapes, Tensor(name, output))
        for name, node in graph.nodes.items()
        if (not sources or name in hanging) and name not in left and _is_end(graph, node)
        for output in range(1 if node.op == "Merge" else len(output_dtypes(node.proto)) or 1)
    ]
    not_losses = [info for info in ends if info.name not in set(losses)]
    return tuple(not_losses or ends)


def _is_end(graph: Graph, node: Node) -> bool:
    if _NO_RESULT.fullmatch(node.op) or node.op in VARIABLE_OPS or apply_inputs(node.op):
        return False
    if _GRADIENTS.fullmatch(node.name) or _only_names(graph, node):
        return False
    return not _users(graph, node.name)


def _users(graph: Graph, name: str) -> list[str]:
    """What consumes a node, but for summaries, assertions and gradients."""
    return [
        consumer
        for consumer in graph.consumers[name]
        if not _WATCHING.fullmatch(graph.nodes[consumer].op) and not _GRADIENTS.fullmatch(consumer)
    ]


def _only_names(graph: Graph, node: Node) -> bool:
    """Whether an Identity only gives a variable, the branch of a condition or the name of a checkpoint another name."""
    if node.op != "Identity" or not node.inputs:
        return False
    source = graph.nodes[node.inputs[0].node]
    if any(_SAVING.fullmatch(graph.nodes[consumer].op) for consumer in graph.consumers[source.name]):
        return True
    return source.op in (*VARIABLE_OPS, "Switch", "ReadVariableOp")


def _loops_left(graph: Graph) -> set[str]:
    """What leaves a loop and is not used, where something else that leaves the same loop is."""
    exits: dict[str, list[str]] = {}
    for name, node in graph.nodes.items():
        if node.op == "Exit":
            exits.setdefault(name.rpartition("/")[0], []).append(name)
    used = {name for names in exits.values() for name in names if _users(graph, name)}
    return {name for names in exits.values() if not used.isdisjoint(names) for name in names if name not in used}
