"""Turns a graph of TensorFlow 1, with its checkpoint, into a SavedModel of TensorFlow 2."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tf1graphs.convert.errors import CouldNotConvert
from tf1graphs.convert.graphs import choosing, importing, values
from tf1graphs.convert.graphs.nodes import by_name
from tf1graphs.convert.graphs.programs import TABLES, Program, program
from tf1graphs.convert.graphs.refusals import refuse_ops
from tf1graphs.convert.graphs.signatures import PREDICT, Signature
from tf1graphs.convert.graphs.state import State
from tf1graphs.convert.graphs.tables import asset_files
from tf1graphs.convert.graphs.trainable import weights, with_variables
from tf1graphs.inspect.reading.checkpoints import Checkpoint, open_checkpoint
from tf1graphs.inspect.reading.graphs import GraphFile
from tf1graphs.inspect.reading.tensors import to_array


@dataclass(frozen=True)
class Converted:
    """What a SavedModel was made of.

    Attributes:
        signatures: with their inputs and outputs; those that were found and not named are among them.
        variables: names of the variables that were carried over.
        tables: names of the lookup tables that were carried over.
        made_trainable: names of the constants that became variables.
        left_out: what was not carried over, a line each.
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
        destination: a directory that is not there yet.
        checkpoint: where the values of the variables are; a SavedModel has its own.
        inputs: tensors that are fed, as ``tensor`` or ``key=tensor``; without any they are found.
        outputs: tensors that are computed, as ``tensor`` or ``key=tensor``; without any they are found.
        trainable: makes variables of the constants that a frozen graph uses as weights.
        tags: which meta graph of a SavedModel, where it has several.

    Raises:
        CouldNotConvert: it is not clear what is asked for, or TensorFlow 2 cannot compute it.
        InvalidFile: a file is damaged.
    """
    if destination.exists():
        raise CouldNotConvert(f"{destination} is there already: name a directory that is not")
    meta_graph = choosing.meta_graph(source, tags)
    signatures = choosing.signatures(meta_graph, inputs, outputs)
    graph_def, constants = meta_graph.graph_def, {}
    parts = _parts(graph_def, signatures)
    if trainable:
        constants = weights(graph_def, {node.name for part in parts.values() for node in part.graph_def.node})
        frozen, graph_def = by_name(graph_def.node), with_variables(graph_def, constants)
        parts = _parts(graph_def, signatures)
    refuse_ops(part.graph_def for part in parts.values())
    made = {name: node for part in parts.values() for name, node in part.state.items()}
    variables = {name: node for name, node in made.items() if node.op not in TABLES and name not in constants}
    if checkpoint is None and source.kind == "SavedModel" and (source.path.parent / "variables").is_dir():
        checkpoint = open_checkpoint(source.path.parent / "variables" / "variables")
    found = values.variables(source, meta_graph, variables, checkpoint)
    state = State(graph_def, asset_files(meta_graph, source.path))
    for name, is_trained in constants.items():
        values_of = to_array(frozen[name].attr["value"].tensor, source.path)
        state.add_variable(made[name], values_of, shape=values_of.shape, trainable=is_trained)
    for variable in found:
        assert checkpoint is not None
        state.add_variable(
            variables[variable.name],
            values.read(variable, checkpoint),
            shape=variable.shape,
            trainable=variable.trainable,
        )
    state.add_tables(node for node in made.values() if node.op in TABLES)
    functions = {each.name: _function(graph_def, each, parts[each.name], state) for each in signatures}
    _write(destination, state.root, functions, {each.name: each.method for each in signatures})
    return Converted(
        tuple(signatures),
        tuple(sorted(variable.name for variable in found)),
        tuple(sorted(node.name for node in made.values() if node.op in TABLES)),
        tuple(sorted(constants)),
        (),
    )


def _parts(graph_def: Any, signatures: Sequence[Signature]) -> dict[str, Program]:
    return {
        each.name: program(graph_def, list(each.inputs.values()), list(each.outputs.values())) for each in signatures
    }


def _function(graph_def: Any, signature: Signature, part: Program, state: State) -> Any:
    """The function of a signature: it takes its inputs by keyword and returns a dict."""
    import tensorflow as tf

    specs = importing.specs(graph_def, signature.inputs)
    computed = importing.function(part, state.handles(part), list(specs.values()))

    @tf.function(autograph=False)  # type: ignore[untyped-decorator]
    def serve(**arguments: Any) -> dict[str, Any]:
        return dict(zip(signature.outputs, computed(*(arguments[key] for key in specs)), strict=True))

    return serve.get_concrete_function(**specs)


def _write(destination: Path, root: Any, functions: Mapping[str, Any], methods: Mapping[str, str]) -> None:
    """Saves beside the destination and renames, so that it is there as a whole or not at all."""
    import tensorflow as tf

    destination.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{destination.name}.", dir=destination.parent) as folder:
        written = Path(folder) / "saved_model"
        tf.saved_model.save(root, str(written), signatures=dict(functions))
        _restore_methods(written / "saved_model.pb", methods)
        shutil.move(written, destination)


def _restore_methods(file: Path, methods: Mapping[str, str]) -> None:
    """TensorFlow 2 writes each signature for Serving's Predict; those for Classify and Regress are so again."""
    if set(methods.values()) == {PREDICT}:
        return
    from tensorflow.core.protobuf import saved_model_pb2

    saved = saved_model_pb2.SavedModel.FromString(file.read_bytes())
    for name, method in methods.items():
        saved.meta_graphs[0].signature_def[name].method_name = method
    file.write_bytes(saved.SerializeToString())
