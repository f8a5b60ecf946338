"""Lets programs import message classes that the protocol compiler wrote before release 3.20.

Those files describe each message a second time in Python, which protobuf refuses since 4.21. Of such a file, the
serialized description and the imports of other messages are enough to build the same classes.
"""

from __future__ import annotations

import ast
import sys
import types
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, SourceFileLoader
from typing import Any

from tf1graphs.v1 import _after_import

_SUFFIX = "_pb2"
_MARK = b"serialized_pb="
_BUILD = """
from google.protobuf import descriptor_pool as _descriptor_pool
from google.protobuf.internal import builder as _builder
DESCRIPTOR = _descriptor_pool.Default().AddSerializedFile({serialized!r})
_builder.BuildMessageAndEnumDescriptors(DESCRIPTOR, globals())
_builder.BuildTopDescriptorsAndMessages(DESCRIPTOR, {name!r}, globals())
"""


def _serialized(tree: ast.Module) -> bytes:
    """Returns the file's serialized description."""
    given = [node.value for node in ast.walk(tree) if isinstance(node, ast.keyword) and node.arg == "serialized_pb"]
    for constant in (node for value in given for node in ast.walk(value) if isinstance(node, ast.Constant)):
        if isinstance(constant.value, (str, bytes)):
            return constant.value if isinstance(constant.value, bytes) else constant.value.encode("latin1")
    raise ValueError("no serialized description")


def _imports_messages(statement: ast.stmt) -> bool:
    """Whether it imports other files of messages; an import may stand in a ``try``."""
    names = [
        alias.name
        for node in ast.walk(statement)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    ]
    names += [node.module or "" for node in ast.walk(statement) if isinstance(node, ast.ImportFrom)]
    return any(name.endswith(_SUFFIX) for name in names)


class _MessageLoader(SourceFileLoader):
    def get_code(self, fullname: str) -> types.CodeType | None:
        """Returns the module's code; what it becomes is not kept, for plain Python shares the cache."""
        source = self.get_data(self.path)
        if _MARK not in source:
            return super().get_code(fullname)
        tree = ast.parse(source, self.path)
        serialized = _serialized(tree)
        building: list[Any] = ast.parse(_BUILD.format(serialized=serialized, name=fullname)).body
        tree.body = [statement for statement in tree.body if _imports_messages(statement)] + building
        return compile(tree, self.path, "exec")


class _MessageFinder(MetaPathFinder):
    def find_spec(
        self, name: str, path: Sequence[str] | None, target: types.ModuleType | None = None
    ) -> ModuleSpec | None:
        """Returns the spec that others have for a file of messages, with a loader that reads old ones too."""
        spec = _after_import.spec_of_others(self, name, path) if name.endswith(_SUFFIX) else None
        if spec and type(spec.loader) is SourceFileLoader:
            spec.loader = _MessageLoader(name, spec.loader.path)
        return spec


def install() -> None:
    """Lets the imports of this process find files of messages that an old compiler wrote."""
    sys.meta_path.insert(0, _MessageFinder())
