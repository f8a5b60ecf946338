"""Which tensors are carried over, and under which names."""

from __future__ import annotations

from pathlib import Path

import pytest

from tf1graphs.convert.checkpoints.choice import Choice, checked, rows_of
from tf1graphs.convert.errors import CouldNotConvert
from tf1graphs.inspect.reading.checkpoints import open_checkpoint

OPTIMIZERS = Path(__file__).parents[2] / "fixtures" / "tf115" / "checkpoints" / "optimizers"
WEIGHTS = [f"{name}/weights" for name in ("adadelta", "adam", "ftrl", "momentum", "rmsprop")]
CASES = {
    "all": (Choice(), 22, None),
    "without slots": (Choice(without_slots=True), 6, sorted(["global_step", *WEIGHTS])),
    "only": (Choice(only=["^adam/", "step$"], without_slots=True), 2, ["adam/weights", "global_step"]),
    "without": (Choice(only=["weights$"], without=["^a"]), 3, WEIGHTS[2:]),
    "renamed": (
        Choice(only=["weights$"], renames=[("^ada(m|delta)/", r"\1/"), ("weights", "kernel")], without=["f|p|mo"]),
        2,
        ["delta/kernel", "m/kernel"],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_rows(case: str) -> None:
    choice, count, names = CASES[case]
    rows = rows_of(open_checkpoint(OPTIMIZERS), choice)
    targets = [row.targets[0] for row in rows]
    assert len(rows) == count
    assert targets == sorted(targets)
    assert names in (None, targets)


def test_bookkeeping_of_objects_is_left_out() -> None:
    rows = rows_of(open_checkpoint(OPTIMIZERS.parent / "objects"), Choice())
    assert not any(row.sources[0].startswith(("_CHECKPOINTABLE", "save_counter")) for row in rows)


@pytest.mark.parametrize(
    ("choice", "problem"),
    [
        (Choice(only=["nothing"]), "nothing is left of its 22 tensors"),
        (Choice(renames=[("^[a-z]*/", "")]), "would both be called"),
    ],
)
def test_refusals(choice: Choice, problem: str) -> None:
    with pytest.raises(CouldNotConvert, match=problem):
        rows_of(open_checkpoint(OPTIMIZERS), choice)


@pytest.mark.parametrize("choice", [Choice(only=["("]), Choice(without=["*"]), Choice(renames=[("a", r"\1")])])
def test_patterns_are_checked(choice: Choice) -> None:
    with pytest.raises(CouldNotConvert, match="no regular expression: "):
        checked(choice)
