"""Static shapes are those of TensorFlow 1.15, and what is known of them keeps variables from hanging on tensors."""

from __future__ import annotations

import ast
import json
from pathlib import Path

import pytest

from tf1graphs.migrate.facts.interpreter import Interpreter
from tf1graphs.migrate.facts.shapes.sizes import Shape
from tf1graphs.migrate.facts.trace import Trace
from tf1graphs.migrate.facts.values import shape
from tf1graphs.migrate.source import Source

RECORDED = json.loads((Path(__file__).parents[1] / "fixtures" / "tf115" / "migrate_shapes.json").read_text())
# How many of the recorded sizes are known by reading, at least.
KNOWN = 0.9


def _read(lines: list[str]) -> Shape:
    """Returns what reading tells of the shape of ``y``."""
    interpreter = Interpreter(Source("\n".join(["import tensorflow as tf", *lines])), Trace())
    interpreter.program()
    last = interpreter.source.tree.body[-1]
    assert isinstance(last, ast.Assign)
    return shape(interpreter.facts.values[last.value])


@pytest.mark.parametrize("part", range(10))
def test_no_size_is_another_than_in_115(part: int) -> None:
    wrong = []
    for lines, sizes in RECORDED[part::10]:
        found = _read(lines)
        if found is None:
            continue
        right = len(found) == len(sizes or ()) and all(a in (..., b) for a, b in zip(found, sizes or (), strict=True))
        if sizes is None or not right:
            wrong.append((lines, found, sizes))
    assert wrong == []


def test_most_sizes_are_known() -> None:
    found = [(_read(lines), sizes) for lines, sizes in RECORDED if sizes]
    known = sum(size is not ... for read, _ in found for size in read or ())
    assert known / sum(len(sizes) for _, sizes in found) > KNOWN
