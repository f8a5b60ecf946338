"""cuDNN's opaque parameters, against what TensorFlow 1.15 makes of its canonical ones."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tf1graphs.convert.carrying import carrier
from tf1graphs.convert.errors import CouldNotConvert

RECORDED = Path(__file__).parents[2] / "fixtures" / "tf115" / "convert_keras" / "cudnn.npz"
UNITS, INPUTS = 4, 3
CASES = {
    f"{cell}{suffix}": {"cell": cell, "inputs": INPUTS, "units": UNITS, "layers": layers, "directions": directions}
    for cell in ("lstm", "gru", "rnn")
    for suffix, layers, directions in (("", 1, 1), ("_of_two_layers", 2, 1), ("_in_both_directions", 2, 2))
}


def recorded(case: str, part: str) -> list[np.ndarray]:
    with np.load(RECORDED) as arrays:
        return [arrays[name] for name in sorted(arrays.files) if name.startswith(f"{case}|{part}|")]


def opaque(case: str) -> np.ndarray:
    """Weights of all layers, then biases."""
    return np.concatenate([array.ravel() for array in recorded(case, "weights") + recorded(case, "biases")])


def in_turn(case: str) -> list[np.ndarray]:
    """1.15 lists all weights, then all biases; a cell's variables are kernel and bias in turn."""
    pairs = zip(recorded(case, "cell_weights"), recorded(case, "cell_biases"), strict=True)
    return [array for pair in pairs for array in pair]


@pytest.mark.parametrize("case", CASES)
def test_the_cells_get_what_1_15_gives_them(case: str) -> None:
    made = carrier("cudnn_cells").forward([opaque(case)], **CASES[case])
    expected = in_turn(case)
    assert [array.tobytes() for array in made] == [array.tobytes() for array in expected]


@pytest.mark.parametrize("case", CASES)
def test_weights_come_back_from_the_cells_to_the_byte_and_biases_to_their_sum(case: str) -> None:
    settings, buffer = CASES[case], opaque(case)
    cells = carrier("cudnn_cells").forward([buffer], **settings)
    (back,) = carrier("cudnn_cells").backward(cells, **settings)
    weights = sum(array.size for array in recorded(case, "weights"))
    assert back[:weights].tobytes() == buffer[:weights].tobytes()
    again = carrier("cudnn_cells").forward([back], **settings)
    assert [array.tobytes() for array in again] == [array.tobytes() for array in cells]


@pytest.mark.parametrize("case", CASES)
def test_keras_gets_the_same_as_by_way_of_the_cells(case: str) -> None:
    settings = CASES[case]
    way, of_a_cell = {
        "lstm": (lambda each: carrier("lstm").forward(each, forget_bias=0.0), 2),
        "gru": (carrier("gru_reset_after").forward, 6),
        "rnn": (carrier("rnn").forward, 2),
    }[settings["cell"]]
    cells = carrier("cudnn_cells").forward([opaque(case)], **settings)
    expected = [array for start in range(0, len(cells), of_a_cell) for array in way(cells[start : start + of_a_cell])]
    made = carrier("cudnn_keras").forward([opaque(case)], **settings)
    for array, other in zip(made, expected, strict=True):
        summed = (array.sum(0), other.sum(0)) if array.ndim == 2 and array.shape[0] == 2 else (array, other)
        np.testing.assert_allclose(*summed, rtol=1e-6)


@pytest.mark.parametrize("case", CASES)
def test_they_come_back_from_keras(case: str) -> None:
    settings, buffer = CASES[case], opaque(case)
    made = carrier("cudnn_keras").forward([buffer], **settings)
    (back,) = carrier("cudnn_keras").backward(made, **settings)
    weights = sum(array.size for array in recorded(case, "weights"))
    assert back[:weights].tobytes() == buffer[:weights].tobytes()
    if settings["cell"] == "gru":
        assert back.tobytes() == buffer.tobytes()


@pytest.mark.parametrize("way", ["cudnn_cells", "cudnn_keras"])
def test_a_buffer_of_another_size_and_a_cell_that_cudnn_has_not_are_refused(way: str) -> None:
    with pytest.raises(CouldNotConvert, match="has 144 parameters"):
        carrier(way).forward([np.zeros(143, np.float32)], cell="lstm", inputs=3, units=4)
    with pytest.raises(CouldNotConvert, match='one of lstm, gru, rnn, not "lstmp"'):
        carrier(way).forward([np.zeros(144, np.float32)], cell="lstmp", inputs=3, units=4)
    with pytest.raises(CouldNotConvert, match="2 layers"):
        carrier(way).backward([np.zeros(3, np.float32)] * 3, cell="lstm", inputs=3, units=4, layers=2)
