"""Tables keep all of their cells, however narrow the output is."""

from __future__ import annotations

import io

import pytest
from rich.console import Console
from rich.table import Table

from tf1graphs.inspect.printing import print_table

CELLS = ["a/long/name/of/a/tensor", "123456 at 9999", "[128, 256] in 2 slices"]


def printed(is_terminal: bool, width: int) -> str:
    out = io.StringIO()
    console = Console(file=out, width=width, force_terminal=is_terminal, color_system=None)
    table = Table(box=None, pad_edge=False)
    for heading in ("name", "values", "shape"):
        table.add_column(heading, overflow="fold")
    table.add_row(*CELLS)
    print_table(console, table)
    assert console.width == width
    return out.getvalue()


@pytest.mark.parametrize("width", [20, 200])
def test_a_row_is_one_line_in_a_file(width):
    lines = printed(False, width).splitlines()
    assert len(lines) == 2 and all(cell in lines[1] for cell in CELLS)


def test_cells_are_broken_into_lines_in_a_narrow_terminal():
    lines = printed(True, 40).splitlines()
    assert len(lines) > 2 and all(len(line) <= 40 for line in lines)
    letters = sorted("".join(lines[1:]).replace(" ", ""))
    assert letters == sorted("".join(CELLS).replace(" ", ""))
