"""Batch normalization's moving averages: training updates them in both versions, and evaluation uses them."""

from __future__ import annotations

import numpy as np
import pytest

from tf1graphs.verify import Comparison, compare
from tf1graphs.verify.recording import Samples, Series, overview

NAME = "09_dropout_and_batch_norm"
AVERAGES = [f"batch_normalization{layer}/moving_{moment}" for layer in ("", "_1") for moment in ("mean", "variance")]


@pytest.fixture(scope="module")
def comparison(pair_of) -> Comparison:
    """The comparison of both versions."""
    pair = pair_of(NAME)
    return compare(pair.tf1.recorded.path, pair.tf2.recorded.path)


@pytest.mark.parametrize("name", AVERAGES)
def test_moving_averages_agree(name, comparison):
    (found,) = [quantity for quantity in comparison.quantities if quantity.series == Series("final", name)]
    assert found.compared == 1 and found.relative < 1e-5


@pytest.mark.parametrize("version", ["tf1", "tf2"])
def test_training_moves_the_averages(version, pair_of):
    path = getattr(pair_of(NAME), version).recorded.path
    initial = overview(path).initial
    final = {series.name: sample.array for series, sample in Samples(path, {Series("final", n) for n in AVERAGES})}
    assert len(final) == len(AVERAGES)
    for name, average in final.items():
        assert set(initial[name]) == {0.0 if name.endswith("mean") else 1.0}
        assert np.abs(average - initial[name]).min() > 0.0, name


@pytest.mark.parametrize("tag", ["cost", "accuracy"])
def test_evaluations_after_each_epoch_agree(tag, comparison):
    (found,) = [q for q in comparison.quantities if q.series == Series("summary", f"batch normalization/{tag}")]
    assert found.compared == 2 and found.relative < 1e-5
