"""Event files, and the difference of two, in tables."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from tf1graphs.inspect.events.difference import EventsDifference, RunDifference
from tf1graphs.inspect.events.sparkline import sparkline
from tf1graphs.inspect.events.summary import EventsSummary, RunSummary, Tag
from tf1graphs.inspect.printing import print_table, say

_TEXTS = {"tag", "kind", "curve"}
_COLUMNS = ("tag", "kind", "values", "steps", "first", "last", "smallest", "largest", "curve")
# What a narrow terminal leaves out; the curve shows the extremes too.
_WIDE_COLUMNS = {"smallest", "largest"}
_WIDE_FROM = 120
_CURVE_WIDTH = 12
_GAPS_AT_MOST = 3
_TAGS_AT_MOST = 5
_ROWS_AT_MOST = 40


def _steps(tag: Tag) -> str:
    steps = tag.steps
    if steps.count == 1:
        return f"{steps.first}"
    by = f" by {steps.interval}" if steps.interval and steps.count > 2 else ""
    return f"{steps.first} to {steps.last}{by}"


def _values(tag: Tag) -> tuple[str, ...]:
    scalars = tag.scalars
    if scalars is None:
        return ("",) * 5
    extremes = [f"{point.value:.5g} at {point.step}" if point else "" for point in (scalars.minimum, scalars.maximum)]
    curve = sparkline([point.value for point in scalars.curve], _CURVE_WIDTH)
    return f"{scalars.first.value:.5g}", f"{scalars.last.value:.5g}", *extremes, curve


def _notes(tag: Tag) -> Iterator[str]:
    """Yields what is odd about the steps and values of a tag."""
    steps, scalars = tag.steps, tag.scalars
    for gap in steps.gaps[:_GAPS_AT_MOST]:
        more = f", and {gap.times - 1} more as wide" if gap.times > 1 else ""
        yield f"no steps between {gap.after} and {gap.before}{more}"
    if len(steps.gaps) > _GAPS_AT_MOST:
        yield f"gaps of {len(steps.gaps) - _GAPS_AT_MOST} smaller widths"
    if steps.restart_count:
        first, times = steps.restarts[0], steps.restart_count
        yield f"the step went back from {first.from_step} to {first.to_step}" + f", and {times - 1} times more" * (
            times > 1
        )
    if steps.purged:
        yield f"TensorBoard drops {steps.purged} values, whose steps a restarted program wrote again"
    if scalars and scalars.nans:
        yield f"{scalars.nans} values are not a number"
    if scalars and scalars.infinities:
        yield f"{scalars.infinities} values are infinite"


def _title(tag: Tag) -> str:
    return tag.name or f"({tag.kind})"


def _remarks(run: RunSummary) -> Iterator[str]:
    """Yields the notes, one line for all tags that share one."""
    tags_of = defaultdict(list)
    for tag in run.tags:
        for note in _notes(tag):
            tags_of[note].append(_title(tag))
    for note, names in tags_of.items():
        more = f" and {len(names) - _TAGS_AT_MOST} more" if len(names) > _TAGS_AT_MOST else ""
        yield f"{', '.join(names[:_TAGS_AT_MOST])}{more}: {note}"
    for file in run.files:
        if file.is_cut:
            yield f"{file.path}: the last event is incomplete; the file is still written, or its program was stopped"


def _render_run(run: RunSummary, console: Any) -> None:
    from rich.filesize import decimal

    size = decimal(sum(file.size for file in run.files))
    files = "1 file" if len(run.files) == 1 else f"{len(run.files)} files"
    say(console, f"run {run.name}: {files}, {size}", "bold")
    is_narrow = console.is_terminal and console.width < _WIDE_FROM
    columns = [column for column in _COLUMNS if not (is_narrow and column in _WIDE_COLUMNS)]
    rows = []
    for tag in run.tags:
        cells = (_title(tag), tag.kind, f"{tag.steps.count}", _steps(tag), *_values(tag))
        by_column = dict(zip(_COLUMNS, cells, strict=True))
        rows.append([by_column[column] for column in columns])
    if rows:
        print_table(console, columns, rows, set(columns) - _TEXTS, _ROWS_AT_MOST)
    else:
        say(console, "it holds no values")
    for remark in _remarks(run):
        say(console, remark, "yellow")


def render(summary: EventsSummary, console: Any) -> None:
    """Prints what event files hold to a rich console, run by run."""
    for place, run in enumerate(summary.runs):
        if place:
            console.print()
        _render_run(run, console)


def _render_run_difference(run: RunDifference, console: Any) -> None:

    say(console, f"run {run.name}", "bold")
    for which, tags in (("first", run.only_first), ("second", run.only_second)):
        for kind, name in tags:
            title = f"{kind} {name}".strip()
            say(console, f"only the {which} has {title}", "red")
    scalars = sorted(run.scalars, key=lambda scalar: (not scalar.is_different, scalar.parted is None, scalar.name))
    if not scalars:
        say(console, "no scalar is in both")
        return
    numbers = ("compared", "missing in first", "in second", "parted at", "largest difference", "relative")
    rows = [
        (
            scalar.name,
            f"{scalar.compared}",
            f"{scalar.missing_first}",
            f"{scalar.missing_second}",
            "never" if scalar.parted is None else f"step {scalar.parted}",
            "" if scalar.largest_step is None else f"{scalar.largest:.3g} at {scalar.largest_step}",
            f"{scalar.relative:.3g}",
        )
        for scalar in scalars
    ]
    styles = ["red" if scalar.is_different else "" for scalar in scalars]
    print_table(console, ("scalar", *numbers), rows, numbers, _ROWS_AT_MOST, styles)


def render_difference(difference: EventsDifference, console: Any) -> None:
    """Prints where two log directories or event files differ to a rich console."""
    for which, names in (("first", difference.only_first), ("second", difference.only_second)):
        for name in names:
            say(console, f"only the {which} has the run {name}", "red")
    for run in difference.runs:
        _render_run_difference(run, console)
    say(console, "different" if difference.is_different else "no difference", "bold")
