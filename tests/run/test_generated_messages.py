"""Files of messages that the protocol compiler wrote before release 3.20, as legacy programs bring them."""

from __future__ import annotations

from google.protobuf import descriptor_pb2

# The second description is what protobuf refuses since 4.21; the compiler of 3.6 wrote it like this.
OLD = """
import sys
_b=sys.version_info[0]<3 and (lambda x:x) or (lambda x:x.encode('latin1'))
from google.protobuf import descriptor as _descriptor
{imports}
DESCRIPTOR = _descriptor.FileDescriptor(
  name='{name}.proto', package='old', syntax='proto3', serialized_pb=_b({serialized!r}))
_BOX = _descriptor.Descriptor(name='Box', full_name='old.Box', filename=None, file=DESCRIPTOR,
  containing_type=None, fields=[], extensions=[], nested_types=[], enum_types=[], options=None)
"""


def _source(file: descriptor_pb2.FileDescriptorProto, imports: str = "") -> str:
    serialized = file.SerializeToString().decode("latin1")
    return OLD.format(name=file.name.partition(".")[0], serialized=serialized, imports=imports)


def _file(name: str, message: str, *fields: dict) -> descriptor_pb2.FileDescriptorProto:
    file = descriptor_pb2.FileDescriptorProto(name=f"{name}.proto", package="old", syntax="proto3")
    file.message_type.add(name=message).field.extend(
        descriptor_pb2.FieldDescriptorProto(number=number, label="LABEL_REPEATED", **field)
        for number, field in enumerate(fields, 1)
    )
    return file


def test_messages_of_old_files_are_classes(legacy, tmp_path):
    box = _file("box", "Box", {"name": "corners", "type": "TYPE_FLOAT"})
    box.enum_type.add(name="Kind").value.add(name="ROUND", number=0)
    image = _file("image", "Image", {"name": "boxes", "type": "TYPE_MESSAGE", "type_name": ".old.Box"})
    image.dependency.append("box.proto")
    (tmp_path / "box_pb2.py").write_text(_source(box))
    (tmp_path / "image_pb2.py").write_text(_source(image, "import box_pb2 as box__pb2"))
    done = legacy(
        "import tensorflow as tf\nfrom google.protobuf import text_format\nimport image_pb2, box_pb2\n"
        "image = text_format.Merge('boxes { corners: 1.5 corners: 2.0 }', image_pb2.Image())\n"
        "again = image_pb2.Image.FromString(image.SerializeToString())\n"
        "print(again.boxes[0] == box_pb2.Box(corners=[1.5, 2.0]), box_pb2.ROUND, box_pb2.Box.__module__)\n"
        "print(box_pb2.DESCRIPTOR.name, box_pb2._BOX.full_name)\n"
    )
    assert done.stdout.splitlines() == ["True 0 box_pb2", "box.proto old.Box"], done.stderr
    assert not list(tmp_path.rglob("box_pb2*.pyc"))
