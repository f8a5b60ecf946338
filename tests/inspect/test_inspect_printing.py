"""Tables that fit a terminal, and files of lines."""

from __future__ import annotations

import io

from tf1graphs.inspect.printing import print_table, say, say_hidden

HEADINGS = ("name", "shape", "elements")
ROWS = [(f"scope/{'long' * 20}/w_{number}", "[3, [red]]", f"{number}") for number in range(50)]


def printed(call, *arguments: object, terminal: bool = False) -> str:
    from rich.console import Console

    out = io.StringIO()
    call(Console(file=out, width=40, force_terminal=terminal, color_system=None), *arguments)
    return out.getvalue()


def test_each_row_is_a_line_where_nobody_looks() -> None:
    lines = printed(print_table, HEADINGS, ROWS, {"elements"}).splitlines()
    assert len(lines) == 1 + 40 + 1
    assert lines[1].split()[0] == ROWS[0][0]
    assert lines[1].endswith("[3, [red]]         0")
    assert lines[-1] == "... and 10 more; --json has all"


def test_a_terminal_breaks_cells_and_loses_nothing() -> None:
    text = printed(print_table, HEADINGS, ROWS[:2], (), terminal=True)
    assert max(map(len, text.splitlines())) <= 40
    assert text.count("long") > 20


def test_hostile_names_cannot_speak_to_the_terminal() -> None:
    assert "\x1b" not in printed(say, "\x1b[31mname")
    assert "\x1b" not in printed(print_table, ("name",), [("\x1b]0;title\x07",)])


def test_brackets_are_no_markup() -> None:
    assert printed(say, "[bold] 5") == "[bold] 5\n"


def test_nothing_is_said_of_nothing_hidden() -> None:
    assert printed(say_hidden, 5, 5) == ""
    assert printed(say_hidden, 1006, 5) == "... and 1,001 more; --json has all\n"
