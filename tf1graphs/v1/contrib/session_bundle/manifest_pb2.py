"""The messages about an exported model that its meta graph has in collections.

TensorFlow has dropped them. Their wire format is that of ``contrib/session_bundle/manifest.proto`` of 1.15.
"""

from __future__ import annotations

from typing import Any

from google.protobuf import descriptor_pb2, descriptor_pool
from google.protobuf.internal import builder

# Message -> its fields in the order of their numbers, from 1 on -> their types.
_MESSAGES = {
    "Signatures": {"default_signature": "Signature", "named_signatures": "map of Signature"},
    "TensorBinding": {"tensor_name": "string"},
    "AssetFile": {"tensor_binding": "TensorBinding", "filename": "string"},
    "Signature": {
        "regression_signature": "RegressionSignature",
        "classification_signature": "ClassificationSignature",
        "generic_signature": "GenericSignature",
    },
    "RegressionSignature": {"input": "TensorBinding", "output": "TensorBinding"},
    "ClassificationSignature": {"input": "TensorBinding", "classes": "TensorBinding", "scores": "TensorBinding"},
    "GenericSignature": {"map": "map of TensorBinding"},
}
# Message -> the name of the choice that its fields are: it has one of them.
_CHOICES = {"Signature": "type"}
_PACKAGE = "tensorflow.serving"
_Field: Any = descriptor_pb2.FieldDescriptorProto


def _add_field(message: descriptor_pb2.DescriptorProto, name: str, kind: str) -> Any:
    field = message.field.add(name=name, number=len(message.field) + 1, label=_Field.LABEL_OPTIONAL)
    if kind == "string":
        field.type = _Field.TYPE_STRING
    else:
        field.type, field.type_name = _Field.TYPE_MESSAGE, f".{_PACKAGE}.{kind}"
    return field


def _add_map(message: descriptor_pb2.DescriptorProto, name: str, kind: str) -> None:
    """Adds a field of texts to messages, which is repeated entries of both."""
    entry = message.nested_type.add(name=f"{name.title().replace('_', '')}Entry")
    entry.options.map_entry = True
    _add_field(entry, "key", "string")
    _add_field(entry, "value", kind)
    _add_field(message, name, f"{message.name}.{entry.name}").label = _Field.LABEL_REPEATED


def _file() -> descriptor_pb2.FileDescriptorProto:
    path = "tensorflow/contrib/session_bundle/manifest.proto"
    file = descriptor_pb2.FileDescriptorProto(name=path, package=_PACKAGE, syntax="proto3")
    for name, fields in _MESSAGES.items():
        message = file.message_type.add(name=name)
        if name in _CHOICES:
            message.oneof_decl.add(name=_CHOICES[name])
        for field, kind in fields.items():
            if kind.startswith("map of "):
                _add_map(message, field, kind.removeprefix("map of "))
            elif name in _CHOICES:
                _add_field(message, field, kind).oneof_index = 0
            else:
                _add_field(message, field, kind)
    return file


AssetFile: Any
ClassificationSignature: Any
GenericSignature: Any
RegressionSignature: Any
Signature: Any
Signatures: Any
TensorBinding: Any

DESCRIPTOR = descriptor_pool.Default().AddSerializedFile(_file().SerializeToString())
# The two calls with which the code that protoc writes makes classes.
builder.BuildMessageAndEnumDescriptors(DESCRIPTOR, globals())
builder.BuildTopDescriptorsAndMessages(DESCRIPTOR, __name__, globals())
