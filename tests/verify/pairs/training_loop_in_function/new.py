import time

import numpy as np
import tensorflow as tf

train_data = np.random.RandomState(5).randn(40, 3).astype(np.float32)
batches = tf.data.Dataset.from_tensor_slices(train_data).batch(8)
w = tf.Variable(tf.random.normal([3, 1], stddev=0.1), name="w")


@tf.function
def train_epoch():
    total = 0.0
    for x in batches:
        with tf.GradientTape() as tape:
            noisy = x + tf.random.uniform(tf.shape(x), -0.1, 0.1)
            loss = tf.reduce_mean((noisy @ w - x[:, :1]) ** 2)
        w.assign_sub(0.1 * tape.gradient(loss, w))
        total += loss
    return total / 5.0


start = time.time()
for epoch in range(3):
    mean = train_epoch()
    print("epoch %d mean loss %.5f, %.2f sec elapsed" % (epoch, mean.numpy(), time.time() - start))
