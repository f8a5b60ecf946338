"""Random ops in loops of a seeded graph draw in the order of 1.15; its numbers stand here."""

from __future__ import annotations

import numpy as np

import tf1graphs.v1 as tf

# tf.set_random_seed(5); tf.map_fn(lambda x: x + tf.random_uniform([]), tf.zeros([5])) on TensorFlow 1.15.5.
DRAWN = [0.6102337837219238, 0.8979260921478271, 0.17046213150024414, 0.9424556493759155, 0.5173804759979248]


def drawn(seed, shape_of=lambda x: []):
    with tf.Graph().as_default(), tf.Session() as session:
        if seed is not None:
            tf.set_random_seed(seed)
        numbers = tf.map_fn(lambda x: x + tf.random_uniform(shape_of(x)), tf.zeros([5]))
        entries = [op for op in tf.get_default_graph().get_operations() if op.type == "Enter"]
        loops = {op.get_attr("parallel_iterations") for op in entries}
        return session.run(numbers), loops


def test_seeded_loop_draws_in_order():
    numbers, loops = drawn(5)
    np.testing.assert_allclose(numbers, DRAWN, rtol=1e-6)
    assert loops == {1}


def test_loop_without_seed_keeps_its_parallel_iterations():
    _, loops = drawn(None)
    assert loops == {10}


def test_seeded_loop_of_shapes_that_the_run_knows_keeps_its_parallel_iterations():
    """1.15 draws the last iteration first there, nearly always; so does the executor of today, if it may."""
    numbers, loops = drawn(5, lambda x: tf.placeholder_with_default(np.zeros(0, np.int32), [None]))
    assert loops == {10}
    assert len(set(numbers)) == 5


def test_loop_of_gradients_has_the_iterations_of_its_loop():
    with tf.Graph().as_default() as graph:
        tf.set_random_seed(5)
        x = tf.zeros([5])
        tf.gradients(tf.map_fn(lambda each: each * tf.random_uniform([]), x), x)
        entries = [op for op in graph.get_operations() if op.type == "Enter"]
    assert {op.get_attr("frame_name").startswith(b"gradients") for op in entries} == {True, False}
    assert {op.get_attr("parallel_iterations") for op in entries} == {1}
