"""Map files are written to be read, and refused where they are no maps."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tf1graphs.convert import maps
from tf1graphs.convert.carrying.rows import Row
from tf1graphs.convert.errors import CouldNotConvert

ROWS = [
    Row(("dense/kernel",), ("dense/kernel",)),
    Row(("rnn/kernel", "rnn/bias"), ("l/kernel", "l/recurrent_kernel", "l/bias"), "lstm", {"forget_bias": 1.0}),
]


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    text = maps.text(maps.Map(ROWS, {"step": "", "w/Adam": "a slot"}, {"dense/bias": "nothing has its shape"}))
    (tmp_path / "map.json").write_text(text)
    assert maps.read(tmp_path / "map.json") == ROWS
    content = json.loads(text)
    assert content["unmatched_sources"] == {"step": "", "w/Adam": "a slot"}
    assert content["unmatched_targets"] == {"dense/bias": "nothing has its shape"}


def test_each_row_has_a_line_of_its_own() -> None:
    lines = maps.text(maps.Map(ROWS)).splitlines()
    assert sum('"sources"' in line for line in lines) == len(ROWS)


def test_no_rows_are_a_map_too(tmp_path: Path) -> None:
    (tmp_path / "map.json").write_text(maps.text(maps.Map([])))
    assert maps.read(tmp_path / "map.json") == []


REFUSED = {
    "No such file": None,
    "no JSON": "{",
    "a map has the keys rows, unmatched_sources, unmatched_targets": "[]",
    "of which rows is needed": "{}",
    "row 1 of the map needs sources, targets, carry": '{"rows": [{"sources": []}]}',
    'no way to carry tensors is called "magic"': '{"rows": [{"sources": [], "targets": [], "carry": "magic"}]}',
}


@pytest.mark.parametrize("problem", REFUSED)
def test_refusals_name_the_file(problem: str, tmp_path: Path) -> None:
    content = REFUSED[problem]
    if content is not None:
        (tmp_path / "map.json").write_text(content)
    with pytest.raises(CouldNotConvert, match=problem) as caught:
        maps.read(tmp_path / "map.json")
    assert str(caught.value).startswith(str(tmp_path / "map.json"))
