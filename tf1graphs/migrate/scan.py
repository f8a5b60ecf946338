"""Finds every name of TensorFlow and Keras that a file uses, and says which of them TensorFlow 2 has not."""

from __future__ import annotations

import ast
import gzip
import re
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from tf1graphs.migrate import names

# Every version has the classes of its protocol buffers, although they are not documented.
_BUFFERS = re.compile(r"tensorflow\.core(\.\w+)*_pb2\b")


class Use(NamedTuple):
    """A place where a name of TensorFlow or Keras is used or imported.

    Attributes:
        line: the line, from 1.
        path: the full name, such as ``tensorflow.nn.relu``; what is used of ``tf1graphs.v1`` has TensorFlow's name.
    """

    line: int
    path: str

    @property
    def symbol(self) -> str:
        """The name as people write it, such as ``tf.nn.relu``."""
        head, dot, rest = self.path.partition(".")
        return f"tf{dot}{rest}" if head == "tensorflow" else self.path


def is_below(path: str, *modules: str) -> bool:
    """Whether a dotted name is one of some modules, or below it."""
    return f"{path}.".startswith(tuple(f"{module}." for module in modules))


def imports(tree: ast.AST) -> Iterator[tuple[ast.stmt, str, str]]:
    """Yields (statement, what it imports, its local name or ``*``) for every absolute import.

    What is imported is a module, or a name in one: ``from tensorflow.contrib import rnn`` and
    ``import tensorflow.contrib.rnn as rnn`` are alike.
    """
    for node in names.statements(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node, alias.name, alias.asname or alias.name.partition(".")[0]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            for alias in node.names:
                path = node.module if alias.name == "*" else f"{node.module}.{alias.name}"
                yield node, path, alias.asname or alias.name


def uses_tensorflow(tree: ast.AST) -> bool:
    """Whether a file imports TensorFlow, or ``tf1graphs.v1`` in its place."""
    return any(is_below(path, "tensorflow", "tf1graphs.v1") for _, path, _ in imports(tree))


@cache
def _as_tensorflow(path: str) -> str:
    for module in ("tf1graphs.v1", "tensorflow.compat.v2"):
        if is_below(path, module):
            return f"tensorflow{path[len(module) :]}"
    return path


@lru_cache(maxsize=16)
def uses(tree: ast.Module) -> tuple[Use, ...]:
    """Returns every use of a name of TensorFlow, Keras or tf1graphs, in order of line, each once a line."""
    found = {
        Use(node.lineno, path) for node, path, _ in imports(tree) if is_below(path, "tensorflow", "keras", "tf1graphs")
    }
    for line, paths in names.resolved(tree):
        found |= {Use(line, _as_tensorflow(path)) for path in paths}
    return tuple(sorted(found))


@cache
def _names() -> dict[str, frozenset[str]]:
    """Returns module -> its names, in any of the versions of TensorFlow 2 that are recorded."""
    packed = (files("tf1graphs.migrate.tables") / "tf2_names.txt.gz").read_bytes()
    lines = (line.split() for line in gzip.decompress(packed).decode().splitlines())
    return {module: frozenset(names) for module, *names in lines}


@cache
def is_in_tensorflow_2(path: str) -> bool:
    """Whether TensorFlow 2 has a name; of a class or function it is enough that it has that."""
    if is_below(path, "tf1graphs.v1", "tf1graphs.install"):
        return False
    if _BUFFERS.match(path):
        return True
    module, *parts = _as_tensorflow(path).split(".")
    for part in parts:
        if module not in _names() or part.startswith("__"):
            return True
        if part not in _names()[module]:
            return False
        module = f"{module}.{part}"
    return True


def left(tree: ast.Module) -> list[Use]:
    """Returns the uses of names that TensorFlow 2 has not."""
    return [use for use in uses(tree) if not is_in_tensorflow_2(use.path)]
