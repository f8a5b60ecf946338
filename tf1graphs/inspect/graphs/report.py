"""Graphs, and the difference of two, in tables that fit on 80 columns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from rich.filesize import decimal
from rich.markup import escape

from tf1graphs.inspect.graphs.attributes import Shape
from tf1graphs.inspect.graphs.difference import Change, FileDifference, GraphDifference, OneSided
from tf1graphs.inspect.graphs.interface import Signature, TensorInfo
from tf1graphs.inspect.graphs.optimizers import Optimizer
from tf1graphs.inspect.graphs.scopes import Scope, is_parameter
from tf1graphs.inspect.graphs.summary import GraphSummary, MetaGraphSummary
from tf1graphs.inspect.graphs.variables import Variable
from tf1graphs.inspect.printing import print_table

_ROWS_AT_MOST = 40
# The tree is unfolded as far as its rows fit.
_SCOPES_AT_MOST = 24


def shape_text(shape: Shape) -> str:
    """A shape in words: ``[?, 3]``; ``?`` alone for an unknown rank."""
    return "?" if shape is None else "[" + ", ".join("?" if size is None else str(size) for size in shape) + "]"


def _printable(text: str) -> str:
    """The text, without what a name in a hostile file could do to a terminal."""
    return text if text.isprintable() else text.encode("unicode_escape").decode("ascii")


def _print(console: Any, line: str, style: str = "") -> None:
    console.print(line, style=style, markup=False, highlight=False, soft_wrap=True)


def _list(console: Any, title: str, headings: str, rows: Sequence[Sequence[str]], numbers: Iterable[str] = ()) -> None:
    """Prints a table, if it has rows: headings with spaces between, those in ``numbers`` above numbers."""
    from rich.table import Table

    if not rows:
        return
    _print(console, f"\n{title}", "bold")
    table = Table(box=None, pad_edge=False)
    for heading in headings.split():
        table.add_column(heading, justify="right" if heading in numbers else "left", overflow="fold")
    for row in rows[:_ROWS_AT_MOST]:
        table.add_row(*(escape(_printable(cell)) for cell in row))
    print_table(console, table)
    _say_hidden(console, len(rows))


def _say_hidden(console: Any, count: int) -> None:
    if count > _ROWS_AT_MOST:
        _print(console, f"... and {count - _ROWS_AT_MOST} more; --json has all")


def render(summary: GraphSummary, console: Any) -> None:
    """Prints what a graph file holds to a rich console."""
    _print(console, f"{summary.path}: {summary.kind}", "bold")
    for graph in summary.meta_graphs:
        _render_graph(graph, console)


def _render_graph(graph: MetaGraphSummary, console: Any) -> None:
    _print(console, _headline(graph))
    for problem in graph.problems[:_ROWS_AT_MOST]:
        _print(console, f"problem: {_printable(problem)}", "red")
    _say_hidden(console, len(graph.problems))
    _list(console, "inputs", "tensor shape dtype", _tensor_rows(graph.inputs))
    _list(console, "outputs", "tensor shape dtype", _tensor_rows(graph.outputs))
    for signature in graph.signatures:
        _list(console, f"signature {signature.name}", "side name tensor shape dtype", _signature_rows(signature))
    _render_variables(graph, console)
    optimizers = [_optimizer_row(optimizer) for optimizer in graph.optimizers]
    _list(console, "training", "optimizer variables ops numbers", optimizers, ["variables"])
    losses = [(loss.tensor, shape_text(loss.shape), loss.found) for loss in graph.losses]
    _list(console, "losses", "tensor shape found", losses)
    _render_scopes(graph, console)
    _print(console, "\noperations", "bold")
    counts = [f"{count:,} {op}" for op, count in graph.ops.items()]
    console.print(_printable(", ".join(counts[:_ROWS_AT_MOST])), markup=False, highlight=False)
    _say_hidden(console, len(counts))
    gone = [(op.op, f"{op.count:,}", op.library) for op in graph.gone]
    _list(console, "ops that today's TensorFlow does not have", "op count from", gone, ["count"])
    _render_contents(graph, console)


def _headline(graph: MetaGraphSummary) -> str:
    whole = graph.scopes[0]
    parts = [f"tags {', '.join(graph.tags)}"] if graph.tags else []
    parts += [f"written by TensorFlow {graph.tensorflow}"] if graph.tensorflow else []
    return ", ".join([*parts, f"{whole.operations:,} operations, {whole.parameters:,} parameters"])


def _tensor_rows(tensors: Iterable[TensorInfo]) -> list[Sequence[str]]:
    return [(info.name, shape_text(info.shape), info.dtype) for info in tensors]


def _signature_rows(signature: Signature) -> list[Sequence[str]]:
    sides = (("input", signature.inputs), ("output", signature.outputs))
    return [
        (side, key, info.name, shape_text(info.shape), info.dtype)
        for side, tensors in sides
        for key, info in tensors.items()
    ]


def _purpose(variable: Variable) -> str:
    if variable.kind == "frozen":
        return "frozen"
    return {True: "trainable", False: "", None: "?"}[variable.trainable]


def _size_text(size: int | None) -> str:
    return "?" if size is None else decimal(size)


def _render_variables(graph: MetaGraphSummary, console: Any) -> None:
    own = [variable for variable in graph.variables if variable.optimizer is None]
    rows = [
        (
            variable.name,
            variable.dtype,
            _purpose(variable),
            shape_text(variable.shape),
            "?" if variable.elements is None else f"{variable.elements:,}",
            _size_text(variable.bytes),
        )
        for variable in sorted(own, key=lambda variable: not is_parameter(variable))
    ]
    numbers = ["shape", "elements", "bytes"]
    _list(console, f"{len(own)} variables", "variable dtype purpose shape elements bytes", rows, numbers)
    whole = [(one.name, one.dtype, shape_text(one.shape), f"{len(one.parts)}") for one in graph.partitioned]
    _list(console, "in parts", "variable dtype shape parts", whole, ["parts"])
    _list(console, "kept by optimizers", "optimizer variables slots bytes", _slot_rows(graph), ["variables", "bytes"])


def _slot_rows(graph: MetaGraphSummary) -> list[Sequence[str]]:
    by_optimizer: dict[str, list[Variable]] = {}
    for variable in graph.variables:
        if variable.optimizer is not None:
            by_optimizer.setdefault(variable.optimizer, []).append(variable)
    return [
        (
            optimizer,
            f"{len(kept)}",
            ", ".join(dict.fromkeys(str(variable.slot) for variable in kept)),
            decimal(sum(variable.bytes or 0 for variable in kept)),
        )
        for optimizer, kept in by_optimizer.items()
    ]


def _optimizer_row(optimizer: Optimizer) -> Sequence[str]:
    ops = ", ".join(f"{count} {op}" for op, count in optimizer.ops.items())
    numbers = ", ".join(f"{name} {value}" for name, value in optimizer.numbers.items())
    return optimizer.name, f"{len(optimizer.variables)}", ops, numbers


def _shown_scopes(scopes: Sequence[Scope]) -> list[Scope]:
    """The scopes that have parameters or compute something, as deep as they fit, but all of the first level."""
    telling = [scope for scope in scopes if scope.parameters or scope.floats or not scope.depth]
    depth = 1
    while depth < max(scope.depth for scope in telling):
        if sum(scope.depth <= depth + 1 for scope in telling) > _SCOPES_AT_MOST:
            break
        depth += 1
    return [scope for scope in telling if scope.depth <= depth]


def _render_scopes(graph: MetaGraphSummary, console: Any) -> None:
    rows = [
        (
            "  " * scope.depth + (scope.name.rpartition("/")[2] or "all"),
            f"{scope.operations:,}",
            f"{scope.parameters:,}",
            f"{scope.floats:,}",
        )
        for scope in _shown_scopes(graph.scopes)
    ]
    headings = ["operations", "parameters", "FLOPs"]
    _list(console, "name scopes", f"scope {' '.join(headings)}", rows, headings)
    _print(console, "FLOPs as TensorFlow 1.15's profiler counts them: each operation once, in loops too")
    if graph.batch is not None:
        _print(console, f"open batch sizes were taken to be {graph.batch}")
    if graph.uncounted:
        remedy = "; --batch N sets the batch size" if graph.batch is None else ""
        _print(console, f"not counted, as their sizes are not known: {len(graph.uncounted):,} operations{remedy}")
    if graph.functions:
        _print(console, "operations in functions are not counted")


def _render_contents(graph: MetaGraphSummary, console: Any) -> None:
    functions = [(function.name, f"{function.operations:,}") for function in graph.functions]
    _list(console, "functions", "name operations", functions, ["operations"])
    savers = [(saver.format, saver.filename, saver.save, saver.restore) for saver in graph.savers]
    _list(console, "savers", "format filename save restore", savers)
    tables = [(table.name, table.op, table.keys, table.values) for table in graph.tables]
    _list(console, "tables", "name op keys values", tables)
    _list(console, "pipelines", "name op", [(pipeline.name, pipeline.op) for pipeline in graph.pipelines])
    _list(console, "assets", "file tensor", [(asset.file, asset.tensor) for asset in graph.assets])
    collections = [(name, f"{size:,}") for name, size in graph.collections.items()]
    _list(console, "collections", "name entries", collections, ["entries"])


def render_difference(difference: FileDifference, console: Any) -> None:
    """Prints what differs between two graph files to a rich console."""
    if not difference.is_different:
        _print(console, "the graphs are equal")
    for tags in difference.only_first:
        _print(console, f"only the first file has a graph with the tags {tags}")
    for tags in difference.only_second:
        _print(console, f"only the second file has a graph with the tags {tags}")
    for tags, graph in zip(difference.tags, difference.graphs, strict=True):
        if tags and graph.is_different:
            _print(console, f"tags {tags}")
        _render_graph_difference(graph, console)


def _render_graph_difference(graph: GraphDifference, console: Any) -> None:
    def one_sided(which: str, nodes: Sequence[OneSided]) -> None:
        title = f"{len(nodes):,} operations only in the {which}"
        _list(console, title, "name op", [(node.name, node.op) for node in nodes])

    def changed(title: str, changes: Sequence[Change]) -> None:
        rows = [(change.name, change.what, change.first, change.second) for change in changes]
        _list(console, f"{len(rows):,} {title}", "name what first second", rows)

    one_sided("first", graph.only_first)
    one_sided("second", graph.only_second)
    changed("operations of another type", graph.ops)
    changed("other attributes", graph.attributes)
    changed("other inputs", graph.inputs)
    changed("other variables", graph.variables)
    changed("other tensors of signatures", graph.signatures)
    changed("other functions", graph.functions)
