"""Textures are drawn as asked, the same from the same seed, and differ by their label."""

import numpy as np
import pytest

from tf1graphs.datasets import textures


def test_a_batch_has_pictures_and_one_hot_labels():
    pictures, labels = textures.batch(np.random.RandomState(0), 50, 16)
    assert pictures.shape == (50, 16, 16, 3) and pictures.dtype == np.float32
    assert pictures.min() >= 0 and pictures.max() <= 1
    assert labels.shape == (50, len(textures.NAMES)) and labels.dtype == np.float32
    np.testing.assert_array_equal(labels.sum(axis=1), 1)


def test_the_same_seed_draws_the_same_pictures():
    first, second, third = (textures.batch(np.random.RandomState(seed), 4, 16)[0] for seed in (1, 1, 2))
    np.testing.assert_array_equal(first, second)
    assert not np.array_equal(first, third)


def test_all_textures_are_drawn_in_two_colours_that_both_cover_a_part():
    pictures, labels = textures.batch(np.random.RandomState(3), 300, 32)
    for label, name in enumerate(textures.NAMES):
        of_name = pictures[labels[:, label] == 1]
        # Noise of one colour has a standard deviation of 0.15 at most.
        assert len(of_name) and of_name.std(axis=(1, 2)).max(axis=1).min() > 0.16, name


@pytest.mark.parametrize("side", [1, 7, 60])
def test_a_mosaic_has_tiles_and_dark_joints(side):
    picture = textures.mosaic(np.random.RandomState(0), side)
    assert picture.shape == (side, side, 3) and picture.dtype == np.float32
    assert picture.min() >= 0 and picture.max() <= 1
    if side == 60:
        colours = np.unique(picture.reshape(-1, 3), axis=0)
        assert len(colours) > 5 and picture.max(axis=2).min() < 0.2


def test_the_same_seed_lays_the_same_mosaic():
    first, second, third = (textures.mosaic(np.random.RandomState(seed), 30) for seed in (1, 1, 2))
    np.testing.assert_array_equal(first, second)
    assert not np.array_equal(first, third)
