"""Both versions print the input, W, b and what they compute of them."""

from __future__ import annotations

import re

import numpy as np
import pytest

NAME = "02_placeholders_and_variables"
INPUTS = {
    "tf1": 'Tensor("X:0", shape=(?, 3), dtype=float32)',
    "tf2": "TensorSpec(shape=(None, 3), dtype=tf.float32, name='X')",
}
TITLE = re.compile(r"^=== (.*) ===$", re.MULTILINE)


@pytest.mark.parametrize("version", INPUTS)
def test_script_prints_what_it_computed(version, pair_of):
    first, *parts = TITLE.split(getattr(pair_of(NAME), version).recorded.out)
    assert first.strip() == INPUTS[version]
    assert parts[::2] == ["x_data", "W", "b", "expr"]


@pytest.mark.parametrize("version", INPUTS)
def test_column_b_is_added_to_each_column(version, pair_of):
    printed = TITLE.split(getattr(pair_of(NAME), version).recorded.out)
    x, W, b, expr = (
        np.array([row.split() for row in re.sub(r"[][,]", " ", part).strip().splitlines()], float)
        for part in printed[2::2]
    )
    x = x.reshape(2, 3)
    np.testing.assert_allclose(expr, x @ W + np.hstack([b, b]), rtol=1e-5)
