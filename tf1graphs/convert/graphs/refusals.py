"""Ops that no SavedModel of TensorFlow 2 can run."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tf1graphs.convert.errors import CouldNotConvert
from tf1graphs.convert.graphs.programs import all_nodes

_PYTHON = frozenset({"PyFunc", "PyFuncStateless", "EagerPyFunc"})
_ELSEWHERE = "name tensors behind it with --inputs, or tensors before it with --outputs"


def refuse_ops(graph_defs: Iterable[Any]) -> None:
    """Refuses ops of the program that has ended, and those that this TensorFlow lacks.

    Raises:
        CouldNotConvert: with the node, its op and the remedy.
    """
    import tensorflow as tf
    from tensorflow.python.framework import op_def_registry

    for graph_def in graph_defs:
        functions = {function.signature.name for function in graph_def.library.function}
        for node in all_nodes(graph_def):
            if node.op in _PYTHON:
                raise CouldNotConvert(
                    f"{node.name} ({node.op}) calls Python code of the program that made the graph; {_ELSEWHERE}"
                )
            definition = None if node.op in functions else op_def_registry.get(node.op)
            if definition is None and node.op not in functions:
                raise CouldNotConvert(
                    f"this TensorFlow has no op {node.op} (node {node.name}): it is gone, or it was loaded from a "
                    f"library of its own; {_ELSEWHERE}"
                )
            if definition is not None and 0 < definition.deprecation.version <= tf.version.GRAPH_DEF_VERSION:
                raise CouldNotConvert(
                    f"TensorFlow no longer runs {node.op} (node {node.name}): {definition.deprecation.explanation}; "
                    f"{_ELSEWHERE}"
                )
