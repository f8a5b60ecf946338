"""Turns a graph of TensorFlow 1, with its checkpoint, into a SavedModel of TensorFlow 2."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from tf1graphs.convert.graphs import choosing, files, importing, on_load, values
from tf1graphs.convert.graphs.nodes import by_name
from tf1graphs.convert.graphs.programs import TABLES, Program, program
from tf1graphs.convert.graphs.refusals import refuse_ops
from tf1graphs.convert.graphs.remarks import remarks
from tf1graphs.convert.graphs.restores import Place, places
from tf1graphs.convert.graphs.signatures import Signature
from tf1graphs.convert.graphs.state import State
from tf1graphs.convert.graphs.tables import asset_files, contents, starts_empty
from tf1graphs.convert.graphs.trainable import refuse_loops, weights, with_variables
from tf1graphs.inspect.reading.checkpoints import Checkpoint, open_checkpoint
from tf1graphs.inspect.reading.graphs import GraphFile
from tf1graphs.inspect.reading.tensors import to_array

_VARIABLES = "variables"


@dataclass(frozen=True)
class Converted:
    """What a SavedModel was made of.

    Attributes:
        signatures: with their inputs and outputs, those that were found too.
        variables: names of the variables that were carried over.
        tables: names of the lookup tables that were carried over.
        made_trainable: names of the constants that became variables.
        left_out: what is not as it was, a line each.
    """

    signatures: tuple[Signature, ...]
    variables: tuple[str, ...]
    tables: tuple[str, ...]
    made_trainable: tuple[str, ...]
    left_out: tuple[str, ...]


def to_saved_model(
    source: GraphFile,
    destination: Path,
    *,
    checkpoint: Checkpoint | None = None,
    inputs: Sequence[str] = (),
    outputs: Sequence[str] = (),
    trainable: bool = False,
    tags: Sequence[str] = (),
) -> Converted:
    """Writes a SavedModel that computes what a graph computes.

    Args:
        source: a meta graph, a frozen or plain graph, or a SavedModel of TensorFlow 1.
        destination: a directory; what is there is replaced.
        checkpoint: where the values of the variables are; a SavedModel has its own.
        inputs: tensors that are fed, as ``tensor`` or ``key=tensor``; without any they are found.
        outputs: tensors that are computed, as ``tensor`` or ``key=tensor``; without any they are found.
        trainable: makes variables of the constants that a frozen graph uses as weights.
        tags: which meta graph of a SavedModel, where it has several.

    Raises:
        CouldNotConvert: it is not clear what is asked for, or TensorFlow 2 cannot compute it.
        InvalidFile: a file is damaged.
    """
    meta_graph = choosing.meta_graph(source, tags)
    signatures = choosing.signatures(meta_graph, inputs, outputs)
    graph_def, constants = meta_graph.graph_def, {}
    parts = _parts(graph_def, signatures)
    if trainable:
        constants = weights(graph_def, {node.name for part in parts.values() for node in part.graph_def.node})
        refuse_loops(graph_def, [name for name, is_trained in constants.items() if is_trained])
        graph_def = with_variables(graph_def, constants)
        parts = _parts(graph_def, signatures)
    refuse_ops(part.graph_def for part in parts.values())
    made = {name: node for part in parts.values() for name, node in part.state.items()}
    checkpoint = checkpoint or _own_checkpoint(source)
    carried = {name: node for name, node in made.items() if node.op not in TABLES and name not in constants}
    known = places(meta_graph, source.path)
    variables = values.variables(source, meta_graph, carried.values(), known, checkpoint)
    on_load.refuse_assignments(meta_graph, {each.node.name for each in variables if isinstance(each.source, Place)})

    used = {node.name for part in parts.values() for node in part.graph_def.node}.union(made)
    state = State(graph_def, asset_files(meta_graph, source.path, used))
    read: dict[str, Callable[[], np.ndarray]] = {}
    frozen = by_name(meta_graph.graph_def.node)
    for name, is_trained in constants.items():
        state.add_variable(made[name], trainable=is_trained)
        read[name] = partial(to_array, frozen[name].attr["value"].tensor, source.path)
    for variable in variables:
        state.add_variable(variable.node, trainable=variable.trainable)
        read[variable.node.name] = partial(values.read, variable, graph_def, checkpoint)
    tables = {node.name: (node, contents(node, known, checkpoint)) for node in made.values() if node.op in TABLES}
    for table, filling in tables.values():
        state.add_table(table, filling)
    empty = [name for name, (table, filling) in tables.items() if starts_empty(table, filling)]
    files.write(
        destination,
        state.root,
        {each.name: _function(graph_def, each, parts[each.name], state) for each in signatures},
        {each.name: each.method for each in signatures},
        read,
        source.path.parent / "assets.extra",
    )
    return Converted(
        tuple(signatures),
        tuple(sorted(variable.node.name for variable in variables)),
        tuple(sorted(tables)),
        tuple(sorted(constants)),
        (
            *(f"the lookup table {name} starts empty: the checkpoint has nothing of it" for name in empty),
            *remarks(meta_graph.graph_def, signatures, parts.values()),
        ),
    )


def _parts(graph_def: Any, signatures: Sequence[Signature]) -> dict[str, Program]:
    return {
        each.name: program(graph_def, list(each.inputs.values()), list(each.outputs.values())) for each in signatures
    }


def _own_checkpoint(source: GraphFile) -> Checkpoint | None:
    """The variables that a SavedModel holds, if it has any."""
    folder = source.path.parent / _VARIABLES
    if source.kind != "SavedModel" or not folder.is_dir():
        return None
    return open_checkpoint(folder / _VARIABLES)


def _function(graph_def: Any, signature: Signature, part: Program, state: State) -> Any:
    """The function of a signature: it takes its inputs by keyword and returns a dict."""
    import tensorflow as tf

    specs = importing.specs(graph_def, signature.inputs)
    computed = importing.function(part, state.handles(part), list(specs.values()))

    @tf.function(autograph=False)  # type: ignore[untyped-decorator]
    def serve(**arguments: Any) -> Mapping[str, Any]:
        return dict(zip(signature.outputs, computed(*(arguments[key] for key in specs)), strict=True))

    return serve.get_concrete_function(**specs)
