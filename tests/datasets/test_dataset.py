"""Batches come as TensorFlow 1.15 hands them out, from a generator of their own."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tf1graphs.datasets import DataSet


def numbered(count, seed=None):
    """A set whose labels number its images."""
    labels = np.arange(count)
    return DataSet(np.repeat(labels[:, np.newaxis], 3, 1).astype(np.float32), labels, seed)


def test_batches_are_those_of_tensorflow_1_15():
    # As printed by tensorflow.contrib.learn.python.learn.datasets.mnist.DataSet of
    # TensorFlow 1.15.5 with ten images and seed=42.
    expected = [
        (4, [8, 1, 5, 0], 0),
        (4, [7, 2, 9, 4], 0),
        (4, [3, 6, 8, 1], 1),
        (10, [3, 2, 0, 7, 4, 6, 9, 5, 5, 3], 2),
        (3, [8, 4, 9], 2),
        (1, [7], 2),
    ]
    data = numbered(10, seed=42)
    for size, labels, epochs in expected:
        assert data.next_batch(size)[1].tolist() == labels
        assert data.epochs_completed == epochs


def test_unshuffled_batches_are_those_of_tensorflow_1_15():
    # Likewise, with seed=7.
    data = numbered(10, seed=7)
    batches = [data.next_batch(6, shuffle=False)[1].tolist() for _ in range(3)]
    assert batches == [[0, 1, 2, 3, 4, 5], [6, 7, 8, 9, 0, 1], [2, 3, 4, 5, 6, 7]]
    batches = [data.next_batch(6)[1].tolist() for _ in range(2)]
    assert batches == [[8, 9, 8, 5, 0, 2], [1, 9, 7, 3, 6, 4]]
    assert data.epochs_completed == 2


@settings(deadline=None, database=None)
@given(count=st.integers(1, 12), sizes=st.lists(st.integers(1, 30), min_size=1, max_size=8))
def test_every_epoch_has_every_example_once(count, sizes):
    data = numbered(count)
    batches = [data.next_batch(size) for size in sizes]
    assert [len(images) for images, _ in batches] == sizes
    labels = np.concatenate([labels for _, labels in batches])
    images = np.concatenate([images for images, _ in batches])
    np.testing.assert_array_equal(images[:, 0], labels)
    for start in range(0, len(labels) - count + 1, count):
        assert sorted(labels[start : start + count]) == list(range(count))


def test_equal_seeds_give_equal_batches_and_none_gives_others():
    assert numbered(50, 3).next_batch(50)[1].tolist() == numbered(50, 3).next_batch(50)[1].tolist()
    assert numbered(50).next_batch(50)[1].tolist() != numbered(50).next_batch(50)[1].tolist()


def test_numpy_s_global_generator_is_left_alone():
    before = np.random.get_state()[1].tolist()
    numbered(10, 5).next_batch(25)
    assert np.random.get_state()[1].tolist() == before


def test_images_keep_their_order_and_batches_are_copies():
    data = numbered(6)
    images, labels = data.next_batch(4)
    images[:] = labels[:] = -1
    assert data.labels.tolist() == [0, 1, 2, 3, 4, 5]
    assert data.images[:, 0].tolist() == [0, 1, 2, 3, 4, 5]
    assert data.num_examples == 6


def test_numpy_integers_are_sizes():
    assert len(numbered(6).next_batch(np.int64(4))[0]) == 4


@pytest.mark.parametrize("size", [0, -3])
def test_refuses_a_size_below_one(size):
    with pytest.raises(ValueError, match=f"at least 1, not {size}"):
        numbered(3).next_batch(size)


def test_refuses_a_size_that_is_no_integer():
    with pytest.raises(TypeError):
        numbered(3).next_batch(2.0)


def test_refuses_a_batch_of_an_empty_set():
    with pytest.raises(ValueError, match="an empty set has no batches"):
        numbered(0).next_batch(1)


def test_refuses_labels_that_do_not_pair():
    with pytest.raises(ValueError, match="2 images cannot pair with 3 labels"):
        DataSet(np.zeros((2, 784), np.float32), np.zeros(3))


def test_stacked_batches_are_the_next_batches():
    one_by_one, stacked = numbered(10, seed=42), numbered(10, seed=42)
    images, labels = stacked.next_batches(3, 4)
    assert images.shape == (3, 4, 3)
    assert labels.tolist() == [one_by_one.next_batch(4)[1].tolist() for _ in range(3)]
    with pytest.raises(ValueError, match="count must be at least 1, not 0"):
        stacked.next_batches(0, 4)
