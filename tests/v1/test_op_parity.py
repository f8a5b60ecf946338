"""Functions build as many ops as in TensorFlow 1.15, whose seeds count them, and their values stay right."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from op_counts import CALLS

import tf1graphs.v1 as tf

FIXTURE = Path(__file__).parents[1] / "fixtures" / "tf115" / "op_counts.json"
COUNTS = json.loads(FIXTURE.read_text(encoding="utf-8"))

# Calls that count otherwise: code -> (ops in 1.15, ops here).
DIFFERENT = {
    "tf.train.polynomial_decay(0.1,tf.train.get_or_create_global_step(),10)": (19, 18),
    "tf.train.SyncReplicasOptimizer(tf.train.GradientDescentOptimizer(0.1),1,1)"
    ".minimize(tf.nn.l2_loss(W),tf.train.get_or_create_global_step())": (68, 67),
    "tf.gradients(tf.atan2(v,v),[v])": (12, 15),
}
X = np.sin(np.arange(1, 13)).reshape(4, 3).astype(np.float32) + 2
Y = np.cos(np.arange(1, 4)).astype(np.float32) + 1.5
# Functions of a [4, 3] and a [3] tensor whose gradients are replaced in graphs.
FUNCTIONS = {
    "add": lambda x, y: x + y,
    "subtract": lambda x, y: y - x,
    "multiply": lambda x, y: x * y * 2.0,
    "divide": lambda x, y: x / y,
    "tf.div": tf.div,
    "power": lambda x, y: x**y,
    "modulo": lambda x, y: tf.floormod(x, y),
    "div_no_nan": tf.div_no_nan,
    "mul_no_nan": lambda x, y: tf.math.multiply_no_nan(x, y),
    "squared_difference": tf.squared_difference,
    "maximum": tf.maximum,
    "minimum": tf.minimum,
    "complex": lambda x, y: tf.abs(tf.complex(x, x * y)),
    "mean": lambda x, y: tf.reduce_mean(x, 1) * tf.reduce_mean(y),
    "mean that keeps dimensions": lambda x, y: tf.reduce_mean(x, [0, 1], keepdims=True) * y,
    "sum": lambda x, y: tf.reduce_sum(x, 0) * y,
    "sum that keeps dimensions": lambda x, y: tf.reduce_sum(x, 1, keepdims=True) * y,
    "max": lambda x, y: tf.reduce_max(x, 0) * y,
    "max that keeps dimensions": lambda x, y: tf.reduce_max(x, 0, keepdims=True) * y,
    "min": lambda x, y: tf.reduce_min(x) * y,
    "product": lambda x, y: tf.reduce_prod(x, 1) * tf.reduce_prod(y),
    "product that keeps dimensions": lambda x, y: tf.reduce_prod(x, 0, keepdims=True) * y,
    "slice": lambda x, y: x[1:3, ::2] * y[1],
    "gather": lambda x, y: tf.gather(x * y, [2, 0, 2]),
    "gather along an axis": lambda x, y: tf.gather(x, [2, 0], axis=1) * y[0],
    "scalar variance": lambda x, y: tf.nn.moments(x, [0, 1])[1] * y,
    "unsorted segments": lambda x, y: tf.unsorted_segment_max(x, [1, 0, 1, 2], 3) * y,
    "tensordot of vectors": lambda x, y: tf.tensordot(x, y, 1),
    "tensordot of matrices": lambda x, y: tf.tensordot(x * y, x, [[0], [0]]),
    "tensordot over all axes": lambda x, y: tf.tensordot(x * y, x, [[1, 0], [1, 0]]),
    "diagonals": lambda x, y: tf.matrix_diag(x * y)[:, 0] + tf.matrix_diag_part(tf.matrix_diag(x))[0],
    "softmax": lambda x, y: tf.nn.softmax_cross_entropy_with_logits_v2(labels=tf.nn.softmax(x), logits=x * y),
    "relu": lambda x, y: tf.nn.relu(x - 2.0) * y,
}


@pytest.mark.parametrize("code", [code for code in CALLS if code not in DIFFERENT])
def test_call_makes_as_many_ops_as_in_115(code):
    assert CALLS[code](tf) == COUNTS[code]


@pytest.mark.parametrize("code", DIFFERENT)
def test_known_differences_have_not_changed(code):
    assert (COUNTS[code], CALLS[code](tf)) == DIFFERENT[code]


def derivatives(function, x, y):
    """Returns the value, its gradients, and the gradients of their squares."""
    value = function(x, y)
    first = tf.gradients(value, [x, y])
    known = [gradient for gradient in first if gradient is not None]
    return [value, *known, *tf.gradients([gradient**2 for gradient in known], [x, y])]


def eager_derivatives(function):
    """Returns what ``derivatives`` does, by TensorFlow's own gradient functions, which eager mode keeps."""
    from tensorflow.python.eager import backprop, context

    with context.eager_mode():
        x, y = tf.constant(X), tf.constant(Y)
        with backprop.GradientTape(persistent=True) as outer:
            outer.watch([x, y])
            with backprop.GradientTape() as inner:
                inner.watch([x, y])
                value = function(x, y)
            first = [gradient for gradient in inner.gradient(value, [x, y]) if gradient is not None]
            squares = [gradient**2 for gradient in first]
        return [numbers(each) for each in [value, *first, *outer.gradient(squares, [x, y])]]


def numbers(value):
    """Returns a value of eager mode, or of a run, as a dense array; ``None`` stays."""
    if value is None:
        return None
    if hasattr(value, "dense_shape"):
        dense = np.zeros(np.asarray(value.dense_shape), np.float32)
        np.add.at(dense, np.asarray(value.indices), np.asarray(value.values))
        return dense
    return np.asarray(value)


def assert_same(found, expected):
    assert len(found) == len(expected)
    for one, other in zip(found, expected, strict=True):
        if one is None or other is None:
            assert one is None or not one.any(), "only one of the two is None"
            assert other is None or not other.any(), "only one of the two is None"
        else:
            assert one.shape == other.shape
            np.testing.assert_allclose(one, other, rtol=1e-4, atol=1e-4)


def run(session, tensors, feed):
    known = session.run([tensor for tensor in tensors if tensor is not None], feed)
    return [None if tensor is None else numbers(known.pop(0)) for tensor in tensors]


@pytest.mark.parametrize("shapes", [([4, 3], [3]), ([None, 3], [3]), ([None, None], [None])], ids=str)
@pytest.mark.parametrize("name", FUNCTIONS)
def test_gradients_in_a_graph_are_those_of_eager_mode(name, shapes):
    expected = eager_derivatives(FUNCTIONS[name])
    with tf.Graph().as_default(), tf.Session() as session:
        x, y = (tf.placeholder(tf.float32, shape) for shape in shapes)
        assert_same(run(session, derivatives(FUNCTIONS[name], x, y), {x: X, y: Y}), expected)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_gradients_in_a_function_are_those_of_eager_mode(name):
    from tensorflow.python.eager import backprop, context, def_function

    def first(x, y):
        with backprop.GradientTape() as tape:
            tape.watch([x, y])
            value = FUNCTIONS[name](x, y)
        return [value, *(gradient for gradient in tape.gradient(value, [x, y]) if gradient is not None)]

    with context.eager_mode():
        found = [numbers(each) for each in def_function.function(first)(tf.constant(X), tf.constant(Y))]
    assert_same(found, eager_derivatives(FUNCTIONS[name])[: len(found)])
