"""A model goes on training in Keras 3 from the slots that 1.15.5's optimizers left, and they come back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import keras_models
import numpy as np
import pytest

from tf1graphs.convert.carrying.rows import Row
from tf1graphs.convert.keras.report import Report
from tf1graphs.convert.keras.weights import from_keras, to_keras

CASES = ("adam", "momentum", "nesterov", "rmsprop", "rmsprop_centered", "adagrad", "adadelta")


def optimizer(case: str) -> Any:
    from keras import optimizers

    makers = {
        "adam": lambda: optimizers.Adam(0.01, epsilon=1e-8),
        "momentum": lambda: optimizers.SGD(0.125, momentum=0.5),
        "nesterov": lambda: optimizers.SGD(0.125, momentum=0.5, nesterov=True),
        "rmsprop": lambda: optimizers.RMSprop(0.01, momentum=0.5, epsilon=1e-10),
        "rmsprop_centered": lambda: optimizers.RMSprop(0.01, momentum=0.5, centered=True, epsilon=1e-10),
        "adagrad": lambda: optimizers.Adagrad(0.1, epsilon=0.0),
        "adadelta": lambda: optimizers.Adadelta(0.5, rho=0.9, epsilon=1e-6),
        "sgd_schedule": lambda: optimizers.SGD(optimizers.schedules.ExponentialDecay(0.1, 10, 0.9), momentum=0.5),
    }
    return makers[case]()


def model(case: str) -> Any:
    import keras

    keras.backend.clear_session()
    layers = [keras.Input((6,)), keras.layers.Dense(4, "tanh"), keras.layers.Dense(2)]
    made = keras.Sequential(layers)
    made.compile(optimizer(case), "mse")
    return made


def convert(case: str, compiled: str = "") -> tuple[Report, dict[str, np.ndarray], dict[str, np.ndarray]]:
    """The report, what comes back, and the model's weights after two more steps."""
    given = keras_models.recorded("optimizers", case)
    made, report = to_keras(keras_models.Arrays(given.variables), model(compiled or case))
    back = dict(from_keras(made, report.rows))
    for _ in range(2):
        made.train_on_batch(given.inputs, np.ones((3, 2), np.float32))
    return report, back, {weight.path: np.asarray(weight) for weight in made.weights}


@pytest.mark.parametrize("case", CASES)
def test_two_more_steps_give_what_1_15_gave(in_keras: Callable[..., Any], case: str) -> None:
    given = keras_models.recorded("optimizers", case)
    report, back, after = in_keras(convert, case)
    left = {"global_step"} if case == "adam" else set()
    assert set(report.unmatched_sources) == left
    assert not report.unmatched_targets and not report.assumptions
    for path, weight in after.items():
        np.testing.assert_allclose(weight, given.outputs[path.removeprefix("sequential/")], rtol=1e-5, atol=1e-6)
    assert {name: array.tobytes() for name, array in back.items()} == {
        name: array.tobytes() for name, array in given.variables.items() if name not in left
    }


def test_a_learning_rate_that_changes_leaves_momentum_and_says_so(in_keras: Callable[..., Any]) -> None:
    report, _, _ = in_keras(convert, "momentum", "sgd_schedule")
    assert "which a schedule gives" in report.unmatched_sources["dense/kernel/Momentum"]
    assert any(path.endswith("/sequential_dense_kernel_momentum") for path in report.unmatched_targets)


def test_slots_of_another_optimizer_and_its_count_of_steps_stay_where_they_are(in_keras: Callable[..., Any]) -> None:
    report, _, _ = in_keras(convert, "momentum", "adam")
    assert {"dense/kernel/Momentum", "global_step"} <= set(report.unmatched_sources)
    assert report.unmatched_targets == {}
    assert report.assumptions == ["the optimizer starts anew"]
    assert all(row.carry == "as_it_is" for row in report.rows)


def test_rows_of_slots_stand_in_the_map_as_others_do(in_keras: Callable[..., Any]) -> None:
    report, _, _ = in_keras(convert, "momentum")
    slot = next(row for row in report.rows if row.carry == "scaled")
    assert slot == Row(slot.sources, slot.targets, "scaled", {"factor": -0.125})
