"""Tables whose cells are never cut off."""

from __future__ import annotations

from typing import Any

_WIDEST = 10_000


def print_table(console: Any, table: Any) -> None:
    """Prints a rich table, as wide as it is where the output goes to a file or another program.

    In a terminal cells that do not fit are broken into lines, if their columns have ``overflow="fold"``.
    """
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
