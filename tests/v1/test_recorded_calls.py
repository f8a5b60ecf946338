"""``tf.layers``, ``tf.nn.rnn_cell``, the RNN functions and ``tf.keras`` answer what TensorFlow 1.15 answered."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from calls import CALLS, answer

import tf1graphs.v1 as tf

ANSWERS: dict[str, dict[str, dict[str, Any]]] = json.loads(
    (Path(__file__).parents[1] / "fixtures" / "tf115" / "v1_calls.json").read_text()
)


@pytest.mark.parametrize("group, name", [(group, name) for group, calls in CALLS.items() for name in calls])
def test_call_answers_as_in_115(group, name):
    expected = ANSWERS[group][name]
    found = answer(tf, CALLS[group][name])
    numbers = {key: (expected.pop(key), found.pop(key)) for key in ("output", "regularization") if key in expected}
    assert found == expected
    for recorded, value in numbers.values():
        np.testing.assert_allclose(value, recorded, rtol=1e-5, atol=1e-6)
