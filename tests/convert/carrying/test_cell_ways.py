"""Cells' tensors become Keras's and come back; ``tests/convert/keras`` compares what the layers then compute."""

from __future__ import annotations

import numpy as np
import pytest

from tf1graphs.convert.carrying import carrier, names
from tf1graphs.convert.errors import CouldNotConvert

INPUTS, UNITS = 3, 4


def arrays(*shapes: tuple[int, ...]) -> list[np.ndarray]:
    random = np.random.default_rng(5)
    return [random.normal(size=shape).astype(np.float32) for shape in shapes]


LSTM = ((INPUTS + UNITS, 4 * UNITS), (4 * UNITS,))
GRU = ((INPUTS + UNITS, 2 * UNITS), (2 * UNITS,), (INPUTS + UNITS, UNITS), (UNITS,))
GRU_RESET_AFTER = (*GRU[:2], (INPUTS, UNITS), (UNITS,), (UNITS, UNITS), (UNITS,))
RNN = ((INPUTS + UNITS, UNITS), (UNITS,))
EXACT = {
    "as_it_is": (((2, 3), (4,)), {}),
    "transposed": (((2, 3),), {}),
    "scaled": (((2, 3),), {"factor": -0.125}),
    "lstm": (LSTM, {"forget_bias": 0.0}),
    "gru": (GRU, {}),
    "gru_reset_after": (GRU_RESET_AFTER, {}),
    "rnn": (RNN, {}),
}


@pytest.mark.parametrize("name", EXACT)
def test_tensors_come_back_to_the_byte(name: str) -> None:
    shapes, settings = EXACT[name]
    sources = arrays(*shapes)
    back = carrier(name).backward(carrier(name).forward(sources, **settings), **settings)
    assert [array.tobytes() for array in back] == [array.tobytes() for array in sources]


def test_the_gates_of_an_lstm_change_places_and_the_forget_gate_gets_its_bias() -> None:
    kernel = np.repeat(np.arange(4, dtype=np.float32), UNITS)[None].repeat(INPUTS + UNITS, 0)
    inputs, state, bias = carrier("lstm").forward([kernel, kernel[0]], forget_bias=1.0)
    gates = np.repeat(np.float32([0, 2, 1, 3]), UNITS)
    assert inputs.tolist() == [gates.tolist()] * INPUTS
    assert state.tolist() == [gates.tolist()] * UNITS
    assert bias.tolist() == np.repeat([0, 3, 1, 3], UNITS).tolist()


def test_a_forget_bias_that_was_added_is_taken_away_again_within_a_rounding() -> None:
    sources = arrays(*LSTM)
    forward = carrier("lstm").forward(sources, forget_bias=1.0)
    kernel, bias = carrier("lstm").backward(forward, forget_bias=1.0)
    assert kernel.tobytes() == sources[0].tobytes()
    np.testing.assert_allclose(bias, sources[1], rtol=0, atol=2.0**-23)


def test_axes_are_put_in_any_order() -> None:
    (source,) = arrays((2, 3, 4))
    (target,) = carrier("transposed").forward([source], axes=[2, 0, 1])
    assert target.shape == (4, 2, 3)
    assert carrier("transposed").backward([target], axes=[2, 0, 1])[0].tobytes() == source.tobytes()


def test_a_constant_has_no_source() -> None:
    (gamma,) = carrier("constant").forward([], value=1.0, shape=[3])
    assert gamma.tolist() == [1.0, 1.0, 1.0]
    assert carrier("constant").backward([gamma], value=1.0, shape=[3]) == []
    with pytest.raises(CouldNotConvert, match="no longer 1.0"):
        carrier("constant").backward([gamma * 2], value=1.0, shape=[3])


@pytest.mark.parametrize("steps", [0, 1, 500, 20_000])
def test_powers_of_betas_tell_the_steps_and_come_back(steps: int) -> None:
    settings = {"beta1": 0.9, "beta2": 0.999}
    powers = carrier("iterations").backward([np.array(steps)], **settings)
    assert powers[1].dtype == np.float32
    assert carrier("iterations").forward(powers, **settings)[0] == steps


@pytest.mark.parametrize(
    ("powers", "problem"),
    [((0.9, 0.99), "0.99.* does not tell"), ((0.9, 0.0), "global_step"), ((0.5, 0.999), "beta1_power is")],
)
def test_powers_of_other_betas_and_powers_that_are_gone_are_refused(powers: tuple[float, float], problem: str) -> None:
    with pytest.raises(CouldNotConvert, match=problem):
        carrier("iterations").forward([np.array(power, np.float32) for power in powers], beta1=0.9, beta2=0.999)


@pytest.mark.parametrize(
    ("name", "shapes", "settings"),
    [
        ("lstm", ((UNITS, 4 * UNITS), (4 * UNITS,)), {"forget_bias": 1.0}),
        ("lstm", LSTM[:1], {"forget_bias": 1.0}),
        ("lstm", LSTM, {}),
        ("gru", GRU[:2], {}),
        ("rnn", RNN, {"units": 4}),
        ("transposed", ((2, 3, 4),), {}),
    ],
    ids=["no rows for inputs", "no bias", "no forget bias", "no candidate", "unknown setting", "other rank"],
)
def test_what_does_not_fit_is_refused_in_one_line(
    name: str, shapes: tuple[tuple[int, ...], ...], settings: dict[str, float]
) -> None:
    with pytest.raises(CouldNotConvert, match=f"^{name} cannot carry tensors of the shapes .*$"):
        carrier(name).forward(arrays(*shapes), **settings)


def test_an_unknown_way_is_refused_with_those_that_there_are() -> None:
    with pytest.raises(CouldNotConvert, match='"lstn"; there are .*lstm'):
        carrier("lstn")
    assert {"as_it_is", "cudnn_keras", "lstm"} <= set(names())
