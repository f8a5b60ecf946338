"""What ``tf1graphs verify`` costs, against the two programs run one after the other."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

ROUNDS = 3
OLD = """
import numpy as np
import tensorflow as tf

x = tf.placeholder(tf.float32, [None, 784])
y = tf.placeholder(tf.float32, [None, 10])
w1 = tf.Variable(tf.random_normal([784, 256], stddev=0.01), name="w1")
w2 = tf.Variable(tf.random_normal([256, 10], stddev=0.01), name="w2")
loss = tf.reduce_mean(tf.square(tf.matmul(tf.nn.relu(tf.matmul(x, w1)), w2) - y))
train = tf.train.AdamOptimizer(0.001).minimize(loss)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for step in range(2000):
        batch = np.random.uniform(size=[64, 784]).astype(np.float32)
        _, value = sess.run([train, loss], {x: batch, y: batch[:, :10]})
    print("loss %.6f" % value)
"""
NEW = """
import numpy as np
import tensorflow as tf
from tf1graphs import optimizers

w1 = tf.Variable(tf.random.normal([784, 256], stddev=0.01), name="w1")
w2 = tf.Variable(tf.random.normal([256, 10], stddev=0.01), name="w2")
optimizer = optimizers.Adam([w1, w2], learning_rate=0.001)

@tf.function
def train(x, y):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(tf.nn.relu(x @ w1) @ w2 - y))
    optimizer.apply(tape.gradient(loss, [w1, w2]))
    return loss

for step in range(2000):
    batch = np.random.uniform(size=[64, 784]).astype(np.float32)
    loss = train(batch, batch[:, :10])
print("loss %.6f" % loss)
"""


@pytest.mark.slow
def test_verify_takes_at_most_one_and_a_half_times_both_programs(python, tmp_path: Path):
    (tmp_path / "old.py").write_text(OLD)
    (tmp_path / "new.py").write_text(NEW)

    def seconds(*commands: tuple[str, ...]) -> float:
        start = time.perf_counter()
        for command in commands:
            done = python(*command, cwd=tmp_path)
            assert done.returncode == 0, done.stdout + done.stderr
        return time.perf_counter() - start

    verified = [("-m", "tf1graphs", "verify", "old.py", "new.py")]
    alone = [("-m", "tf1graphs", "run", "old.py"), ("new.py",)]
    rounds = [(seconds(*verified), seconds(*alone)) for _ in range(ROUNDS)]
    ratio = min(one for one, _ in rounds) / min(other for _, other in rounds)
    print(f"verify: {ratio:.2f} of both programs one after the other")
    assert ratio < 1.5
