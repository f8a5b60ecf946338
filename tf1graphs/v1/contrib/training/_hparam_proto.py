"""The message ``tensorflow.HParamDef``, which TensorFlow no longer has.

Source: ``tensorflow/contrib/training/python/training/hparam.proto`` of 1.15.
"""

from __future__ import annotations

from typing import Any

from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

_FIELD = descriptor_pb2.FieldDescriptorProto
_KINDS = {"bytes": _FIELD.TYPE_BYTES, "float": _FIELD.TYPE_FLOAT, "int64": _FIELD.TYPE_INT64, "bool": _FIELD.TYPE_BOOL}
_NUMBERS = {"int64": (1, 4), "float": (2, 5), "bytes": (3, 6), "bool": (7, 8)}
_LIST_NAMES = {"bytes": "BytesList", "float": "FloatList", "int64": "Int64List", "bool": "BoolList"}


def _file() -> Any:
    file = descriptor_pb2.FileDescriptorProto(
        name="tf1graphs/v1/contrib/training/hparam.proto", package="tensorflow", syntax="proto3"
    )
    message = file.message_type.add(name="HParamDef")
    value = message.nested_type.add(name="HParamType")
    value.oneof_decl.add(name="kind")
    for kind, (number, list_number) in _NUMBERS.items():
        value.field.add(name=f"{kind}_value", number=number, label=1, type=_KINDS[kind], oneof_index=0)
        value.field.add(
            name=f"{kind}_list",
            number=list_number,
            label=1,
            type=_FIELD.TYPE_MESSAGE,
            type_name=f".tensorflow.HParamDef.{_LIST_NAMES[kind]}",
            oneof_index=0,
        )
        values = message.nested_type.add(name=_LIST_NAMES[kind])
        values.field.add(name="value", number=1, label=3, type=_KINDS[kind])
    entry = message.nested_type.add(name="HparamEntry")
    entry.options.map_entry = True
    entry.field.add(name="key", number=1, label=1, type=_FIELD.TYPE_STRING)
    of_type = {"type": _FIELD.TYPE_MESSAGE, "type_name": ".tensorflow.HParamDef.HParamType"}
    entry.field.add(name="value", number=2, label=1, **of_type)
    of_entry = {"type": _FIELD.TYPE_MESSAGE, "type_name": ".tensorflow.HParamDef.HparamEntry"}
    message.field.add(name="hparam", number=1, label=3, **of_entry)
    return file


def _message_class() -> Any:
    pool = descriptor_pool.Default()
    pool.Add(_file())
    return message_factory.GetMessageClass(pool.FindMessageTypeByName("tensorflow.HParamDef"))


HParamDef = _message_class()
