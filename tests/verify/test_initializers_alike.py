"""Whether initial values are of one distribution: never a false alarm, and other distributions are seen."""

from __future__ import annotations

import numpy as np
import pytest

from tf1graphs.verify import initializers
from tf1graphs.verify.recorder.matching import Described
from tf1graphs.verify.recording import Overview


def _truncated(random, size):
    drawn = random.normal(size=4 * size)
    return drawn[np.abs(drawn) < 2][:size]


DISTRIBUTIONS = {
    "normal": lambda random, size: random.normal(size=size),
    "narrow": lambda random, size: random.normal(0, 0.05, size),
    "uniform": lambda random, size: random.uniform(-1, 1, size),
    "truncated": _truncated,
    "shifted": lambda random, size: random.uniform(0, 2, size),
}


def _differences(first, second, trainable=True):
    described = [Described("W", first.shape, trainable)]
    one, two = (Overview(variables=described, initial={"W": np.asarray(array)}) for array in (first, second))
    return initializers.differences(one, two, {"W": "W"})


@pytest.mark.parametrize("size", [1, 2, 10, 64, 100, 1000, 4096])
@pytest.mark.parametrize("name", DISTRIBUTIONS)
def test_two_draws_of_one_distribution_are_never_flagged(name, size):
    draw = DISTRIBUTIONS[name]
    for seed in range(150):
        first, second = draw(np.random.RandomState(seed), size), draw(np.random.RandomState(10**6 + seed), size)
        assert _differences(first, second) == {}, seed


@pytest.mark.parametrize(
    ("first", "second"),
    [("normal", "narrow"), ("normal", "uniform"), ("uniform", "shifted"), ("truncated", "uniform")],
)
def test_other_distributions_are_flagged(first, second):
    for seed in range(50):
        drawn = [DISTRIBUTIONS[name](np.random.RandomState(seed), 4096) for name in (first, second)]
        assert set(_differences(*drawn)) == {"W"}, seed


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        (np.zeros(5), np.ones(5), "all 0; in the second program all 1"),
        (np.zeros(1), np.full(1, 0.1), "all 0; in the second program all 0.1"),
        (np.zeros(1), np.array([0.3427461]), "all 0; in the second program all 0.342746"),
        (np.zeros(5), np.arange(5.0), "all 0; in the second program mean 2,"),
    ],
)
def test_constants_are_told(first, second, words):
    assert _differences(first, second)["W"].startswith(words)


@pytest.mark.parametrize(("first", "second"), [(np.zeros(3), np.zeros(3)), (np.zeros(0), np.zeros(0))])
def test_equal_values_are_alike(first, second):
    assert _differences(first, second) == {}
