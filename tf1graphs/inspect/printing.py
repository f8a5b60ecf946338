"""Lines and tables on a rich console. What is long is cut, and says so."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from rich.markup import escape

# So wide is no table.
_WIDEST = 10_000


def printable(text: str) -> str:
    """The text, without what a name in a hostile file could do to a terminal."""
    return text if text.isprintable() else text.encode("unicode_escape").decode("ascii")


def say(console: Any, line: str, style: str = "") -> None:
    """Prints a line as it is, whatever brackets and numbers it holds."""
    console.print(printable(line), style=style, markup=False, highlight=False, soft_wrap=True)


def say_hidden(console: Any, count: int, shown: int) -> None:
    """Says how many of ``count`` are not shown, if any."""
    if count > shown:
        say(console, f"... and {count - shown:,} more; --json has all")


def print_table(
    console: Any,
    headings: Sequence[str],
    rows: Sequence[Sequence[str]],
    numbers: Collection[str] = (),
    most: int = 40,
    styles: Sequence[str] = (),
) -> None:
    """Prints rows below headings.

    Args:
        console: where to. In a terminal cells that do not fit are broken into lines; elsewhere the table is as wide as
            it is, so that each row stays a line.
        headings: of the columns.
        rows: the cells, as plain text.
        numbers: the headings that stand above numbers.
        most: so many rows are printed, and how many there are beyond.
        styles: of each row, if they have some.
    """
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    for heading in headings:
        table.add_column(heading, justify="right" if heading in numbers else "left", overflow="fold")
    for place, row in enumerate(rows[:most]):
        table.add_row(*(escape(printable(cell)) for cell in row), style=styles[place] if styles else "")
    _print(console, table)
    say_hidden(console, len(rows), most)


def _print(console: Any, table: Any) -> None:
    from rich.measure import Measurement

    if console.is_terminal:
        console.print(table)
        return
    width = console.width
    natural = Measurement.get(console, console.options.update(max_width=_WIDEST), table).maximum
    try:
        console.width = max(width, natural)
        console.print(table)
    finally:
        console.width = width
