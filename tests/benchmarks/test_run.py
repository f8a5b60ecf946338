"""What ``tf1graphs run`` costs: its start against ``import tensorflow``, its steps against bare ``tf.compat.v1``."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
import stepping

ROUNDS = 5

BARE = "import tensorflow.compat.v1 as tf\ntf.disable_v2_behavior()\n"
LEGACY = "import tensorflow as tf\n"
MODEL = """
import numpy as np
x = tf.placeholder(tf.float32, [None, {width}])
y = tf.placeholder(tf.float32, [None, {outputs}])
{model}
loss = tf.reduce_mean(tf.square(model - y))
train = tf.train.GradientDescentOptimizer(0.001).minimize(loss)
feed = {{x: np.ones([{batch}, {width}], np.float32), y: np.ones([{batch}, {outputs}], np.float32)}}
sess = tf.Session()
sess.run(tf.global_variables_initializer())

def step():
    sess.run([train, loss], feed)
"""
DENSE = "tf.matmul({}, tf.Variable(tf.random_normal([{}, {}]) * 0.1))"
# tf.layers and rnn cells are no peers: bare tf.compat.v1 refuses them.
MODELS = {
    "linear regression": {
        "width": 1,
        "outputs": 1,
        "batch": 8,
        "model": "model = " + DENSE.format("x", 1, 1),
    },
    "MLP": {
        "width": 784,
        "outputs": 10,
        "batch": 64,
        "model": f"hidden = tf.nn.relu({DENSE.format('x', 784, 256)})\nmodel = {DENSE.format('hidden', 256, 10)}",
    },
    "CNN": {
        "width": 784,
        "outputs": 32,
        "batch": 32,
        "model": "image = tf.reshape(x, [-1, 28, 28, 1])\n"
        "maps = tf.nn.conv2d(image, tf.Variable(tf.random_normal([3, 3, 1, 32])), [1, 2, 2, 1], 'SAME')\n"
        "model = tf.reduce_mean(tf.nn.relu(maps), [1, 2])",
    },
    "RNN": {
        "width": 16,
        "outputs": 8,
        "batch": 32,
        "model": "w = tf.Variable(tf.random_normal([24, 8]) * 0.1)\nmodel = tf.zeros([32, 8])\n"
        "for _ in range(10):\n    model = tf.tanh(tf.matmul(tf.concat([x, model], 1), w))",
    },
    "LSTM": {
        "width": 16,
        "outputs": 8,
        "batch": 32,
        "model": "w = tf.Variable(tf.random_normal([24, 32]) * 0.1)\nmodel = c = tf.zeros([32, 8])\n"
        "for _ in range(10):\n    i, j, f, o = tf.split(tf.matmul(tf.concat([x, model], 1), w), 4, 1)\n"
        "    c = tf.sigmoid(f) * c + tf.sigmoid(i) * tf.tanh(j)\n    model = tf.sigmoid(o) * tf.tanh(c)",
    },
}


@pytest.fixture
def clock(python, tmp_path: Path):
    """Times an interpreter's whole life in seconds."""

    def measure(*arguments: str) -> float:
        start = time.perf_counter()
        done = python(*arguments, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        return time.perf_counter() - start

    return measure


@pytest.mark.slow
def test_start_takes_at_most_65_hundredths_of_tensorflow(clock, tmp_path):
    (tmp_path / "empty.py").write_text(LEGACY)
    ours, peer = ("-m", "tf1graphs", "run", "empty.py"), ("-c", "import tensorflow")
    seconds = [(clock(*ours), clock(*peer)) for _ in range(ROUNDS)]
    ratio = min(one for one, _ in seconds) / min(other for _, other in seconds)
    print(f"start of tf1graphs run: {ratio:.2f} of import tensorflow")
    assert ratio < 0.65


@pytest.mark.slow
@pytest.mark.parametrize("name", MODELS)
def test_step_takes_at_most_1_02_of_bare(name, tmp_path):
    source = MODEL.format(**MODELS[name])
    ours, bare = (LEGACY + source, "-m", "tf1graphs", "run"), (BARE + source,)
    ratio, noise = stepping.ratio_and_noise(tmp_path, ours, bare)
    print(f"step of {name}: {ratio:.3f} of bare tf.compat.v1, noise {noise:.3f}")
    assert ratio < 1.02 + noise
