"""Logistic regression on a shuffled data set, trained by Adagrad."""

import keras
import numpy as np
import tensorflow as tf

rng = np.random.RandomState(17)
points = rng.normal(size=[60, 4]).astype(np.float32)
labels = ((points[:, 0] > 0).astype(np.int32) + (points[:, 1] > 0)).astype(np.int32)

dataset = tf.data.Dataset.from_tensor_slices((points, labels))
dataset = dataset.shuffle(60).batch(10).repeat()
W = tf.Variable(tf.random.truncated_normal([4, 3], stddev=0.5), name="W")
b = tf.Variable(tf.fill([3], 0.1), name="b")
variables = [W, b]
optimizer = keras.optimizers.Adagrad(0.1, initial_accumulator_value=0.1, epsilon=0.0)
optimizer.build(variables)


@tf.function
def train(x, y):
    with tf.GradientTape() as tape:
        logits = x @ W + b
        loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels=y, logits=logits))
    optimizer.apply(tape.gradient(loss, variables), variables)
    return loss


for step, (x, y) in enumerate(dataset.take(10)):
    value = train(x, y)
    print("step", step, "loss %.6f" % value)
