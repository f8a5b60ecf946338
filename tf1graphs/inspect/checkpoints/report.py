"""Checkpoints, and the difference of two, in tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from rich.filesize import decimal

from tf1graphs.inspect.checkpoints.difference import CheckpointDifference, TensorDifference
from tf1graphs.inspect.checkpoints.objects import Object
from tf1graphs.inspect.checkpoints.roles import SLOT, STATE, VARIABLE
from tf1graphs.inspect.checkpoints.statistics import Statistics
from tf1graphs.inspect.checkpoints.summary import ATTRIBUTES, CheckpointSummary, Tensor, Total
from tf1graphs.inspect.printing import print_table, say, say_hidden

_ROWS_AT_MOST = 200
_SCOPES_AT_MOST = 40
_LEVELS_OF_SCOPES = 2
_OBJECTS_AT_MOST = 100


def _purpose(tensor: Tensor) -> str:
    role = tensor.role
    if role.name in (SLOT, STATE):
        return f"{role.name} of {role.optimizer}"
    return "" if role.name == VARIABLE else role.name


def _numbers(values: Statistics | None) -> tuple[str, ...]:
    if values is None:
        return ("",) * 4
    finite = [values.minimum, values.mean, values.maximum]
    return *("" if value is None else f"{value:.4g}" for value in finite), f"{values.nans + values.infinities}"


def _render_tensors(tensors: Sequence[Tensor], console: Any) -> None:
    # Variables are what most people look for, so that slots come after them.
    in_order = sorted(tensors, key=lambda tensor: tensor.role.name != VARIABLE)
    has_values = any(tensor.values for tensor in tensors)
    of_values = ("min", "mean", "max", "not finite") if has_values else ()
    numbers = ("shape", "elements", "bytes", *of_values)
    rows = []
    for tensor in in_order:
        shape = f"{list(tensor.shape)}" + (f" in {tensor.parts} slices" if tensor.parts > 1 else "")
        cells = [tensor.name, tensor.dtype, _purpose(tensor), shape, f"{tensor.elements:,}", f"{tensor.size:,}"]
        rows.append([*cells, *(_numbers(tensor.values) if has_values else ())])
    print_table(console, ("tensor", "dtype", "purpose", *numbers), rows, numbers, _ROWS_AT_MOST)


def _render_totals(heading: str, totals: dict[str, Total], console: Any) -> None:
    numbers = ("tensors", "elements", "bytes")
    rows = [(name, f"{total.tensors}", f"{total.elements:,}", f"{total.size:,}") for name, total in totals.items()]
    say(console, "")
    print_table(console, (heading, *numbers), rows, numbers, _SCOPES_AT_MOST)


def _in_order_of_tree(objects: Iterable[Object]) -> list[Object]:
    """The objects that hold tensors, or have such ones below them, each before those below it."""
    listed = list(objects)
    leading = {found.path[:size] for found in listed if found.tensors for size in range(1, len(found.path) + 1)}
    return sorted((found for found in listed if found.path in leading), key=lambda found: found.path)


def _render_objects(objects: Sequence[Object], console: Any) -> None:
    say(console, "")
    say(console, "objects", "bold")
    in_order = _in_order_of_tree(objects)
    for found in in_order[:_OBJECTS_AT_MOST]:
        attributes = [tensor.rpartition(ATTRIBUTES)[2] for tensor in found.tensors]
        holds = f"  {', '.join(attributes)}" if attributes else ""
        named = f" ({found.full_name})" if found.full_name else ""
        say(console, f"{'  ' * len(found.path)}{found.path[-1]}{named}{holds}")
    say_hidden(console, len(in_order), _OBJECTS_AT_MOST)


def _render_kept(summary: CheckpointSummary, console: Any) -> None:
    say(console, "")
    say(console, "checkpoints that the directory lists", "bold")
    for kept in summary.kept:
        last = ", the last" if kept.is_last else ""
        missing = f": {', '.join(kept.missing)} missing" if kept.missing else ""
        say(console, f"{kept.path}{last}{missing}", "red" if missing else "")


def render(summary: CheckpointSummary, console: Any) -> None:
    """Prints what a checkpoint holds to a rich console."""
    style = "object-based" if summary.is_object_based else "name-based"
    step = "" if summary.step is None else f", step {summary.step}"
    say(console, f"{summary.path}: {style} checkpoint, format {summary.format}{step}", "bold")
    variables, everything = summary.variables, summary.everything
    say(console, f"{variables.tensors} variables: {variables.elements:,} parameters, {decimal(variables.size)}")
    say(console, f"{everything.tensors} tensors in all: {everything.elements:,} elements, {decimal(everything.size)}")
    say(console, "")
    _render_tensors(summary.tensors, console)
    scopes = {name: total for name, total in summary.scopes.items() if name.count("/") < _LEVELS_OF_SCOPES}
    if scopes:
        _render_totals("scope", scopes, console)
    if summary.optimizers:
        _render_totals("optimizer", summary.optimizers, console)
    if summary.objects:
        _render_objects(summary.objects, console)
    if summary.kept:
        _render_kept(summary, console)


def _either(first: object, second: object) -> str:
    return f"{first}" if first == second else f"{first} and {second}"


def _row(tensor: TensorDifference) -> tuple[str, ...]:
    shape, other = (list(shape) for shape in tensor.shapes)
    return (
        tensor.name,
        _either(*tensor.dtypes),
        _either(shape, other),
        "" if tensor.differing is None else f"{tensor.differing:,}",
        "" if tensor.absolute is None else f"{tensor.absolute:.3g}",
        "" if tensor.relative is None else f"{tensor.relative:.3g}",
    )


def render_difference(difference: CheckpointDifference, console: Any) -> None:
    """Prints where two checkpoints differ to a rich console."""
    for which, names in (("first", difference.only_first), ("second", difference.only_second)):
        for name in names[:_ROWS_AT_MOST]:
            say(console, f"only the {which} has {name}", "red")
        say_hidden(console, len(names), _ROWS_AT_MOST)
    different = [tensor for tensor in difference.tensors if tensor.is_different]
    if different:
        numbers = ("values that differ", "largest difference", "relative")
        rows = [_row(tensor) for tensor in different]
        print_table(console, ("tensor", "dtype", "shape", *numbers), rows, numbers, _ROWS_AT_MOST)
    same = len(difference.tensors) - len(different)
    say(console, f"{same} of {len(difference.tensors)} tensors of both are the same")
    say(console, "different" if difference.is_different else "no difference", "bold")
