"""Nets that 1.15.5 recorded, built from their graphs alone."""

from __future__ import annotations

import gzip
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from tf1graphs.convert.carrying.rows import Row
from tf1graphs.convert.keras.files import save
from tf1graphs.convert.keras.report import Report
from tf1graphs.convert.keras.weights import from_keras, to_keras
from tf1graphs.inspect.reading.checkpoints import open_checkpoint
from tf1graphs.inspect.reading.graphs import GraphFile, read_graph

NETS = Path(__file__).parents[2] / "fixtures" / "tf115" / "convert_keras" / "nets"


@dataclass
class Built:
    """A model that was built: its layers, what it computes (also after it went through a file), and what comes back."""

    layers: list[tuple[str, str]]
    outputs: list[np.ndarray]
    outputs_of_file: list[np.ndarray]
    report: Report
    back: dict[str, np.ndarray] = field(default_factory=dict)


def graph_of(name: str, ending: str, folder_name: str = "nets") -> GraphFile:
    """A recorded graph: ``"meta"`` or ``"pb"``."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{name}.{ending}"
        path.write_bytes(gzip.decompress((NETS.parent / folder_name / f"{name}.{ending}.gz").read_bytes()))
        return read_graph(path)


def _listed(outputs: Any) -> list[np.ndarray]:
    return [np.asarray(each) for each in (outputs if isinstance(outputs, list | tuple) else [outputs])]


def _built(model: Any, report: Report, inputs: Sequence[np.ndarray]) -> Built:
    import keras

    with tempfile.TemporaryDirectory() as folder:
        save(model, Path(folder) / "model.keras")
        loaded = keras.saving.load_model(Path(folder) / "model.keras")
    given = list(inputs) if len(inputs) > 1 else inputs[0]
    layers = [(type(layer).__name__, layer.name) for layer in model.layers]
    back = dict(from_keras(model, report.rows))
    return Built(layers, _listed(model(given)), _listed(loaded(given)), report, back)


def from_checkpoint(name: str) -> Built:
    with np.load(NETS / f"{name}.npz") as recorded:
        inputs, output = recorded["inputs"], str(recorded["name"])
    checkpoint = open_checkpoint(NETS / name)
    return _built(*to_keras(checkpoint, graph=graph_of(name, "meta"), outputs=[output]), [inputs])


def into_model(name: str, units: int) -> Report:
    """What is matched of a net with an LSTM when the model is given and its meta graph is there."""
    import keras

    keras.backend.clear_session()
    lstm = keras.layers.LSTM(units)
    model = keras.Sequential([keras.Input((5,)), keras.layers.Embedding(10, 6), lstm, keras.layers.Dense(2)])
    return to_keras(open_checkpoint(NETS / name), model, graph=graph_of(name, "meta"))[1]


def with_map(name: str, rows: Sequence[Row]) -> Report:
    """The report of a net that is built with a map."""
    return to_keras(open_checkpoint(NETS / name), rows=rows, graph=graph_of(name, "meta"), outputs=["output"])[1]


def from_frozen(name: str) -> Built:
    with np.load(NETS / f"{name}.npz") as recorded:
        inputs = recorded["inputs"]
    return _built(*to_keras(graph_of(name, "pb")), [inputs])


def from_graph(name: str) -> Built:
    """One of the frozen graphs of ``GRAPHS``."""
    with np.load(NETS.parent / "graphs.npz") as recorded:
        inputs, outputs = recorded[f"{name}|inputs"], recorded[f"{name}|names"].tolist()
    model, report = to_keras(graph_of(name, "pb", "graphs"), outputs=[each.removesuffix(":0") for each in outputs])
    return _built(model, report, [inputs, inputs[::-1]][: len(model.inputs)])
