"""The TF2 optimizers take TF1's steps to the bit, and continue from a checkpoint of TF1's ``Saver``."""

from __future__ import annotations

import json

import tf1graphs.v1 as tf

PAIRS = {
    "GradientDescent": (lambda: tf.train.GradientDescentOptimizer(0.1), [0.1]),
    "Adam": (lambda: tf.train.AdamOptimizer(), []),
    "Adam with options": (lambda: tf.train.AdamOptimizer(0.01, 0.8, 0.99, 1e-3), [0.01, 0.8, 0.99, 1e-3]),
    "RMSProp": (lambda: tf.train.RMSPropOptimizer(0.01), [0.01]),
    "RMSProp with momentum": (lambda: tf.train.RMSPropOptimizer(0.01, 0.8, 0.5), [0.01, 0.8, 0.5]),
}
START = [[0.5, -1.0], [2.0, 0.25]]
IN_TF2 = """
import json, sys
from tf1graphs import optimizers
import tensorflow as tf

class Model(tf.Module):
    def __init__(self, start, optimizer, options):
        super().__init__()
        self.w = tf.Variable(start, name="w")
        self.optimizer = getattr(optimizers, optimizer)([self.w], *options)

    @tf.function
    def step(self):
        with tf.GradientTape() as tape:
            cost = tf.reduce_sum(self.w ** 4)
        self.optimizer.apply([tape.gradient(cost, self.w)])

def final(start, optimizer, options, steps, checkpoint):
    model = Model(start, optimizer, options)
    if checkpoint:
        tf.train.Checkpoint(model=model).restore(checkpoint).assert_existing_objects_matched()
    for _ in range(steps):
        model.step()
    return model.w.numpy().tolist()

print(json.dumps([final(*request) for request in json.loads(sys.argv[1])]))
"""


def tf2_steps(python, *requests):
    done = python("-c", IN_TF2, json.dumps([[START, *request] for request in requests]))
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def tf1_steps(name, steps, save_after=None, path=None):
    with tf.Graph().as_default(), tf.Session() as session:
        w = tf.Variable(START, name="w")
        train_op = PAIRS[name][0]().minimize(tf.reduce_sum(w**4))
        session.run(tf.global_variables_initializer())
        for step in range(steps):
            if step == save_after:
                tf.train.Saver().save(session, path)
            session.run(train_op)
        return session.run(w).tolist()


def test_steps_are_those_of_tf1(python):
    requests = [(name.partition(" ")[0], options, 20, None) for name, (_, options) in PAIRS.items()]
    assert tf2_steps(python, *requests) == [tf1_steps(name, 20) for name in PAIRS]


def test_training_goes_on_from_a_checkpoint_of_tf1(python, tmp_path):
    requests, expected = [], []
    for name in ("Adam", "RMSProp with momentum"):
        checkpoint = str(tmp_path / name)
        expected.append(tf1_steps(name, 20, save_after=12, path=checkpoint))
        requests.append((name.partition(" ")[0], PAIRS[name][1], 8, checkpoint))
    assert tf2_steps(python, *requests) == expected


def test_a_gradient_for_each_variable_is_asked_for(python):
    code = "from tf1graphs import optimizers\noptimizers.GradientDescent([], 0.1).apply([1.0])"
    assert "ValueError" in python("-c", code).stderr
