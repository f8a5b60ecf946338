"""Tables of event files."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from rich.console import Console

from tf1graphs.inspect.events.difference import compare
from tf1graphs.inspect.events.report import render, render_difference
from tf1graphs.inspect.events.sparkline import sparkline
from tf1graphs.inspect.events.summary import summarize
from tf1graphs.inspect.reading.protos import Event, Summary

LOGS = Path(__file__).parents[2] / "fixtures" / "tf115" / "inspect_events"


def printed(render_, content) -> str:
    out = io.StringIO()
    render_(content, Console(file=out, width=160))
    return out.getvalue()


@pytest.mark.parametrize(
    ("values", "line"),
    [
        ([], ""),
        ([1.0], "▁"),
        ([2.0, 2.0], "▁▁"),
        ([0.0, 1.0, 2.0], "▁▅█"),
        ([-1e308, 1e308], "▁█"),
        ([float(value) for value in range(48)], "▁▁▂▂▂▃▃▃▃▄▄▄▅▅▅▆▆▆▆▇▇▇██"),
    ],
)
def test_sparklines(values, line):
    assert sparkline(values) == line


def test_a_row_for_each_tag():
    text = printed(render, summarize(LOGS / "training"))
    loss = next(line for line in text.splitlines() if line.startswith("loss"))
    assert loss.split()[:6] == ["loss", "scalar", "12", "0", "to", "160"] and loss.split()[-1].startswith("█▄▃▂")
    for title in ("(graph)", "(meta graph)", "words", "step 50"):
        assert f"\n{title}" in text


def test_what_is_odd_is_said_in_a_line():
    text = printed(render, summarize(LOGS))
    assert "broken: 9 values are not a number" in text
    assert "tensor and 2 more: no steps between 90 and 150" in text
    assert "loss: the step went back from 7 to 4\n" in text
    assert "loss: TensorBoard drops 4 values, whose steps a restarted program wrote again" in text


def test_names_are_no_markup(write):
    value = Summary.Value(tag="[red]loss[/red]", simple_value=1.0)
    text = printed(render, summarize(write(Event(wall_time=1.0, summary=Summary(value=[value])))))
    assert "[red]loss[/red]" in text


def test_a_file_without_values(write):
    path = write()
    assert "it holds no values" in printed(render, summarize(path))
    path.write_bytes(path.read_bytes() + b"\0" * 5)
    assert "the last event is incomplete" in printed(render, summarize(path))


def test_a_difference():
    text = printed(render_difference, compare(LOGS / "contrib", LOGS / "restarted"))
    assert "only the first has histogram values" in text and text.endswith("different\n")
    assert printed(render_difference, compare(LOGS / "contrib", LOGS / "contrib")).endswith("no difference\n")


def test_a_narrow_terminal_keeps_the_tags_and_leaves_out_the_extremes():
    out = io.StringIO()
    render(summarize(LOGS / "training"), Console(file=out, width=80, force_terminal=True, color_system=None))
    lines = out.getvalue().partition("broken, loss")[0].splitlines()
    assert "smallest" not in lines[1] and all(len(line) <= 80 for line in lines)
    assert [line.split()[:3] for line in lines if line.startswith("loss ")] == [["loss", "scalar", "12"]]
