"""Small graphs for tests."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from tf1graphs.inspect.graphs.attributes import Shape
from tf1graphs.inspect.reading import dtypes, protos
from tf1graphs.inspect.reading.graphs import GraphFile


def shape_proto(shape: Shape) -> Any:
    if shape is None:
        return protos.TensorShapeProto(unknown_rank=True)
    return protos.TensorShapeProto(dim=[{"size": -1 if size is None else size} for size in shape])


def node(name: str, op: str, *inputs: str, **attributes: Any) -> Any:
    """A node; tuples are shapes, lists are lists of integers, dtypes are named by strings in ``dtype`` and ``T``."""
    proto = protos.NodeDef(name=name, op=op, input=inputs)
    for key, value in attributes.items():
        attribute = proto.attr[key]
        if isinstance(value, np.ndarray):
            attribute.tensor.dtype = dtypes.number_of(str(value.dtype))
            attribute.tensor.tensor_shape.CopyFrom(shape_proto(value.shape))
            attribute.tensor.tensor_content = value.tobytes()
        elif key in ("dtype", "T", "DstT"):
            attribute.type = dtypes.number_of(value)
        elif isinstance(value, tuple) or value is None:
            attribute.shape.CopyFrom(shape_proto(value))
        elif isinstance(value, bool):
            attribute.b = value
        elif isinstance(value, int):
            attribute.i = value
        elif isinstance(value, str):
            attribute.s = value.encode()
        else:
            attribute.list.i.extend(value)
    return proto


def placeholder(name: str, *sizes: int | None) -> Any:
    return node(name, "Placeholder", shape=sizes, dtype="float32")


def const(name: str, value: Any) -> Any:
    array = np.asarray(value)
    array = array.astype({"int64": "int32", "float64": "float32"}.get(str(array.dtype), array.dtype))
    return node(name, "Const", value=array, dtype=str(array.dtype))


def graph_def(nodes: Sequence[Any], producer: int = 134) -> Any:
    graph = protos.GraphDef(node=nodes)
    graph.versions.producer = producer
    return graph


def graph_file(nodes: Sequence[Any]) -> GraphFile:
    meta_graph = protos.MetaGraphDef()
    meta_graph.graph_def.CopyFrom(graph_def(nodes))
    return GraphFile(Path("graph.pb"), "GraphDef", (meta_graph,))
