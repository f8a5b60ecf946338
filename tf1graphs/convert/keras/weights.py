"""Weights of TensorFlow 1 go into a model of Keras 3, and come back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from tf1graphs.convert.carrying.rows import Row
from tf1graphs.convert.errors import CouldNotConvert
from tf1graphs.convert.keras.graphs.forget_biases import forget_biases
from tf1graphs.convert.keras.matching import match
from tf1graphs.convert.keras.report import Match, Report
from tf1graphs.convert.keras.targets import variables_of
from tf1graphs.convert.keras.tensors import FrozenTensors, HasShape, Tensors
from tf1graphs.inspect.reading.graphs import GraphFile


def to_keras(
    source: Tensors | GraphFile,
    model: Any | None = None,
    rows: Sequence[Row] = (),
    graph: GraphFile | None = None,
    inputs: Sequence[str] = (),
    outputs: Sequence[str] = (),
) -> tuple[Any, Report]:
    """Brings tensors into a Keras 3 model.

    Args:
        source: a checkpoint (``inspect.reading.checkpoints.open_checkpoint``), or a frozen graph with its constants.
        model: the ``keras.Model`` to fill, built; None to build one from the graph.
        rows: a map; it stands, and only what is not in it is matched.
        graph: the meta graph of a checkpoint. Without ``model`` it is what is built; with it, it tells the order in
            which the variables were created, and the forget biases of LSTM cells.
        inputs: names of the nodes that become the model's inputs, if not all placeholders that the outputs hang on.
        outputs: names of the nodes that become its outputs, if not the one that nothing else uses.

    Returns:
        The model, and what became of each tensor on both sides: the caller shows what is unmatched, since such
        variables of the model have their initial values.

    Raises:
        CouldNotConvert: a name or shape in ``rows`` does not fit, or the graph has a node that is no known layer.
        InvalidFile: the checkpoint or graph is damaged.
    """
    tensors = FrozenTensors(source) if isinstance(source, GraphFile) else source
    if isinstance(source, GraphFile):
        graph = source
    if model is not None:
        report = match(tensors, model, rows, *((_creation(graph), forget_biases(graph)) if graph else ()))
    else:
        if graph is None:
            raise CouldNotConvert("a checkpoint alone tells no layers: name the model, or the meta graph")
        model, report = _built(graph, tensors, rows, inputs, outputs)
        tensors = _WithConstants(tensors, graph)
    load(tensors, model, report.rows)
    return model, report


def _built(
    graph: GraphFile, tensors: Tensors, rows: Sequence[Row], inputs: Sequence[str], outputs: Sequence[str]
) -> tuple[Any, Report]:
    """A model of the graph's layers; rows of the map stand in the place of those that the graph tells."""
    from tf1graphs.convert.keras.graphs.models import build

    model, told, assumed = build(graph, _WithConstants(tensors, graph), inputs, outputs)
    given = {path for row in rows for path in row.targets}
    matches = [Match(row, "graph") for row in told if not given.intersection(row.targets)]
    matches += [Match(row, "map") for row in rows]
    taken = {name for each in matches for name in each.row.sources}
    left = {} if isinstance(tensors, FrozenTensors) else {name: "" for name in tensors.entries if name not in taken}
    filled = {path for each in matches for path in each.row.targets}
    empty = {weight.path: "" for weight in model.weights if weight.path not in filled}
    return model, Report(matches, left, empty, assumed)


class _WithConstants:
    """The tensors of a checkpoint and, where it has none of the name, the constants of the graph."""

    def __init__(self, tensors: Tensors, graph: GraphFile) -> None:
        self._tensors = tensors
        self._constants = FrozenTensors(graph)
        self.entries: Mapping[str, HasShape] = {**self._constants.entries, **tensors.entries}

    def read(self, name: str) -> np.ndarray:
        """The values of a tensor."""
        return (self._tensors if name in self._tensors.entries else self._constants).read(name)


def _creation(graph: GraphFile) -> list[str]:
    """The names of a graph's variables in the order in which they were created."""
    nodes = graph.meta_graphs[0].graph_def.node
    return [node.name for node in nodes if node.op in ("VariableV2", "Variable", "VarHandleOp", "Const")]


def _known(names: Sequence[str], known: Mapping[str, Any], where: str) -> None:
    missing = [name for name in names if name not in known]
    if missing:
        raise CouldNotConvert(f"the map names {missing[0]}, which {where} has not")


def load(tensors: Tensors, model: Any, rows: Sequence[Row]) -> None:
    """Carries the tensors of ``rows`` into the model's variables, row by row.

    Raises:
        CouldNotConvert: a row names what is not there, or its tensors do not fit.
    """
    variables = variables_of(model)
    for row in rows:
        _known(row.targets, variables, "the model")
    for row in rows:
        arrays = row.forward([_read(tensors, name) for name in row.sources])
        for path, array in zip(row.targets, arrays, strict=True):
            if array.shape != tuple(variables[path].shape):
                raise CouldNotConvert(
                    f"{path} has the shape {list(variables[path].shape)}, what {', '.join(row.sources)} gives by "
                    f"{row.carry} has {list(array.shape)}"
                )
            variables[path].assign(array)


def _read(tensors: Tensors, name: str) -> np.ndarray:
    try:
        return tensors.read(name)
    except KeyError:
        raise CouldNotConvert(f"{name} is not among the tensors that are converted") from None


def from_keras(model: Any, rows: Sequence[Row]) -> Iterator[tuple[str, np.ndarray]]:
    """The tensors of TensorFlow 1 that ``rows`` made the model's variables from, by name, row by row.

    A tensor that several rows read, as two layers share it, comes once.

    Raises:
        CouldNotConvert: a row names what the model has not, its variables do not fit, or layers that shared a tensor
            have different ones now.
    """
    variables = variables_of(model)
    counts = Counter(name for row in rows for name in row.sources)
    shared: dict[str, np.ndarray] = {}
    for row in rows:
        _known(row.targets, variables, "the model")
        arrays = row.backward([np.asarray(variables[path]) for path in row.targets])
        for name, array in zip(row.sources, arrays, strict=True):
            if name not in shared:
                yield name, array
            elif not np.array_equal(shared[name], array):
                raise CouldNotConvert(f"{row.targets[0]} is no longer what else is made of {name}")
            if counts[name] > 1:
                shared[name] = array
