"""Every part of the API that tf1graphs supplies answers what TensorFlow 1.15 answered."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from agreement import assert_same
from answers import answer
from calls import calls, groups
from other_op_counts import OTHER_OP_COUNTS

import tf1graphs.v1 as tf

FIXTURES = Path(__file__).parents[1] / "fixtures" / "tf115" / "calls"
CALLS = {(group, name): call for group in groups() for name, call in calls(group).items()}


def recorded(group: str, name: str) -> dict[str, Any]:
    answers: dict[str, dict[str, Any]] = json.loads((FIXTURES / f"{group}.json").read_text(encoding="utf-8"))
    return answers[name]


@pytest.mark.parametrize("group, name", CALLS)
def test_call_answers_as_in_115(group, name):
    found, expected = answer(tf, CALLS[group, name]), recorded(group, name)
    counts = OTHER_OP_COUNTS.get(group, {}).get(name)
    if counts:
        in_115, *here = counts
        assert expected.pop("ops") == in_115, "the first number in other_op_counts.py"
        assert found.pop("ops") in here, "the other numbers in other_op_counts.py"
    assert_same(found, expected)
