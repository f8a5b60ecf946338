"""Pairs of programs that compute the same, as people write them: an old one for TensorFlow 1, and a correct port.

``pairs/NAME/old.py`` and ``pairs/NAME/new.py`` are all that a further pair needs.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tf1graphs.verify import text, verify
from tf1graphs.verify.recording import LOSS, Series

PAIRS = Path(__file__).parent / "pairs"
NAMES = sorted(folder.name for folder in PAIRS.iterdir() if folder.is_dir())
# The loss of these does not depend on one of their trainable variables, which is part of the pair.
WITHOUT_GRADIENT = {"float64_vector_loss": {"unused"}}


def test_there_are_25_pairs():
    assert len(NAMES) >= 25


@pytest.mark.parametrize("name", NAMES)
def test_equal_programs_are_called_equivalent(workers, name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    comparison = verify(PAIRS / name / "old.py", PAIRS / name / "new.py", workers=workers)
    assert comparison.is_equivalent, text(comparison)

    compared = {quantity.series: quantity.compared for quantity in comparison.quantities}
    assert compared[Series(LOSS, "loss")] == comparison.first.steps >= 8, text(comparison)
    trainable = {variable.name for variable in comparison.first.variables if variable.trainable}
    with_gradient = {series.name for series in compared if series.kind == "gradient"}
    assert trainable == with_gradient | WITHOUT_GRADIENT.get(name, set())
    assert trainable <= comparison.pairs.keys()
