"""What became of the tensors, in tables."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from tf1graphs.convert.maps import Map
from tf1graphs.convert.tasks import Done

_MOST_LISTED = 40


def _named(names: tuple[str, ...]) -> str:
    return escape("\n".join(names))


def _render_rows(done: Done, console: Console) -> None:
    """The rows with the reason for each, as far as they go on a few pages."""
    table = Table("from", "to", "carried", "matched by", box=None, padding=(0, 2, 0, 0))
    for row, how in list(zip(done.found.rows, done.how, strict=True))[:_MOST_LISTED]:
        table.add_row(_named(row.sources), _named(row.targets), row.carry.replace("_", " "), how)
    console.print(table)
    if len(done.how) > _MOST_LISTED:
        console.print(f"and {len(done.how) - _MOST_LISTED} more, which --map FILE lists")


def _render_left(title: str, left: Mapping[str, str], console: Console) -> None:
    if not left:
        return
    console.print(f"{title}:")
    for name, reason in list(left.items())[:_MOST_LISTED]:
        console.print(f"  {escape(name)}{f': {escape(reason)}' if reason else ''}", highlight=False)
    if len(left) > _MOST_LISTED:
        console.print(f"  and {len(left) - _MOST_LISTED} more")


def render_unmatched(found: Map, console: Console) -> None:
    """What has no counterpart on either side."""
    _render_left("not used of the source", found.unmatched_sources, console)
    _render_left("without a tensor", found.unmatched_targets, console)


def render(done: Done, destination: Path, console: Console) -> None:
    """What was carried over, and what was not."""
    if done.how:
        _render_rows(done, console)
    for line in done.lines:
        console.print(escape(line), highlight=False)
    render_unmatched(done.found, console)
    count = len({name for row in done.found.rows for name in row.sources})
    carried = f"{count} tensor{'s' * (count != 1)} carried over" if count else "written, with no variables of its own"
    console.print(f"{escape(str(destination))}: {carried}", highlight=False)
