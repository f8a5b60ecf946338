"""``exporter``: writes a model with its variables, assets and signatures for a server."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from google.protobuf import any_pb2
from tensorflow.core.framework import graph_pb2
from tensorflow.python.framework import dtypes, ops
from tensorflow.python.framework import tensor as tensor_lib
from tensorflow.python.platform import gfile
from tensorflow.python.platform import tf_logging as logging
from tensorflow.python.training import saver as saver_lib
from tensorflow.python.training import training_util
from tensorflow.python.util import compat

from tf1graphs.v1.contrib.session_bundle import constants, gc, manifest_pb2

__all__ = [
    "Exporter",
    "classification_signature",
    "generic_signature",
    "gfile_copy_callback",
    "regression_signature",
]


def gfile_copy_callback(files_to_copy: Mapping[Any, Any], export_dir_path: Any) -> None:
    """Copies files into a folder, in place of files that are there.

    Args:
        files_to_copy: Path -> the name in the folder.
        export_dir_path: The folder, which is made where there is none.
    """
    gfile.MakeDirs(export_dir_path)
    for source, name in files_to_copy.items():
        target = os.path.join(compat.as_bytes(export_dir_path), compat.as_bytes(name))
        logging.info("Copying asset %s to path %s.", source, target)
        gfile.Copy(source, target, overwrite=True)


def regression_signature(input_tensor: Any, output_tensor: Any) -> Any:
    """Returns the ``Signature`` of a model of numbers: the names of its input and its output."""
    signature = manifest_pb2.Signature()
    signature.regression_signature.input.tensor_name = input_tensor.name
    signature.regression_signature.output.tensor_name = output_tensor.name
    return signature


def classification_signature(input_tensor: Any, classes_tensor: Any = None, scores_tensor: Any = None) -> Any:
    """Returns the ``Signature`` of a model of classes: the names of its input, and of classes and their scores."""
    signature = manifest_pb2.Signature()
    signature.classification_signature.input.tensor_name = input_tensor.name
    if classes_tensor is not None:
        signature.classification_signature.classes.tensor_name = classes_tensor.name
    if scores_tensor is not None:
        signature.classification_signature.scores.tensor_name = scores_tensor.name
    return signature


def generic_signature(name_tensor_map: Mapping[str, Any]) -> Any:
    """Returns the ``Signature`` of any model: the names of tensors, by the names a client knows."""
    signature = manifest_pb2.Signature()
    for name, tensor in name_tensor_map.items():
        signature.generic_signature.map[name].tensor_name = tensor.name
    return signature


class Exporter:
    """Writes the default graph, or another, with what a server needs to run it.

    Args:
        saver: The ``tf.train.Saver`` of the variables.
    """

    def __init__(self, saver: Any) -> None:
        saver_def = saver.as_saver_def()
        # Every export is the only checkpoint of its folder: it may not be deleted for a later one.
        saver_def.ClearField("max_to_keep")
        self._saver = saver_lib.Saver(saver_def=saver_def)
        self._has_init = False
        self._assets_to_copy: dict[Any, Any] = {}
        self._assets_callback: Callable[[Mapping[Any, Any], Any], Any] | None = None

    def init(
        self,
        graph_def: Any = None,
        init_op: Any = None,
        clear_devices: bool = False,
        default_graph_signature: Any = None,
        named_graph_signatures: Mapping[str, Any] | None = None,
        assets_collection: Sequence[Any] | None = None,
        assets_callback: Callable[[Mapping[Any, Any], Any], Any] | None = gfile_copy_callback,
    ) -> None:
        """Adds collections to the default graph that say how the model is served.

        Args:
            graph_def: The graph to serve, the default one as it is without it.
            init_op: The operation that a server runs once.
            clear_devices: Whether the graph to serve forgets its devices.
            default_graph_signature: A ``Signature``.
            named_graph_signatures: More of them by name.
            assets_collection: Constants with the paths of files that the model needs.
            assets_callback: Copies them, given path -> name and the folder.

        Raises:
            RuntimeError: This has been called before.
            TypeError: ``init_op`` is no operation, or a path is no constant text.
            ValueError: A path is empty.
        """
        assets = [(_file_path(tensor), tensor) for tensor in assets_collection or []]
        self._assets_to_copy.update((path, os.path.basename(path)) for path, _ in assets)
        if self._has_init:
            raise RuntimeError("init should be called only once")
        self._has_init = True
        if graph_def or clear_devices:
            _collect(constants.GRAPH_KEY, _graph_to_serve(graph_def, clear_devices))
        if init_op:
            if not isinstance(init_op, ops.Operation):
                raise TypeError(f"init_op needs to be an Operation: {init_op}")
            ops.add_to_collection(constants.INIT_OP_KEY, init_op)
        signatures = manifest_pb2.Signatures()
        if default_graph_signature:
            signatures.default_signature.CopyFrom(default_graph_signature)
        for name, signature in (named_graph_signatures or {}).items():
            signatures.named_signatures[name].CopyFrom(signature)
        _collect(constants.SIGNATURES_KEY, signatures)
        for path, tensor in assets:
            binding = manifest_pb2.TensorBinding(tensor_name=tensor.name)
            _collect(
                constants.ASSETS_KEY,
                manifest_pb2.AssetFile(filename=os.path.basename(path), tensor_binding=binding),
            )
        self._assets_callback = assets_callback

    def export(
        self, export_dir_base: str, global_step_tensor: Any, sess: Any = None, exports_to_keep: Any = None
    ) -> bytes:
        """Writes the model into a folder that is named by the global step, in eight digits.

        Args:
            export_dir_base: The folder above.
            global_step_tensor: The global step, or its name.
            sess: The session with the variables.
            exports_to_keep: A filter of ``gc`` that takes the exports to keep; all by default.

        Returns:
            The folder.

        Raises:
            RuntimeError: ``init`` has not been called, or there is such a folder.
        """
        if not self._has_init:
            raise RuntimeError("init must be called first")
        export_dir_base = export_dir_base.removesuffix("/")
        version = constants.VERSION_FORMAT_SPECIFIER % training_util.global_step(sess, global_step_tensor)
        export_dir: bytes = os.path.join(compat.as_bytes(export_dir_base), compat.as_bytes(version))
        if gfile.Exists(export_dir):
            raise RuntimeError(
                "Overwriting exports can cause corruption and are not allowed. "
                f"Duplicate export dir: {compat.as_text(export_dir)}"
            )
        # The folder gets its name when all is written: who watches for it finds a whole model.
        temporary = compat.as_text(export_dir) + "-tmp"
        gfile.MakeDirs(temporary)
        self._saver.save(
            sess,
            os.path.join(temporary, constants.EXPORT_BASE_NAME),
            meta_graph_suffix=constants.EXPORT_SUFFIX_NAME,
        )
        if self._assets_callback and self._assets_to_copy:
            assets_dir = os.path.join(compat.as_bytes(temporary), compat.as_bytes(constants.ASSETS_DIRECTORY))
            gfile.MakeDirs(assets_dir)
            self._assets_callback(self._assets_to_copy, assets_dir)
        gfile.Rename(temporary, export_dir)
        if exports_to_keep:
            _delete_others(export_dir_base, exports_to_keep)
        return export_dir


def _collect(key: str, message: Any) -> None:
    packed = any_pb2.Any()
    packed.Pack(message)
    ops.add_to_collection(key, packed)


def _graph_to_serve(graph_def: Any, clear_devices: bool) -> Any:
    graph = graph_pb2.GraphDef()
    graph.CopyFrom(graph_def or ops.get_default_graph().as_graph_def())
    if clear_devices:
        for node in graph.node:
            node.device = ""
    return graph


def _file_path(tensor: Any) -> Any:
    """Returns the path that a constant holds, as bytes."""
    if not isinstance(tensor, tensor_lib.Tensor):
        raise TypeError("tensor is not a Tensor")
    if tensor.op.type != "Const":
        raise TypeError("Only constants tensor are supported")
    if tensor.dtype != dtypes.string:
        raise TypeError("File paths should be string")
    paths = tensor.op.get_attr("value").string_val
    if len(paths) != 1:
        raise TypeError("Only scalar tensors are supported")
    if not paths[0]:
        raise ValueError(f"invalid asset filepath tensor {tensor}")
    return paths[0]


def _delete_others(export_dir_base: str, exports_to_keep: Any) -> None:
    def versioned(path: Any) -> Any:
        match = re.fullmatch(re.escape(export_dir_base) + r"/(\d{8})", path.path)
        return path._replace(export_version=int(match.group(1))) if match else None

    for path in gc.negation(exports_to_keep)(gc.get_paths(export_dir_base, parser=versioned)):
        gfile.DeleteRecursively(path.path)
