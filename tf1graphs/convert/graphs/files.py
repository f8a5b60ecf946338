"""Writes the files of a SavedModel: as a whole or not at all, and its variables one at a time."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from tf1graphs.convert.graphs.signatures import PREDICT
from tf1graphs.convert.writing.bundles import BundleWriter
from tf1graphs.inspect.reading.checkpoints import open_checkpoint
from tf1graphs.replacing import replacing

_GRAPH = "saved_model.pb"
_EXTRA = "assets.extra"


def write(
    destination: Path,
    root: Any,
    functions: Mapping[str, Any],
    methods: Mapping[str, str],
    values: Mapping[str, Callable[[], np.ndarray]],
    extra: Path,
) -> None:
    """Saves a SavedModel in place of what was there.

    Args:
        destination: the directory of the SavedModel.
        root: the object to save, with variables that have no values.
        functions: the signatures.
        methods: by signature the call of TensorFlow Serving that it answers.
        values: by name of a variable what reads its values.
        extra: a directory of files for TensorFlow Serving, such as requests to warm up; it need not be there.
    """
    import tensorflow as tf
    from tensorflow.python.saved_model.fingerprinting_utils import write_fingerprint

    with replacing(destination) as written:
        tf.saved_model.save(root, str(written), signatures=dict(functions))
        _write_methods(written / _GRAPH, methods)
        _write_values(written / "variables" / "variables", values)
        write_fingerprint(str(written))
        if extra.is_dir():
            shutil.copytree(extra, written / _EXTRA)


def _write_methods(file: Path, methods: Mapping[str, str]) -> None:
    """TensorFlow 2 writes each signature for Serving's Predict; those for Classify and Regress are so again."""
    if set(methods.values()) == {PREDICT}:
        return
    from tensorflow.core.protobuf import saved_model_pb2

    saved = saved_model_pb2.SavedModel.FromString(file.read_bytes())
    for name, method in methods.items():
        saved.meta_graphs[0].signature_def[name].method_name = method
    file.write_bytes(saved.SerializeToString())


def _write_values(prefix: Path, values: Mapping[str, Callable[[], np.ndarray]]) -> None:
    """Replaces the variables of a checkpoint, which have no values, one after the other."""
    saved = open_checkpoint(prefix)
    graph = saved.object_graph
    names = {each.checkpoint_key: each.full_name for node in graph.nodes for each in node.attributes} if graph else {}
    with BundleWriter(prefix) as writer:
        for key in saved.entries:
            writer.add(key, values[names[key]]() if names.get(key) in values else saved.read(key))
