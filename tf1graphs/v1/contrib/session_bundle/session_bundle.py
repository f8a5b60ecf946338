"""``session_bundle``: reads what ``exporter`` has written.

TensorFlow 1.15 had dropped it already, and wrote exports that no Python function of its could read; programs of until
2018 use it.
"""

from __future__ import annotations

import os
from typing import Any

from tensorflow.core.framework import graph_pb2
from tensorflow.core.protobuf import meta_graph_pb2
from tensorflow.python.client import session as session_lib
from tensorflow.python.framework import ops
from tensorflow.python.lib.io import file_io
from tensorflow.python.training import saver as saver_lib
from tensorflow.python.util import compat

from tf1graphs.v1.contrib.session_bundle import constants, manifest_pb2

__all__ = ["load_session_bundle_from_path", "maybe_session_bundle_dir"]


def maybe_session_bundle_dir(export_dir: Any) -> bool:
    """Whether a folder has the file of an exported meta graph."""
    return bool(file_io.file_exists(_inside(export_dir, constants.META_GRAPH_DEF_FILENAME)))


def load_session_bundle_from_path(
    export_dir: Any, target: str = "", config: Any = None, meta_graph_def: Any = None
) -> tuple[Any, Any]:
    """Imports an exported model as the default graph, in place of the one there is.

    Args:
        export_dir: The folder of the export.
        target: The master of the session.
        config: The ``tf.ConfigProto`` of the session.
        meta_graph_def: The meta graph in place of that of the folder.

    Returns:
        A session with the model's variables and assets, and the meta graph, whose collection ``serving_signatures``
        has the signatures.

    Raises:
        RuntimeError: There is no meta graph, or it has more than one graph to serve or operation to initialize it.
    """
    if meta_graph_def is None:
        meta_graph_def = _meta_graph(export_dir)
    collections = meta_graph_def.collection_def
    if constants.GRAPH_KEY in collections:
        packed = _only(collections[constants.GRAPH_KEY].any_list.value, "serving GraphDef", meta_graph_def)
        graph_def = graph_pb2.GraphDef()
        packed.Unpack(graph_def)
        meta_graph_def.graph_def.CopyFrom(graph_def)
    ops.reset_default_graph()
    session = session_lib.Session(target, graph=None, config=config)
    saver = saver_lib.import_meta_graph(meta_graph_def)
    variables = _variables(export_dir)
    if variables:
        saver.restore(session, variables)
    if constants.INIT_OP_KEY in collections:
        _only(collections[constants.INIT_OP_KEY].node_list.value, "serving init op", meta_graph_def)
        session.run(ops.get_collection(constants.INIT_OP_KEY), feed_dict=_assets(export_dir, collections))
    return session, meta_graph_def


def _inside(export_dir: Any, name: str) -> str:
    return os.path.join(compat.as_text(export_dir), name)


def _meta_graph(export_dir: Any) -> Any:
    path = _inside(export_dir, constants.META_GRAPH_DEF_FILENAME)
    if not file_io.file_exists(path):
        raise RuntimeError(f"Expected meta graph file missing {path}")
    meta_graph_def = meta_graph_pb2.MetaGraphDef()
    meta_graph_def.ParseFromString(file_io.read_file_to_string(path, binary_mode=True))
    return meta_graph_def


def _only(values: Any, what: str, meta_graph_def: Any) -> Any:
    if len(values) != 1:
        raise RuntimeError(f"Expected exactly one {what} in : {meta_graph_def}")
    return values[0]


def _variables(export_dir: Any) -> str | None:
    """Returns what a saver restores: the checkpoint of either format, or the pattern of one in several files."""
    names = [constants.VARIABLES_INDEX_FILENAME_V2, constants.VARIABLES_FILENAME]
    if any(file_io.file_exists(_inside(export_dir, name)) for name in names):
        return _inside(export_dir, constants.VARIABLES_FILENAME)
    pattern = _inside(export_dir, constants.VARIABLES_FILENAME_PATTERN)
    return pattern if file_io.get_matching_files(pattern) else None


def _assets(export_dir: Any, collections: Any) -> dict[str, str]:
    """Returns the name of a constant -> the path it has now; nothing where the model has no assets."""
    packed = collections[constants.ASSETS_KEY].any_list.value if constants.ASSETS_KEY in collections else []
    found = {}
    for each in packed:
        asset = manifest_pb2.AssetFile()
        each.Unpack(asset)
        found[asset.tensor_binding.tensor_name] = os.path.join(
            _inside(export_dir, constants.ASSETS_DIRECTORY), asset.filename
        )
    return found
