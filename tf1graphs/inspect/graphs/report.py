"""Summaries and differences of graphs as tables, 80 columns wide."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from rich.markup import escape

from tf1graphs.inspect.graphs.attributes import Shape
from tf1graphs.inspect.graphs.difference import Change, FileDifference, GraphDifference, OneSided
from tf1graphs.inspect.graphs.interface import TensorInfo
from tf1graphs.inspect.graphs.optimizers import Optimizer
from tf1graphs.inspect.graphs.scopes import Scope, is_parameter
from tf1graphs.inspect.graphs.summary import GraphSummary, MetaGraphSummary
from tf1graphs.inspect.graphs.variables import Variable

# Of long lists the first rows are shown, and how many there are more.
_ROWS_AT_MOST = 20
_DEEPEST_SHOWN = 2
_UNITS = ((10**12, "T"), (10**9, "G"), (10**6, "M"), (10**3, "k"))

Row = Sequence[str]


def shape_text(shape: Shape) -> str:
    """A shape in words: ``[?, 3]``; ``?`` alone for an unknown rank."""
    return "?" if shape is None else "[" + ", ".join("?" if size is None else str(size) for size in shape) + "]"


def _count_text(count: int | None, unit: str = "") -> str:
    """A large number, short: ``9.78 M``."""
    if count is None:
        return "?"
    for size, prefix in _UNITS:
        if count >= size:
            return f"{count / size:.3g} {prefix}{unit}"
    return f"{count} {unit}".strip()


class _Pages:
    """Prints tables to a console.

    Args:
        console: a rich console.
        full: whether long lists are printed to their ends.
    """

    def __init__(self, console: Any, full: bool) -> None:
        self._console = console
        self._full = full

    def line(self, text: str) -> None:
        """Prints a line."""
        self._console.print(escape(text))

    def table(self, title: str, heads: Row, rows: Sequence[Row], right: Iterable[int] = ()) -> None:
        """Prints a table, if it has rows; the columns ``right`` are numbers."""
        from rich.table import Table

        if not rows:
            return
        table = Table(box=None, pad_edge=False, title=escape(title), title_justify="left", title_style="bold")
        for index, head in enumerate(heads):
            table.add_column(head, justify="right" if index in right else "left", overflow="fold")
        shown = rows if self._full else rows[:_ROWS_AT_MOST]
        for row in shown:
            table.add_row(*(escape(cell) for cell in row))
        self._console.print()
        self._console.print(table)
        if len(rows) > len(shown):
            self.line(f"... and {len(rows) - len(shown)} more")


def render(summary: GraphSummary, console: Any, full: bool = False) -> None:
    """Prints a summary.

    Args:
        summary: the summary.
        console: a rich console.
        full: whether long lists, and scopes of all depths, are printed to their ends.
    """
    pages = _Pages(console, full)
    pages.line(f"{summary.path}: {summary.kind}")
    for graph in summary.meta_graphs:
        _render_graph(graph, pages, full)


def _render_graph(graph: MetaGraphSummary, pages: _Pages, full: bool) -> None:
    pages.line(_headline(graph))
    for problem in graph.problems if full else graph.problems[:_ROWS_AT_MOST]:
        pages.line(f"problem: {problem}")
    if len(graph.problems) > _ROWS_AT_MOST and not full:
        pages.line(f"... and {len(graph.problems) - _ROWS_AT_MOST} more problems")
    pages.table("Inputs", ("tensor", "shape", "dtype"), _tensor_rows(graph.inputs))
    pages.table("Outputs", ("tensor", "shape", "dtype"), _tensor_rows(graph.outputs))
    for signature in graph.signatures:
        rows = [
            (side, key, info.name, shape_text(info.shape), info.dtype)
            for side, tensors in (("input", signature.inputs), ("output", signature.outputs))
            for key, info in tensors.items()
        ]
        pages.table(f"Signature {signature.name}", ("", "name", "tensor", "shape", "dtype"), rows)
    _render_variables(graph, pages)
    pages.table(
        "Training",
        ("optimizer", "variables", "ops", "numbers"),
        [_optimizer_row(optimizer) for optimizer in graph.optimizers],
        right=(1,),
    )
    pages.table(
        "Losses",
        ("tensor", "shape", "found by"),
        [(loss.tensor, shape_text(loss.shape), loss.found) for loss in graph.losses],
    )
    _render_scopes(graph, pages, full)
    pages.table("Operations", ("op", "count"), [(op, str(count)) for op, count in graph.ops.items()], right=(1,))
    pages.table(
        "Not in today's TensorFlow",
        ("op", "count", "was in"),
        [(gone.op, str(gone.count), gone.library) for gone in graph.gone],
        right=(1,),
    )
    _render_contents(graph, pages)


def _headline(graph: MetaGraphSummary) -> str:
    parts = [f"tags {', '.join(graph.tags)}"] if graph.tags else []
    parts += [f"written by TensorFlow {graph.tensorflow}"] if graph.tensorflow else []
    parts += [f"GraphDef version {graph.producer}", f"{graph.scopes[0].operations} operations"]
    parts += [f"{_count_text(graph.scopes[0].parameters)} parameters"]
    return ", ".join(parts)


def _tensor_rows(tensors: Iterable[TensorInfo]) -> list[Row]:
    return [(info.name, shape_text(info.shape), info.dtype) for info in tensors]


def _role(variable: Variable) -> str:
    if variable.optimizer:
        return f"{variable.slot} of {variable.optimizer}" + (f" for {variable.slot_of}" if variable.slot_of else "")
    if variable.kind == "frozen":
        return "frozen"
    return {True: "trainable", False: "", None: "?"}[variable.trainable]


def _render_variables(graph: MetaGraphSummary, pages: _Pages) -> None:
    rows = [
        (
            variable.name,
            shape_text(variable.shape),
            variable.dtype,
            _count_text(variable.elements),
            _count_text(variable.bytes, "B"),
            _role(variable),
        )
        for variable in sorted(graph.variables, key=lambda variable: not is_parameter(variable))
    ]
    heads = ("name", "shape", "dtype", "numbers", "bytes", "role")
    total = _count_text(sum(variable.bytes or 0 for variable in graph.variables), "B")
    pages.table(f"{len(rows)} variables, {total}", heads, rows, right=(3, 4))
    pages.table(
        "Partitioned",
        ("name", "shape", "dtype", "parts"),
        [(whole.name, shape_text(whole.shape), whole.dtype, str(len(whole.parts))) for whole in graph.partitioned],
        right=(3,),
    )


def _optimizer_row(optimizer: Optimizer) -> Row:
    ops = ", ".join(f"{count} {op}" for op, count in optimizer.ops.items())
    numbers = ", ".join(
        f"{name} {value:g}" if isinstance(value, float) else f"{name} {value}"
        for name, value in optimizer.numbers.items()
    )
    return optimizer.name, str(len(optimizer.variables)), ops, numbers


def _render_scopes(graph: MetaGraphSummary, pages: _Pages, full: bool) -> None:
    def row(scope: Scope) -> Row:
        name = scope.name.rpartition("/")[2] or "all"
        indented = "  " * scope.depth + name
        return indented, str(scope.operations), _count_text(scope.parameters), _count_text(scope.floats)

    shown = [
        scope
        for scope in graph.scopes
        if full or (scope.depth <= _DEEPEST_SHOWN and (scope.parameters or scope.floats or not scope.depth))
    ]
    pages.table(
        "Name scopes", ("scope", "operations", "parameters", "FLOPs"), [row(scope) for scope in shown], right=(1, 2, 3)
    )
    pages.line("FLOPs as TensorFlow 1.15's profiler counts them: every operation once, in loops too")
    if graph.batch is not None:
        pages.line(f"with {graph.batch} for the batch size that the graph leaves open")
    if graph.uncounted:
        remedy = "" if graph.batch is not None else "; a batch size gives them"
        pages.line(f"not counted, as their sizes are not known: {len(graph.uncounted)} operations{remedy}")
    if graph.functions:
        pages.line("operations in functions are not counted")


def _render_contents(graph: MetaGraphSummary, pages: _Pages) -> None:
    pages.table(
        "Functions",
        ("name", "operations"),
        [(function.name, str(function.operations)) for function in graph.functions],
        right=(1,),
    )
    pages.table(
        "Savers",
        ("format", "file name", "save", "restore"),
        [(saver.format, saver.filename, saver.save, saver.restore) for saver in graph.savers],
    )
    pages.table(
        "Tables",
        ("name", "op", "keys", "values"),
        [(table.name, table.op, table.keys, table.values) for table in graph.tables],
    )
    pages.table("Pipelines", ("name", "op"), [(pipeline.name, pipeline.op) for pipeline in graph.pipelines])
    pages.table("Assets", ("file", "tensor"), [(asset.file, asset.tensor) for asset in graph.assets])
    pages.table(
        "Collections", ("name", "entries"), [(name, str(size)) for name, size in graph.collections.items()], right=(1,)
    )


def render_difference(difference: FileDifference, console: Any, full: bool = False) -> None:
    """Prints what differs between two graph files.

    Args:
        difference: what differs.
        console: a rich console.
        full: whether long lists are printed to their ends.
    """
    pages = _Pages(console, full)
    if difference.is_empty:
        pages.line("the graphs are equal")
    for tags in difference.only_first:
        pages.line(f"only the first file has a graph with the tags {tags}")
    for tags in difference.only_second:
        pages.line(f"only the second file has a graph with the tags {tags}")
    for tags, graph in zip(difference.tags, difference.graphs, strict=True):
        if tags and not graph.is_empty:
            pages.line(f"tags {tags}")
        _render_graph_difference(graph, pages)


def _render_graph_difference(graph: GraphDifference, pages: _Pages) -> None:
    def one_sided(which: str, nodes: Sequence[OneSided]) -> None:
        pages.table(
            f"{len(nodes)} operations only in the {which}", ("name", "op"), [(node.name, node.op) for node in nodes]
        )

    def changed(title: str, changes: Sequence[Change]) -> None:
        rows = [(f"{change.name} {change.what}".strip(), change.first, change.second) for change in changes]
        pages.table(f"{len(rows)} {title}", ("", "first", "second"), rows)

    one_sided("first", graph.only_first)
    one_sided("second", graph.only_second)
    changed("operations of another type", graph.ops)
    changed("other attributes", graph.attributes)
    changed("other inputs", graph.inputs)
    changed("other variables", graph.variables)
    changed("other tensors of signatures", graph.signatures)
    changed("other functions", graph.functions)
