"""Graphs as TensorBoard's page of graphs takes them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tf1graphs.inspect.reading import protos
from tf1graphs.inspect.reading.graphs import GraphFile

# TensorBoard shows no larger attribute; it writes the names of those it leaves out into another one.
_LARGEST_ATTRIBUTE = 1024
_LEFT_OUT = "_too_large_attrs"


def _without_large_attributes(nodes: Any) -> None:
    for node in nodes:
        large = [name for name, value in node.attr.items() if value.ByteSize() > _LARGEST_ATTRIBUTE]
        for name in sorted(large):
            del node.attr[name]
            node.attr[_LEFT_OUT].list.s.append(name.encode())


def graphs_of(file: GraphFile) -> Iterator[tuple[str, Any]]:
    """Yields the run and the ``GraphDef`` of each graph; weights and other large attributes are left out.

    The run is ``"."``, or where there are several graphs the tags of each.
    """
    for place, meta_graph in enumerate(file.meta_graphs):
        graph = protos.GraphDef()
        graph.CopyFrom(meta_graph.graph_def)
        _without_large_attributes(graph.node)
        for function in graph.library.function:
            _without_large_attributes(function.node_def)
        tags = "_".join(meta_graph.meta_info_def.tags) or f"graph_{place}"
        yield ("." if len(file.meta_graphs) == 1 else tags.replace("/", "_")), graph
