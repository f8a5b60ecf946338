"""Keras files in tables, as ``model.summary()`` prints a model."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from rich.filesize import decimal

from tf1graphs.inspect.keras.models import Shape
from tf1graphs.inspect.keras.summary import KerasLayer, KerasSummary
from tf1graphs.inspect.printing import print_table, say

_KINDS = {"keras": "Keras archive", "h5": "HDF5 model", "weights": "weights"}
_ROWS_AT_MOST = 500


def _shape(shape: Shape | None) -> str:
    return "?" if shape is None else f"({', '.join(map(str, shape))}{',' if len(shape) == 1 else ''})"


def _rows(layers: Iterable[KerasLayer], depth: int = 0) -> Iterator[tuple[str, ...]]:
    for layer in layers:
        wrapped = layer.config.get("layer")
        inner = f"({wrapped['class_name']})" if isinstance(wrapped, dict) and "class_name" in wrapped else ""
        yield (
            f"{'  ' * depth}{layer.name}",
            f"{layer.class_name}{inner}",
            ", ".join(map(_shape, layer.output_shapes)),
            f"{layer.parameters:,}",
            ", ".join(layer.inputs),
        )
        yield from _rows(layer.layers, depth + 1)


def _render_layers(layers: Iterable[KerasLayer], console: Any) -> None:
    headings = ("layer", "class", "output shape", "parameters", "called on")
    print_table(console, headings, list(_rows(layers)), {"parameters"}, _ROWS_AT_MOST)


def _render_weights(layers: Iterable[KerasLayer], console: Any) -> None:
    """Prints the weights of a file that has nothing else."""
    rows = [
        (layer.name, weight.name, weight.dtype, f"{list(weight.shape)}", f"{weight.elements:,}")
        for layer in layers
        for weight in layer.weights
    ]
    headings = ("layer", "weight", "dtype", "shape", "elements")
    print_table(console, headings, rows, {"shape", "elements"}, _ROWS_AT_MOST)


def _optimizer(training: dict[str, Any]) -> str:
    """The class and the settings of the optimizer, which Keras 2 and 3 call by other names."""
    optimizer = training.get("optimizer_config") or training.get("optimizer")
    if not isinstance(optimizer, dict):
        return f"{optimizer}"
    config = optimizer.get("config")
    settings = {name: value for name, value in config.items() if value is not None} if isinstance(config, dict) else {}
    listed = ", ".join(f"{name} {json.dumps(value)}" for name, value in settings.items() if name != "name")
    return f"{str(optimizer.get('class_name')).rpartition('>')[2]} ({listed})"


def _render_training(summary: KerasSummary, training: dict[str, Any], console: Any) -> None:
    elements = sum(weight.elements for weight in summary.optimizer_weights)
    kept = f"; {elements:,} elements in {len(summary.optimizer_weights)} arrays" if elements else ""
    say(console, f"optimizer: {_optimizer(training)}{kept}")
    for name in ("loss", "metrics"):
        if training.get(name):
            say(console, f"{name}: {json.dumps(training[name])}")


def render(summary: KerasSummary, console: Any) -> None:
    """Prints what a Keras file holds to a rich console."""
    version = f", written by Keras {summary.keras_version}" if summary.keras_version else ""
    model = f", {summary.class_name} model {summary.name}" if summary.class_name else ""
    say(console, f"{summary.path}: {_KINDS[summary.kind]}{model}{version}", "bold")
    say(console, f"{summary.parameters:,} parameters, {decimal(summary.size)}")
    say(console, "")
    if any(layer.class_name for layer in summary.layers):
        _render_layers(summary.layers, console)
    else:
        _render_weights(summary.layers, console)
    if summary.training:
        say(console, "")
        _render_training(summary, summary.training, console)
    for remark in summary.remarks:
        say(console, remark, "yellow")
