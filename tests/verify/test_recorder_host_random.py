"""numpy's and Python's randomness from streams that both programs share."""

from __future__ import annotations

import random
import types

import numpy as np
import pytest

from tf1graphs.verify.recorder import host_random


@pytest.fixture
def fake():
    """Stand-ins for ``numpy.random`` and ``random``, so that the test process keeps its own."""

    def make():
        numpy, python = types.SimpleNamespace(**vars(np.random)), types.SimpleNamespace(**vars(random))
        streams = host_random._Streams(np.random.RandomState, ("stranger",), host_random._SAME)
        streams.replace(numpy, host_random._NUMPY)
        host_random._Streams(random.Random, (), {}).replace(python, host_random._PYTHON)
        return types.SimpleNamespace(np=numpy, random=python)

    return make


# Calls of one stream, as programs of both styles write them.
ALIKE = [
    ("np.random_sample((3, 2))", "np.random(size=[3, 2])"),
    ("np.ranf(4)", "np.sample(4)"),
    ("np.normal(0.0, 1.0, [5])", "np.normal(size=(5,))"),
    ("np.uniform(-1, 1, (2, 2))", "np.uniform(low=-1, high=1, size=[2, 2])"),
    ("np.choice(10, 3)", "np.choice(10, size=3)"),
    ("random.sample([4, 5, 6, 7], 2)", "random.sample([4, 5, 6, 7], k=2)"),
]


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_one_function_and_size_is_one_stream(fake, one, other):
    def draws(call):
        names = vars(fake())
        return [np.asarray(eval(call, {}, names)).tolist() for _ in range(2)]

    first, second = draws(one), draws(other)
    assert first == second
    assert first[0] != first[1]


def test_the_order_of_draws_does_not_matter(fake):
    a, b = fake(), fake()
    noise = a.np.uniform(-1, 1, size=[4]).tolist()
    batch = a.np.randint(0, 100, 8).tolist()
    chance = a.random.random()
    assert b.random.random() == chance
    assert b.np.randint(0, 100, 8).tolist() == batch
    assert b.np.uniform(-1, 1, size=[4]).tolist() == noise


def test_other_sizes_and_functions_are_other_streams(fake):
    a = fake()
    draws = [a.np.normal(size=5).tolist(), a.np.normal(size=(5, 1)).ravel().tolist(), a.np.standard_normal(5).tolist()]
    assert len({tuple(draw) for draw in draws}) == 3


def test_a_seed_starts_again_and_another_seed_elsewhere(fake):
    a = fake()
    a.np.seed(3)
    first = a.np.rand(3).tolist()
    a.np.seed(4)
    other = a.np.rand(3).tolist()
    a.np.seed(3)
    assert a.np.rand(3).tolist() == first != other


def test_shuffles_of_as_many_rows_agree(fake):
    rows, indexes = np.arange(12).reshape(6, 2), list(range(6))
    fake().np.shuffle(rows)
    fake().np.shuffle(indexes)
    assert (rows[:, 0] // 2).tolist() == indexes != list(range(6))


def test_modules_that_are_no_matter_of_the_program_keep_their_own(fake):
    a = fake()
    before = np.random.get_state()[2]
    stranger = {"__name__": "stranger.inner", "np": a.np}
    exec("drawn = np.normal(size=7)", stranger)
    assert np.random.get_state()[2] != before
    assert a.np.normal(size=7).tolist() == fake().np.normal(size=7).tolist() != stranger["drawn"].tolist()
