"""``tensorflow.contrib.saved_model.python.saved_model.reader``: a SavedModel as a protocol buffer."""

from __future__ import annotations

from typing import Any

from tensorflow.python.saved_model import loader_impl


def read_saved_model(saved_model_dir: str) -> Any:
    """Returns the ``SavedModel`` protocol buffer of a folder; raises ``IOError`` if there is none."""
    return loader_impl.parse_saved_model(saved_model_dir)


def get_saved_model_tag_sets(saved_model_dir: str) -> list[list[str]]:
    """Returns the sorted tags of each meta graph in a SavedModel, in alphabetical order."""
    meta_graphs = read_saved_model(saved_model_dir).meta_graphs
    return sorted(sorted(meta_graph.meta_info_def.tags) for meta_graph in meta_graphs)
