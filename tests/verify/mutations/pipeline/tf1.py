"""Logistic regression on a shuffled data set, trained by Adagrad."""

import numpy as np
import tensorflow as tf

rng = np.random.RandomState(17)
points = rng.normal(size=[60, 4]).astype(np.float32)
labels = ((points[:, 0] > 0).astype(np.int32) + (points[:, 1] > 0)).astype(np.int32)

dataset = tf.data.Dataset.from_tensor_slices((points, labels))
dataset = dataset.shuffle(60).batch(10).repeat()
x, y = dataset.make_one_shot_iterator().get_next()
W = tf.get_variable("W", [4, 3], initializer=tf.truncated_normal_initializer(stddev=0.5))
b = tf.get_variable("b", [3], initializer=tf.constant_initializer(0.1))
logits = tf.matmul(x, W) + b
loss = tf.losses.sparse_softmax_cross_entropy(y, logits)
train = tf.train.AdagradOptimizer(0.1, initial_accumulator_value=0.1).minimize(loss)

with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for step in range(10):
        _, value = sess.run([train, loss])
        print("step", step, "loss %.6f" % value)
