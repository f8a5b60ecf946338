"""What goes into a graph and what it says of itself: placeholders and signatures."""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass
from typing import Any

from tf1graphs.inspect.graphs.attributes import Shape
from tf1graphs.inspect.graphs.nodes import Graph, Tensor
from tf1graphs.inspect.graphs.ops import output_dtypes
from tf1graphs.inspect.graphs.shapes.inference import Shapes
from tf1graphs.inspect.reading import dtypes
from tf1graphs.inspect.reading.tensors import shape_of

_PLACEHOLDERS = ("Placeholder", "PlaceholderV2", "PlaceholderWithDefault")
_SAVING = re.compile(r"Save|SaveV2|SaveSlices|Restore|RestoreV2|RestoreSlice|ShardedFilename|MergeV2Checkpoints")
_FILE_NAMES = ("StringJoin", "Identity", *_PLACEHOLDERS)


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
    names = _file_names(graph)
    return tuple(
        tensor_info(graph, shapes, Tensor(name, 0))
        for name, node in graph.nodes.items()
        if node.op in _PLACEHOLDERS and f"{name}:0" not in filenames and name not in names
    )


def _file_names(graph: Graph) -> set[str]:
    """What is only needed as the name of a checkpoint: what saves and restores takes it, or makes such names of it."""
    found: set[str] = set()
    for name in reversed(graph.order):
        consumers = graph.consumers[name]
        taken = [each for each in consumers if each in found or _SAVING.fullmatch(graph.nodes[each].op)]
        # A saver gives the name back, after it has saved.
        given_back = [each for each in consumers if graph.nodes[each].op == "Identity" and not graph.consumers[each]]
        if taken and len(taken) + len(given_back) == len(consumers) and graph.nodes[name].op in _FILE_NAMES:
            found.add(name)
    return found


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
