"""``tf.contrib.model_pruning.python.strip_pruning_vars_lib``: a trained graph without masks and thresholds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from tensorflow.core.framework import graph_pb2
from tensorflow.python.client import session
from tensorflow.python.framework import convert_to_constants, graph_util_impl, importer, ops, tensor_util
from tensorflow.python.platform import tf_logging as logging
from tensorflow.python.training import checkpoint_management, saver

__all__ = ["graph_def_from_checkpoint", "strip_pruning_vars_fn"]

_MASKED = "masked_weight"


def _masked_weights(graph_def: Any) -> dict[str, np.ndarray[Any, Any]]:
    """Returns the values of the masked weights by the names of their nodes."""
    with ops.Graph().as_default() as graph, session.Session(graph=graph) as running:
        importer.import_graph_def(graph_def, name="")
        names = [node.name for node in graph_def.node if _MASKED in node.name]
        values = {name: running.run(graph.get_tensor_by_name(f"{name}:0")) for name in names}
    for name, value in values.items():
        zeros = 100 - float(100 * np.count_nonzero(value)) / np.size(value)
        logging.info("%s has %d values, %1.2f%% zeros \n", name, np.size(value), zeros)
    return values


def strip_pruning_vars_fn(input_graph_def: Any, output_node_names: Sequence[str]) -> Any:
    """Returns a frozen graph in which each masked weight is a constant, without its mask.

    Args:
        input_graph_def: A ``GraphDef`` whose variables are constants.
        output_node_names: The nodes to keep, with all that they depend on.
    """
    values = _masked_weights(input_graph_def)
    stripped = graph_pb2.GraphDef()
    for node in input_graph_def.node:
        kept = stripped.node.add()
        if node.name not in values:
            kept.CopyFrom(node)
            continue
        kept.op, kept.name = "Const", node.name
        kept.attr["dtype"].CopyFrom(node.attr["T"])
        kept.attr["value"].tensor.CopyFrom(tensor_util.make_tensor_proto(values[node.name]))
    return graph_util_impl.extract_sub_graph(stripped, output_node_names)


def graph_def_from_checkpoint(checkpoint_dir: str, output_node_names: Sequence[str]) -> Any:
    """Returns the graph of the newest checkpoint of a folder, with its variables as constants.

    It is imported into the default graph.

    Raises:
        ValueError: There is no checkpoint.
    """
    path = checkpoint_management.latest_checkpoint(checkpoint_dir)
    if path is None:
        raise ValueError(f"Could not find a checkpoint at: {checkpoint_dir}.")
    restored = saver.import_meta_graph(f"{path}.meta", clear_devices=True)
    with session.Session() as running:
        restored.restore(running, path)
        graph_def = ops.get_default_graph().as_graph_def()
        return convert_to_constants.convert_variables_to_constants(running, graph_def, output_node_names)
