"""Which tensors become which variables: by name, by shape, by order, and never by a guess."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import keras_models
import numpy as np
import pytest

from tf1graphs.convert.carrying.rows import Row
from tf1graphs.convert.errors import CouldNotConvert
from tf1graphs.convert.keras.matching import match
from tf1graphs.convert.keras.report import Report
from tf1graphs.convert.keras.weights import load

Shapes = dict[str, tuple[int, ...]]


def dense(*names: str) -> Shapes:
    """Kernels ``[4, 4]`` and biases of layers of these names."""
    return {f"{name}/{part}": shape for name in names for part, shape in (("kernel", (4, 4)), ("bias", (4,)))}


def build(layers: Sequence[tuple[str, str, dict[str, Any]]]) -> Any:
    """A chain of layers: class, name and arguments."""
    import keras

    keras.backend.clear_session()
    x = y = keras.Input((6, 4))
    for kind, name, arguments in layers:
        y = getattr(keras.layers, kind)(name=name, **arguments)(y)
    return keras.Model(x, y)


def matched(
    shapes: Shapes,
    layers: Sequence[tuple[str, str, dict[str, Any]]],
    creation: Sequence[str] | None = None,
    rows: Sequence[Row] = (),
) -> Report:
    tensors = keras_models.Arrays({name: np.zeros(shape, np.float32) for name, shape in shapes.items()})
    model = build(layers)
    report = match(tensors, model, rows, creation)
    load(tensors, model, report.rows)
    return report


def pairs(report: Report) -> dict[str, tuple[str, str]]:
    return {match.row.targets[0]: (match.row.sources[0], match.how) for match in report.matches}


def layers_of(*names: str) -> list[tuple[str, str, dict[str, Any]]]:
    return [("Dense", name, {"units": 4}) for name in names]


Call = Callable[..., Any]


def test_names_come_first_whatever_the_order(in_keras: Call) -> None:
    report = in_keras(matched, dense("encoder", "decoder"), layers_of("decoder", "encoder"))
    assert pairs(report) == {
        "decoder/kernel": ("decoder/kernel", "name"),
        "encoder/kernel": ("encoder/kernel", "name"),
    }


def test_the_end_of_a_name_is_enough_if_no_other_has_it(in_keras: Call) -> None:
    report = in_keras(matched, dense("model/body/hidden", "model/body/out"), layers_of("hidden", "out"))
    assert {how for _, how in pairs(report).values()} == {"name"}


def test_an_end_that_two_have_is_no_name(in_keras: Call) -> None:
    report = in_keras(matched, dense("actor/out", "critic/out"), layers_of("out"))
    assert report.matches == []
    assert set(report.unmatched_targets) == {"out/kernel", "out/bias"}
    assert len(report.unmatched_sources) == 4


def test_numbers_that_keras_went_on_counting_are_no_names(in_keras: Call) -> None:
    """The layers of a second model in one process: dense_2 is its first."""
    report = in_keras(matched, dense("dense", "dense_1", "dense_2"), layers_of("dense_2", "dense_3", "dense_4"))
    assert pairs(report) == {
        "dense_2/kernel": ("dense/kernel", "order"),
        "dense_3/kernel": ("dense_1/kernel", "order"),
        "dense_4/kernel": ("dense_2/kernel", "order"),
    }


def test_numbers_are_counted_and_not_spelled(in_keras: Call) -> None:
    names = [f"dense_{number}" for number in range(1, 12)]
    report = in_keras(matched, dense(*names), layers_of(*(f"other_{number}" for number in range(20, 31))))
    assert pairs(report)["other_21/kernel"] == ("dense_2/kernel", "order")


def test_of_one_shape_and_other_names_nothing_is_guessed(in_keras: Call) -> None:
    report = in_keras(matched, dense("left", "right"), layers_of("first", "second"))
    assert report.matches == []
    assert len(report.unmatched_sources) == len(report.unmatched_targets) == 4


def test_the_order_of_creation_tells_them_apart(in_keras: Call) -> None:
    creation = ["right/kernel", "right/bias", "left/kernel", "left/bias"]
    report = in_keras(matched, dense("left", "right"), layers_of("first", "second"), creation)
    assert pairs(report) == {
        "first/kernel": ("right/kernel", "order"),
        "second/kernel": ("left/kernel", "order"),
    }


def test_more_tensors_than_places_of_a_shape_are_not_put_in_order(in_keras: Call) -> None:
    report = in_keras(matched, dense("dense", "dense_1", "dense_2"), layers_of("first", "second"))
    assert report.matches == []


def test_a_shape_that_is_there_once_is_enough(in_keras: Call) -> None:
    shapes = {"a/w": (4, 5), "a/b": (5,), **dense("b")}
    report = in_keras(matched, shapes, [("Dense", "x", {"units": 5}), ("Dense", "y", {"units": 2})])
    assert pairs(report) == {"x/kernel": ("a/w", "shape")}
    assert set(report.unmatched_targets) == {"y/kernel", "y/bias"}


def test_variables_of_any_name_are_matched_one_by_one(in_keras: Call) -> None:
    shapes = {"W1": (4, 5), "b1": (5,), "W2": (5, 2), "Variable_7": (2,)}
    report = in_keras(matched, shapes, [("Dense", "x", {"units": 5}), ("Dense", "y", {"units": 2})])
    assert {path: source for path, (source, _) in pairs(report).items()} == {
        "x/kernel": "W1",
        "x/bias": "b1",
        "y/kernel": "W2",
        "y/bias": "Variable_7",
    }


def test_a_variable_whose_name_says_something_else_is_not_taken(in_keras: Call) -> None:
    report = in_keras(matched, {"layer/kernel": (4, 4), "layer/gamma": (4,)}, layers_of("x"))
    assert pairs(report) == {"x/kernel": ("layer/kernel", "shape")}
    assert set(report.unmatched_sources) == {"layer/gamma"}


def test_a_cell_and_a_layer_of_its_shape_are_not_told_apart(in_keras: Call) -> None:
    """[4 + 4, 4] is the kernel of a BasicRNNCell, and of a dense layer of 8 inputs."""
    shapes = {f"{name}/{part}": shape for name in "ab" for part, shape in (("kernel", (8, 4)), ("bias", (4,)))}
    layers = [
        ("SimpleRNN", "r", {"units": 4, "return_sequences": True}),
        ("Dense", "wide", {"units": 8, "use_bias": False}),
        ("Dense", "d", {"units": 4}),
    ]
    report = in_keras(matched, shapes, layers)
    assert report.matches == []


def test_slots_are_no_layers(in_keras: Call) -> None:
    shapes = {**dense("x"), "x/kernel/Adam": (4, 4), "x/kernel/Adam_1": (4, 4), "train/x/bias/Momentum": (4,)}
    report = in_keras(matched, shapes, layers_of("one"))
    assert len(report.matches) == 1
    assert set(report.unmatched_sources) == {"x/kernel/Adam", "x/kernel/Adam_1", "train/x/bias/Momentum"}


def test_a_map_stands_and_the_rest_is_matched(in_keras: Call) -> None:
    rows = [Row(("b/kernel",), ("first/kernel",)), Row(("b/bias",), ("first/bias",))]
    report = in_keras(matched, dense("a", "b"), layers_of("first", "second"), None, rows)
    assert pairs(report) == {
        "first/kernel": ("b/kernel", "map"),
        "first/bias": ("b/bias", "map"),
        "second/kernel": ("a/kernel", "shape"),
    }


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (Row(("c",), ("first/kernel",)), "c is not among the tensors"),
        (Row(("a/kernel",), ("third/kernel",)), "the map names third/kernel, which the model has not"),
        (Row(("a/kernel",), ("first/bias",)), r"first/bias has the shape \[4\], what a/kernel gives .* has \[4, 4\]"),
    ],
)
def test_a_map_that_does_not_fit_is_refused(in_keras: Call, row: Row, problem: str) -> None:
    with pytest.raises(CouldNotConvert, match=problem):
        in_keras(matched, dense("a"), layers_of("first"), None, [row])


def test_a_variable_below_the_name_of_another_is_no_slot_of_it(in_keras: Call) -> None:
    shapes = {"table": (9, 9), "words/table/kernel": (4, 5), "words/table/bias": (5,)}
    report = in_keras(matched, shapes, [("Dense", "table", {"units": 5})])
    assert pairs(report) == {"table/kernel": ("words/table/kernel", "name")}
