"""The messages of TensorFlow's files, without TensorFlow: tensorboard has most of them, the rest is declared here.

Fields and numbers are those of TensorFlow's ``tensor_bundle.proto``, ``saved_tensor_slice.proto``,
``tensor_slice.proto``, ``saved_model.proto`` and ``checkpoint_state.proto``.
"""

from __future__ import annotations

import os
from typing import Any

from google.protobuf import descriptor_pb2, descriptor_pool, message_factory, text_format
from google.protobuf.message import DecodeError
from tensorboard.compat.proto import (
    attr_value_pb2,
    event_pb2,
    graph_pb2,
    meta_graph_pb2,
    node_def_pb2,
    saved_object_graph_pb2,
    saver_pb2,
    summary_pb2,
    tensor_pb2,
    tensor_shape_pb2,
    trackable_object_graph_pb2,
    types_pb2,
    variable_pb2,
    versions_pb2,
)

from tf1graphs.inspect.errors import InvalidFile

_FIELD = descriptor_pb2.FieldDescriptorProto
_IMPORTED = (meta_graph_pb2, tensor_pb2, tensor_shape_pb2, types_pb2, versions_pb2)
_SCALARS = {
    "int32": _FIELD.TYPE_INT32,
    "int64": _FIELD.TYPE_INT64,
    "fixed32": _FIELD.TYPE_FIXED32,
    "double": _FIELD.TYPE_DOUBLE,
    "string": _FIELD.TYPE_STRING,
}
_ENUMS = {"DataType": ".tensorboard.DataType", "Endianness": ".tf1graphs.Endianness"}
# By message: name, number and type of each field; "repeated" stands before the type.
_MESSAGES = {
    "TensorSliceExtent": {"start": (1, "int64"), "length": (2, "int64")},
    "TensorSliceProto": {"extent": (1, "repeated .tf1graphs.TensorSliceExtent")},
    "BundleHeaderProto": {
        "num_shards": (1, "int32"),
        "endianness": (2, "Endianness"),
        "version": (3, ".tensorboard.VersionDef"),
    },
    "BundleEntryProto": {
        "dtype": (1, "DataType"),
        "shape": (2, ".tensorboard.TensorShapeProto"),
        "shard_id": (3, "int32"),
        "offset": (4, "int64"),
        "size": (5, "int64"),
        "crc32c": (6, "fixed32"),
        "slices": (7, "repeated .tf1graphs.TensorSliceProto"),
    },
    "SavedSliceMeta": {
        "name": (1, "string"),
        "shape": (2, ".tensorboard.TensorShapeProto"),
        "type": (3, "DataType"),
        "slice": (4, "repeated .tf1graphs.TensorSliceProto"),
    },
    "SavedTensorSliceMeta": {
        "tensor": (1, "repeated .tf1graphs.SavedSliceMeta"),
        "versions": (2, ".tensorboard.VersionDef"),
    },
    "SavedSlice": {
        "name": (1, "string"),
        "slice": (2, ".tf1graphs.TensorSliceProto"),
        "data": (3, ".tensorboard.TensorProto"),
    },
    "SavedTensorSlices": {"meta": (1, ".tf1graphs.SavedTensorSliceMeta"), "data": (2, ".tf1graphs.SavedSlice")},
    "SavedModel": {
        "saved_model_schema_version": (1, "int64"),
        "meta_graphs": (2, "repeated .tensorboard.MetaGraphDef"),
    },
    "CheckpointState": {
        "model_checkpoint_path": (1, "string"),
        "all_model_checkpoint_paths": (2, "repeated string"),
        "all_model_checkpoint_timestamps": (3, "repeated double"),
        "last_preserved_timestamp": (4, "double"),
    },
}


def _declare_field(message: Any, name: str, number: int, type_name: str) -> None:
    field = message.field.add(name=name, number=number)
    kind = type_name.removeprefix("repeated ")
    field.label = _FIELD.LABEL_REPEATED if kind != type_name else _FIELD.LABEL_OPTIONAL
    if kind in _SCALARS:
        field.type = _SCALARS[kind]
    elif kind in _ENUMS:
        field.type, field.type_name = _FIELD.TYPE_ENUM, _ENUMS[kind]
    else:
        field.type, field.type_name = _FIELD.TYPE_MESSAGE, kind


def _declared() -> dict[str, Any]:
    """The classes of ``_MESSAGES`` by name."""
    file = descriptor_pb2.FileDescriptorProto(name="tf1graphs/files.proto", package="tf1graphs", syntax="proto3")
    file.dependency.extend(module.DESCRIPTOR.name for module in _IMPORTED)
    endianness = file.enum_type.add(name="Endianness")
    endianness.value.add(name="LITTLE", number=0)
    endianness.value.add(name="BIG", number=1)
    for message_name, fields in _MESSAGES.items():
        message = file.message_type.add(name=message_name)
        for name, (number, type_name) in fields.items():
            _declare_field(message, name, number, type_name)
    extent = next(message for message in file.message_type if message.name == "TensorSliceExtent")
    extent.oneof_decl.add(name="has_length")
    next(field for field in extent.field if field.name == "length").oneof_index = 0
    pool = descriptor_pool.Default()
    pool.Add(file)
    names = {name: pool.FindMessageTypeByName(f"tf1graphs.{name}") for name in _MESSAGES}
    return {name: message_factory.GetMessageClass(descriptor) for name, descriptor in names.items()}


_CLASSES = _declared()
# Errors of the text format repeat what they could not read.
_LONGEST = 100

BundleHeaderProto = _CLASSES["BundleHeaderProto"]
BundleEntryProto = _CLASSES["BundleEntryProto"]
SavedTensorSlices = _CLASSES["SavedTensorSlices"]
SavedModel = _CLASSES["SavedModel"]
CheckpointState = _CLASSES["CheckpointState"]
AttrValue = attr_value_pb2.AttrValue
Event = event_pb2.Event
GraphDef = graph_pb2.GraphDef
MetaGraphDef = meta_graph_pb2.MetaGraphDef
NodeDef = node_def_pb2.NodeDef
SavedObjectGraph = saved_object_graph_pb2.SavedObjectGraph
SaverDef = saver_pb2.SaverDef
Summary = summary_pb2.Summary
TensorProto = tensor_pb2.TensorProto
TensorShapeProto = tensor_shape_pb2.TensorShapeProto
TrackableObjectGraph = trackable_object_graph_pb2.TrackableObjectGraph
VariableDef = variable_pb2.VariableDef
DataType = types_pb2.DataType


def parse(message_class: Any, content: bytes, path: str | os.PathLike[str]) -> Any:
    """The message in ``content``, which was read from ``path``.

    Raises:
        InvalidFile: the bytes are no message of this class.
    """
    try:
        return message_class.FromString(content)
    except DecodeError:
        raise InvalidFile(
            path, f"no valid {message_class.DESCRIPTOR.name}; the file is damaged or of another kind"
        ) from None


def parse_text(message_class: Any, content: str, path: str | os.PathLike[str]) -> Any:
    """The message that ``content`` says in protobuf's text format.

    Raises:
        InvalidFile: with the line and column at which the text is wrong.
    """
    try:
        return text_format.Parse(content, message_class())
    except (text_format.ParseError, RecursionError, UnicodeError) as error:
        problem = str(error).partition("\n")[0] or type(error).__name__
        raise InvalidFile(path, f"no valid text of a {message_class.DESCRIPTOR.name}: {problem[:_LONGEST]}") from None
