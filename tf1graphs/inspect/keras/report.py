"""Keras files in tables, as ``model.summary()`` prints a model."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from rich.filesize import decimal
from rich.markup import escape

from tf1graphs.inspect.keras.models import Shape
from tf1graphs.inspect.keras.summary import KerasLayer, KerasSummary
from tf1graphs.inspect.printing import print_table

_KINDS = {"keras": "Keras archive", "h5": "HDF5 model", "weights": "weights"}
_ROWS_AT_MOST = 500


def _print(console: Any, line: str, style: str = "") -> None:
    console.print(line, style=style, markup=False, highlight=False, soft_wrap=True)


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


def _render_rows(headings: Sequence[str], numbers: set[str], rows: Sequence[Sequence[str]], console: Any) -> None:
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    for heading in headings:
        table.add_column(heading, justify="right" if heading in numbers else "left", overflow="fold")
    for row in rows[:_ROWS_AT_MOST]:
        table.add_row(*map(escape, row))
    print_table(console, table)
    if len(rows) > _ROWS_AT_MOST:
        _print(console, f"... and {len(rows) - _ROWS_AT_MOST} more; --json has all")


def _render_layers(layers: Iterable[KerasLayer], console: Any) -> None:
    headings = ("layer", "class", "output shape", "parameters", "called on")
    _render_rows(headings, {"parameters"}, list(_rows(layers)), console)


def _render_weights(layers: Iterable[KerasLayer], console: Any) -> None:
    """Prints the weights of a file that has nothing else."""
    rows = [
        (layer.name, weight.name, weight.dtype, f"{list(weight.shape)}", f"{weight.elements:,}")
        for layer in layers
        for weight in layer.weights
    ]
    _render_rows(("layer", "weight", "dtype", "shape", "elements"), {"shape", "elements"}, rows, console)


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
    _print(console, f"optimizer: {_optimizer(training)}{kept}")
    for name in ("loss", "metrics"):
        if training.get(name):
            _print(console, f"{name}: {json.dumps(training[name])}")


def render(summary: KerasSummary, console: Any) -> None:
    """Prints what a Keras file holds to a rich console."""
    version = f", written by Keras {summary.keras_version}" if summary.keras_version else ""
    model = f", {summary.class_name} model {summary.name}" if summary.class_name else ""
    _print(console, f"{summary.path}: {_KINDS[summary.kind]}{model}{version}", "bold")
    _print(console, f"{summary.parameters:,} parameters, {decimal(summary.size)}\n")
    if any(layer.class_name for layer in summary.layers):
        _render_layers(summary.layers, console)
    else:
        _render_weights(summary.layers, console)
    if summary.training:
        _print(console, "")
        _render_training(summary, summary.training, console)
    for remark in summary.remarks:
        _print(console, remark, "yellow")
