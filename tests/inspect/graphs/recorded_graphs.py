"""Graphs of real TensorFlow 1.15 and what it says of them; ``tests/oracle/record_inspect_graphs.py`` records them."""

from __future__ import annotations

import gzip
import json
from functools import cache
from pathlib import Path
from typing import Any

from tf1graphs.inspect.reading import protos
from tf1graphs.inspect.reading.graphs import GraphFile

FOLDER = Path(__file__).resolve().parents[2] / "fixtures" / "tf115" / "inspect_graphs"
MODELS = sorted(file.name.removesuffix(".meta.gz") for file in FOLDER.glob("*.meta.gz"))
BATCH = 8


def _unpacked(name: str) -> bytes:
    return gzip.decompress((FOLDER / name).read_bytes())


def meta_graph(name: str) -> Any:
    return protos.parse(protos.MetaGraphDef, _unpacked(f"{name}.meta.gz"), name)


def meta_graph_file(name: str) -> GraphFile:
    return GraphFile(Path(f"{name}.meta"), "MetaGraphDef", (meta_graph(name),))


def frozen_file() -> GraphFile:
    holder = protos.MetaGraphDef()
    holder.graph_def.CopyFrom(protos.parse(protos.GraphDef, _unpacked("frozen.pb.gz"), "frozen"))
    return GraphFile(Path("frozen.pb"), "GraphDef", (holder,))


def saved_model_file() -> GraphFile:
    saved = protos.parse(protos.SavedModel, _unpacked("saved_model.pb.gz"), "saved_model")
    return GraphFile(Path("saved_model.pb"), "SavedModel", tuple(saved.meta_graphs))


@cache
def answers(name: str) -> Any:
    """What TensorFlow says of a model, or ``ops``."""
    return json.loads(_unpacked(f"{name}.json.gz"))


def without_stated_shapes(graph_def: Any) -> Any:
    """The graph, stripped of the shapes that its program wrote beside the nodes."""
    for node in graph_def.node:
        node.attr.pop("_output_shapes", None)
    return graph_def
