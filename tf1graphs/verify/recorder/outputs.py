"""Records what a program has written: scalars of its event files, tensors of its checkpoints."""

from __future__ import annotations

import contextlib
import functools
import glob
import os
import time
from typing import Any

import numpy as np

from . import stream
from .run import Run

_CHECKPOINTS_AT_MOST = 10
_OBJECTS = "_CHECKPOINTABLE_OBJECT_GRAPH"


class Outputs:
    """The folders and checkpoints that a program writes, read when it has ended."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._folders: dict[str, None] = {}
        self._prefixes: list[tuple[int, str]] = []
        self._started = time.time()

    def install(self) -> None:
        """Notes every writer of events, and every checkpoint saved, from now on."""
        from tensorflow.python.summary.writer import event_file_writer
        from tensorflow.python.training import saver

        writer = event_file_writer.EventFileWriter
        writer.__init__ = self._noting_folder(writer.__init__, 1)
        saver.Saver.save = self._noting_prefix(saver.Saver.save)

    def install_for_2(self) -> None:
        """The same for TensorFlow 2's writers and checkpoints."""
        from tensorflow.python.checkpoint import checkpoint
        from tensorflow.python.ops import gen_summary_ops

        gen_summary_ops.create_summary_file_writer = self._noting_folder(gen_summary_ops.create_summary_file_writer, 1)
        for kind in (checkpoint.Checkpoint, checkpoint.CheckpointV1):
            kind.write = self._noting_prefix(kind.write)

    def _noting_folder(self, original: Any, position: Any) -> Any:
        @functools.wraps(original)
        def make(*arguments: Any, **options: Any) -> Any:
            folder: Any = options.get("logdir", arguments[position] if len(arguments) > position else None)
            folder = folder.numpy() if hasattr(folder, "numpy") else folder
            if isinstance(folder, (str, bytes)) or hasattr(folder, "__fspath__"):
                self._folders.setdefault(os.path.abspath(os.fsdecode(folder)))
            return original(*arguments, **options)

        return make

    def _noting_prefix(self, original: Any) -> Any:
        @functools.wraps(original)
        def save(*arguments: Any, **options: Any) -> Any:
            prefix = original(*arguments, **options)
            if prefix:
                prefix = prefix.numpy() if hasattr(prefix, "numpy") else prefix
                self._prefixes.append((self._run.step, os.path.abspath(os.fsdecode(prefix))))
            return prefix

        return save

    def finish(self) -> None:
        """Reads and records all of it."""
        folders = list(self._folders)
        for folder in folders:
            # Runs of one program are told apart by the folder below what they have in common.
            run = os.path.relpath(folder, os.path.commonpath(folders))
            for file in sorted(glob.glob(os.path.join(glob.escape(folder), "*tfevents*"))):
                if os.path.getmtime(file) >= self._started - 1:
                    self._scalars("" if run == "." else run, file)
        kept = [(step, prefix) for step, prefix in self._prefixes if os.path.exists(prefix + ".index")]
        for step, prefix in _spread(kept, _CHECKPOINTS_AT_MOST):
            self._checkpoint(step, prefix)

    def _scalars(self, run: str, file: str) -> None:
        from tensorflow.python.framework import errors, tensor_util
        from tensorflow.python.summary.summary_iterator import summary_iterator

        # The last event of a writer that was not closed may be cut off.
        with contextlib.suppress(errors.DataLossError):
            for event in summary_iterator(file):
                for value in event.summary.value:
                    if value.HasField("simple_value"):
                        number = np.float32(value.simple_value)
                    elif value.metadata.plugin_data.plugin_name == "scalars":
                        number = tensor_util.MakeNdarray(value.tensor)
                    else:
                        continue
                    self._run.stream.write(
                        "summary", name=value.tag, folder=run, step=event.step, value=stream.encode(number)
                    )

    def _checkpoint(self, step: int, prefix: str) -> None:
        from tensorflow.python import pywrap_tensorflow

        try:
            from tensorflow.python.training import py_checkpoint_reader
        except ImportError:
            reader = pywrap_tensorflow.NewCheckpointReader(prefix)
        else:
            reader = py_checkpoint_reader.NewCheckpointReader(prefix)
        for key, name in sorted(_tensors(reader).items()):
            array = np.asarray(reader.get_tensor(key))
            if stream.is_numeric(array) and array.size:
                self._run.stream.write("checkpoint", name=name, step=step, value=stream.encode(array))


def _spread(elements: Any, count: int) -> Any:
    """Returns at most ``count`` of ``elements``, the first and the last among them."""
    if len(elements) <= count:
        return elements
    return [elements[round(i * (len(elements) - 1) / (count - 1))] for i in range(count)]


def _tensors(reader: Any) -> Any:
    """Returns key -> name of a checkpoint's tensors; those of TensorFlow 2 are named as their variables are."""
    keys = list(reader.get_variable_to_shape_map())
    if _OBJECTS not in keys:
        return {key: key for key in keys}
    from tensorflow.core.protobuf import trackable_object_graph_pb2

    graph = trackable_object_graph_pb2.TrackableObjectGraph()
    graph.ParseFromString(reader.get_tensor(_OBJECTS))
    return {
        attribute.checkpoint_key: attribute.full_name
        for node in graph.nodes
        for attribute in node.attributes
        if attribute.full_name and attribute.checkpoint_key in keys
    }
