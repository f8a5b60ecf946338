"""What a recording says of the settings that a program uses, in the styles of TensorFlow 1 and 2."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

LEGACY = """
import numpy as np
import tensorflow as tf

x = tf.placeholder(tf.float32, [None, 4])
keep_prob = tf.placeholder(tf.float32)
hidden = tf.layers.batch_normalization(tf.layers.dense(x, 8, tf.nn.elu), training=True, momentum=0.9)
hidden = tf.nn.dropout(hidden, keep_prob)
cell = tf.contrib.rnn.BasicLSTMCell(4, forget_bias=0.5)
rate = tf.train.exponential_decay(0.1, tf.train.get_or_create_global_step(), 1, 0.5)
loss = tf.reduce_mean(tf.square(tf.layers.dense(hidden, 1)))
optimizer = tf.train.AdamOptimizer(rate, beta1=0.8)
gradients, variables = zip(*optimizer.compute_gradients(loss))
clipped, _ = tf.clip_by_global_norm(gradients, 5.0)
train = optimizer.apply_gradients(zip(clipped, variables), tf.train.get_global_step())
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for _ in range(2):
        sess.run(train, {x: np.ones([3, 4]), keep_prob: 0.75})
    sess.run(loss, {x: np.ones([3, 4]), keep_prob: 1.0})
"""

NATIVE = """
import keras
import numpy as np
import tensorflow as tf
from tf1graphs import optimizers

rate = keras.optimizers.schedules.ExponentialDecay(0.1, 1, 0.5)
layers = [keras.layers.Dense(8, "elu"), keras.layers.BatchNormalization(momentum=0.9), keras.layers.Dropout(0.25)]
model = keras.Sequential([*layers, keras.layers.Dense(1)])
model.compile(keras.optimizers.Adam(rate, beta_1=0.8, clipnorm=5.0), "mse")
model.fit(np.ones([6, 4]), np.ones([6, 1]), batch_size=3, verbose=0)
optimizers.RMSProp([tf.Variable([1.0])], 0.01)
keras.layers.LSTM(4, unit_forget_bias=False)
tf.nn.softmax(tf.ones([2, 2]), axis=0)
tf.clip_by_value(tf.ones([2]), 0.0, 1.0)
tf.nn.batch_normalization(tf.ones([2, 2]), 0.0, 1.0, None, None, 1e-4)
"""

ADAM = {"beta_1": 0.8, "beta_2": 0.999}
DECAY = {"initial_learning_rate": 0.1, "decay_steps": 1.0, "decay_rate": 0.5, "staircase": 0.0}
BOTH = [
    ("activation", "elu", {}),
    ("batch normalization", "layer", {"momentum": 0.9, "epsilon": 0.001}),
    ("dropout", "dropout", {"rate": 0.25}),
    ("schedule", "exponential decay", DECAY),
]
OF_LEGACY = [
    ("cell", "LSTM", {"units": 4.0, "forget_bias": 0.5, "gates": "i j f o"}),
    ("clipping", "clip_by_global_norm", {"clip_norm": 5.0}),
    ("dropout", "dropout", {"rate": 0.0}),
    ("optimizer", "Adam", {**ADAM, "epsilon": 1e-8}),
    ("optimizer", "Adam", {"learning_rate": 0.1}),
    ("optimizer", "Adam", {"learning_rate": 0.05}),
    ("update ops", "of batch normalization", {"run": 0.0}),
]
OF_NATIVE = [
    ("batch normalization", "function", {"epsilon": 1e-4}),
    ("cell", "LSTM", {"units": 4.0, "forget_bias": 0.0, "gates": "i f j o"}),
    ("clipping", "clip_by_value", {"smallest": 0.0, "largest": 1.0}),
    ("optimizer", "Adam", {**ADAM, "epsilon": 1e-7, "clipnorm": 5.0}),
    ("optimizer", "RMSProp", {"learning_rate": 0.01, "rho": 0.9, "initial_accumulator_value": 1.0}),
    ("softmax", "softmax", {"axis": 0.0}),
]


def facts_of(recording: Path) -> list[tuple[str, str, dict[str, object]]]:
    events = map(json.loads, recording.read_text().splitlines())
    return [(event["topic"], event["name"], event["settings"]) for event in events if event["kind"] == "fact"]


@pytest.mark.parametrize(("source", "expected"), [(LEGACY, BOTH + OF_LEGACY), (NATIVE, BOTH + OF_NATIVE)])
def test_settings_are_recorded_by_their_common_names(source, expected, workers, tmp_path):
    script = tmp_path / "program.py"
    script.write_text(source)
    recorded = workers.record(script)
    assert recorded.code == 0, recorded.err
    found = facts_of(recorded.path)
    for topic, name, settings in expected:
        assert any(
            (topic, name) == fact[:2] and all(fact[2].get(key) == value for key, value in settings.items())
            for fact in found
        ), (topic, name, settings)
    assert len({json.dumps(fact) for fact in found}) == len(found), "a fact is recorded once"


FED_PAST_DROPOUT = """
import numpy as np
import tensorflow as tf

x = tf.placeholder(tf.float32, [None, 3])
keep_prob = tf.placeholder(tf.float32)
is_training = tf.placeholder(tf.bool)
hidden = tf.nn.dropout(x, keep_prob)
branch = tf.cond(is_training, lambda: tf.nn.dropout(hidden, tf.minimum(keep_prob, 0.5)), lambda: hidden)
outputs = [tf.reduce_sum(hidden), tf.reduce_sum(branch)]
with tf.Session() as sess:
    print(sess.run(outputs[0], {hidden: np.ones([2, 3])}))
    print(sess.run(outputs[1], {x: np.ones([2, 3]), keep_prob: 1.0, is_training: False}))
"""


def test_reading_settings_needs_nothing_that_the_program_does_not(workers, tmp_path):
    script = tmp_path / "program.py"
    script.write_text(FED_PAST_DROPOUT)
    recorded = workers.record(script)
    assert recorded.code == 0, recorded.err
    assert recorded.out.split() == ["6.0", "6.0"]
    assert ("dropout", "dropout", {"rate": 0.0}) in facts_of(recorded.path)
