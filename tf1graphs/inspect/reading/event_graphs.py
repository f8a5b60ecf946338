"""The graph that an event file holds."""

from __future__ import annotations

from pathlib import Path

from tf1graphs.inspect.errors import InvalidFile
from tf1graphs.inspect.reading import protos
from tf1graphs.inspect.reading.events import find_runs, ignore, read_events
from tf1graphs.inspect.reading.graphs import GraphFile, has_nodes
from tf1graphs.inspect.reading.records import RecordFile


def read_event_graph(path: Path) -> GraphFile:
    """The first graph in an event file or log directory.

    Raises:
        InvalidFile: there is none, or a file is damaged.
    """
    for run in find_runs(path):
        for file in run.files:
            for event in read_events(RecordFile(file), ignore):
                meta_graph = protos.MetaGraphDef()
                if event.WhichOneof("what") == "meta_graph_def":
                    meta_graph = protos.parse(protos.MetaGraphDef, event.meta_graph_def, file)
                elif event.WhichOneof("what") == "graph_def":
                    meta_graph.graph_def.CopyFrom(protos.parse(protos.GraphDef, event.graph_def, file))
                if has_nodes(meta_graph.graph_def):
                    return GraphFile(file, "MetaGraphDef", (meta_graph,))
    raise InvalidFile(path, "no event holds a graph")
