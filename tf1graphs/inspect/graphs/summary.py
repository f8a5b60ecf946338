"""All that ``tf1graphs inspect`` says of a graph file."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from tf1graphs.inspect.graphs.attributes import Shape
from tf1graphs.inspect.graphs.collections import NO_COLLECTIONS, read_collections
from tf1graphs.inspect.graphs.contents import (
    Asset,
    Function,
    Pipeline,
    Saver,
    Table,
    count_ops,
    find_assets,
    find_functions,
    find_pipelines,
    find_savers,
    find_tables,
)
from tf1graphs.inspect.graphs.ends import find_ends
from tf1graphs.inspect.graphs.floats import count_floats
from tf1graphs.inspect.graphs.gone import GoneOp, gone_ops
from tf1graphs.inspect.graphs.interface import Signature, TensorInfo, find_inputs, find_signatures, tensor_info
from tf1graphs.inspect.graphs.losses import Loss, find_losses
from tf1graphs.inspect.graphs.nodes import Tensor, make_graph
from tf1graphs.inspect.graphs.optimizers import Optimizer, find_optimizers
from tf1graphs.inspect.graphs.scopes import Scope, scope_tree
from tf1graphs.inspect.graphs.shapes.inference import infer_shapes
from tf1graphs.inspect.graphs.variables import PartitionedVariable, Variable, find_partitioned, find_variables
from tf1graphs.inspect.reading.graphs import GraphFile


@dataclass(frozen=True)
class MetaGraphSummary:
    """A graph and what is stored with it.

    Attributes:
        tags: of a SavedModel's graph, such as ``("serve",)``.
        tensorflow: the version that wrote it, empty if the file does not say it.
        producer: the version of its GraphDef.
        inputs: its placeholders.
        outputs: those of the signatures; else what the graph seems to be made to compute.
        signatures: of a SavedModel.
        variables: of a graph that has none, the constants that were variables.
        partitioned: the variables of which some of ``variables`` are parts.
        optimizers: what trains the variables.
        losses: the losses.
        ops: how many operations there are of each type.
        gone: the ops, in functions too, that today's TensorFlow does not have.
        functions: of the graph's library.
        savers: what saves and restores the variables.
        tables: lookup tables.
        pipelines: datasets, iterators, queues and readers.
        assets: files of a SavedModel.
        collections: the numbers of entries.
        scopes: operations, parameters and floating point operations by name scope; the first is the whole graph.
        batch: the size that was taken for the first size of placeholders where that is not known; None if none was.
        uncounted: the operations whose floating point operations are not counted, as their sizes are not known.
        problems: what no TensorFlow would load, a line each.
    """

    tags: tuple[str, ...]
    tensorflow: str
    producer: int
    inputs: tuple[TensorInfo, ...]
    outputs: tuple[TensorInfo, ...]
    signatures: tuple[Signature, ...]
    variables: tuple[Variable, ...]
    partitioned: tuple[PartitionedVariable, ...]
    optimizers: tuple[Optimizer, ...]
    losses: tuple[Loss, ...]
    ops: dict[str, int]
    gone: tuple[GoneOp, ...]
    functions: tuple[Function, ...]
    savers: tuple[Saver, ...]
    tables: tuple[Table, ...]
    pipelines: tuple[Pipeline, ...]
    assets: tuple[Asset, ...]
    collections: dict[str, int]
    scopes: tuple[Scope, ...]
    batch: int | None
    uncounted: tuple[str, ...]
    problems: tuple[str, ...]


@dataclass(frozen=True)
class GraphSummary:
    """What a graph file holds; ``dataclasses.asdict`` of it has only what JSON has.

    Attributes:
        path: the file.
        kind: ``"GraphDef"``, ``"MetaGraphDef"`` or ``"SavedModel"``.
        meta_graphs: its graphs.
    """

    path: str
    kind: str
    meta_graphs: tuple[MetaGraphSummary, ...]


def summarize(file: GraphFile, batch: int | None = None) -> GraphSummary:
    """What a graph file holds.

    Args:
        file: the file.
        batch: the size to take for the first size of placeholders where that is not known.

    Raises:
        InvalidFile: a collection of variables holds something else.
    """
    return GraphSummary(
        str(file.path), file.kind, tuple(_summarize(meta_graph, file, batch) for meta_graph in file.meta_graphs)
    )


def shapes_of(graph_def: Any) -> dict[str, Shape]:
    """The shapes of a ``GraphDef``'s tensors by name, such as ``"x:0"``; of a variable's handle the variable's."""
    graph = make_graph(graph_def)
    shapes = infer_shapes(graph)
    found = {
        str(Tensor(name, output)): shape for name in graph.nodes for output, shape in enumerate(shapes.outputs(name))
    }
    for variable in find_variables(graph, NO_COLLECTIONS):
        found[str(Tensor(variable.name, 0))] = variable.shape
    return found


def _outputs_of(signatures: tuple[Signature, ...]) -> tuple[TensorInfo, ...]:
    """The outputs of all signatures, each once, without those of operations that only initialize."""
    found = {
        info.name: info
        for signature in signatures
        if not signature.name.startswith("__saved_model")
        for info in signature.outputs.values()
    }
    return tuple(found.values())


def _summarize(meta_graph: Any, file: GraphFile, batch: int | None) -> MetaGraphSummary:
    graph_def = meta_graph.graph_def
    graph = make_graph(graph_def)
    shapes = infer_shapes(graph, batch)
    collections = read_collections(meta_graph, file.path)
    losses = find_losses(graph, shapes, collections)
    signatures = find_signatures(meta_graph)
    savers = find_savers(graph, meta_graph)
    variables = find_variables(graph, collections)
    floats = count_floats(graph, shapes)
    functions = find_functions(graph_def)
    ops = count_ops(graph_def.node)
    all_ops = Counter(ops)
    for function in functions:
        all_ops.update(function.ops)
    return MetaGraphSummary(
        tags=tuple(meta_graph.meta_info_def.tags),
        tensorflow=meta_graph.meta_info_def.tensorflow_version,
        producer=graph.producer,
        inputs=find_inputs(graph, shapes, [saver.filename for saver in savers]),
        outputs=_outputs_of(signatures) or tuple(tensor_info(graph, shapes, end) for end in find_ends(graph)),
        signatures=signatures,
        variables=variables,
        partitioned=find_partitioned(variables, collections),
        optimizers=find_optimizers(graph),
        losses=losses,
        ops=ops,
        gone=gone_ops(all_ops, [function.name for function in functions]),
        functions=functions,
        savers=savers,
        tables=find_tables(graph),
        pipelines=find_pipelines(graph),
        assets=find_assets(meta_graph, file.path),
        collections=collections.sizes,
        scopes=scope_tree(graph.nodes, variables, floats.by_node),
        batch=batch,
        uncounted=floats.uncounted,
        problems=graph.problems,
    )
