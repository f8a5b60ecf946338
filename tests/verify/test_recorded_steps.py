"""What is recorded of steps, values and event files, in programs that make it difficult."""

from __future__ import annotations

import pytest

from tf1graphs.verify.recording import Samples, Series, events, overview

TWO_NETWORKS = """
import tensorflow as tf
for size in (2, 3):
    with tf.Graph().as_default():
        w = tf.get_variable("w", [size])
        train = tf.train.GradientDescentOptimizer(0.1).minimize(tf.reduce_sum((w - 1.0) ** 2))
        with tf.Session() as sess:
            sess.run(tf.global_variables_initializer())
            for step in range(13):
                sess.run(train)
"""

LOSS_BESIDE_UPDATE = """
import tensorflow as tf
w = tf.get_variable("w", initializer=[2.0, -1.0])
train = tf.train.GradientDescentOptimizer(0.25).minimize(tf.reduce_sum(w * w))
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for step in range(5):
        sess.run(train)
"""

TWO_NAMES = """
import tensorflow as tf
x = tf.constant([1.0, 2.0])
def look(other):
    with tf.Session() as sess:
        sess.run(other)
look(x)
look(x)
with tf.Session() as sess:
    sess.run([x, x + 1.0])
"""

FUNCTIONS_WITHOUT_CODE = """
import functools
import tensorflow as tf
class Twice:
    def __call__(self, x):
        doubled = x * 2.0
        return doubled
def power(exponent, x):
    raised = x ** exponent
    return raised
tf.function(Twice())(tf.constant([1.0]))
tf.function(functools.partial(power, 3.0))(tf.constant([2.0]))
tf.function(abs)(tf.constant([-1.0]))
"""


@pytest.fixture
def record(workers, tmp_path):
    """Records the text of a program; returns the path of the recording."""

    def run(text):
        script = tmp_path / "program.py"
        script.write_text(text)
        done = workers.record(script)
        assert done.code == 0, done.err
        return done.path

    return run


def test_a_second_network_begins_with_first_steps_of_its_own(record):
    counts = overview(record(TWO_NETWORKS)).counts
    assert counts[Series("gradient", "w")] >= 10
    assert counts[Series("gradient", "w#2")] >= 10


def test_the_loss_of_a_step_is_that_before_it(record):
    samples = Samples(record(LOSS_BESIDE_UPDATE), {Series("loss", "loss")})
    assert [sample.array.item() for _, sample in samples] == pytest.approx([5.0 / 4**step for step in range(5)])


def test_each_name_of_a_value_counts_its_own_occurrences(record):
    found = [
        dict(zip(event["names"], event["numbers"], strict=True))
        for event in events(record(TWO_NAMES))
        if event["kind"] == "value"
    ]
    numbers = [of_names for of_names in found if "x" in of_names]
    assert [found.get("x") for found in numbers] == [1, 2, 3]
    assert [found.get("other") for found in numbers] == [1, 2, None]


def test_callable_objects_partials_and_builtins_are_functions_too(record):
    samples = Samples(record(FUNCTIONS_WITHOUT_CODE), {Series("value", "doubled"), Series("value", "raised")})
    assert {series.name: sample.array.item() for series, sample in samples} == {"doubled": 2.0, "raised": 8.0}
