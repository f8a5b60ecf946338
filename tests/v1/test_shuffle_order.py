"""A seeded shuffle that is repeated gives its elements in the order of 1.15; its numbers stand here."""

from __future__ import annotations

import pytest

import tf1graphs.v1 as tf


def elements(dataset, count, feed=None):
    iterator = dataset.make_initializable_iterator()
    following = iterator.get_next()
    with tf.Session() as session:
        session.run(iterator.initializer, feed)
        return [session.run(following) for _ in range(count)]


# tf.data.Dataset.range(count).shuffle(buffer_size, seed=3).repeat(2) on TensorFlow 1.15.5.
@pytest.mark.parametrize(
    "count, buffer_size, expected",
    [
        (4, 4, [3, 2, 1, 0, 3, 0, 2, 1]),
        (6, 3, [2, 0, 3, 5, 1, 4, 2, 0, 3, 5, 4, 1]),
        (6, 10, [5, 4, 2, 0, 3, 1, 2, 3, 1, 5, 4, 0]),
        (10, 2, [1, 2, 0, 3, 5, 4, 6, 7, 9, 8, 0, 1, 2, 4, 5, 3, 7, 6, 9, 8]),
    ],
)
def test_range_is_in_the_order_of_115(count, buffer_size, expected):
    with tf.Graph().as_default():
        size = tf.placeholder(tf.int64, [])
        for numbers, feed in ((tf.data.Dataset.range(count), None), (tf.data.Dataset.range(size), {size: count})):
            dataset = numbers.shuffle(buffer_size, seed=3).repeat(2)
            assert elements(dataset, 2 * count, feed) == expected


def test_slices_of_a_structure_are_in_the_order_of_115():
    with tf.Graph().as_default():
        tf.set_random_seed(9)
        data = {"number": tf.range(10), "name": tf.as_string(tf.range(10))}
        dataset = tf.data.Dataset.from_tensor_slices(data).shuffle(10).repeat().batch(3)
        batches = elements(dataset, 4)
        assert [batch["number"].tolist() for batch in batches] == [[2, 0, 8], [9, 4, 6], [5, 7, 3], [1, 1, 5]]
        assert all(batch["name"].tolist() == [b"%d" % number for number in batch["number"]] for batch in batches)


def test_without_a_seed_epochs_differ_and_are_whole():
    with tf.Graph().as_default():
        found = elements(tf.data.Dataset.range(50).shuffle(50).repeat(2), 100)
        assert sorted(found[:50]) == sorted(found[50:]) == list(range(50))
        assert found[:50] != found[50:]


def test_what_has_no_random_access_is_shuffled_as_today():
    with tf.Graph().as_default():
        dataset = tf.data.Dataset.range(5).filter(lambda x: x > 0).shuffle(5, seed=1).repeat(2)
        found = elements(dataset, 8)
        assert sorted(found[:4]) == sorted(found[4:]) == [1, 2, 3, 4]
