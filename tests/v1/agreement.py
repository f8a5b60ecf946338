"""When an answer of tf1graphs is that of TensorFlow 1.15."""

from __future__ import annotations

from typing import Any

import numpy as np

RTOL, ATOL = 1e-5, 1e-6


def assert_same(found: dict[str, Any], expected: dict[str, Any]) -> None:
    """Names, shapes, counts, errors and texts are equal; floats agree within ``RTOL`` and ``ATOL``."""
    assert found.keys() == expected.keys(), (found, expected)
    for part, value in expected.items():
        if part in ("outputs", "gradients", "regularization"):
            _assert_same_values(found[part], value)
        else:
            assert found[part] == value, part


def _assert_same_values(found: list[Any], expected: list[Any]) -> None:
    assert len(found) == len(expected)
    for one, other in zip(found, expected):
        if not isinstance(other, dict):
            assert one == other
            continue
        assert one["shape"] == other["shape"]
        if any(isinstance(number, str) for number in other["values"]):
            assert one["values"] == other["values"]
        else:
            np.testing.assert_allclose(np.array(one["values"]), np.array(other["values"]), rtol=RTOL, atol=ATOL)
