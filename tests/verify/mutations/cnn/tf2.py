"""A convolutional network with batch normalization and dropout, trained with momentum and tested after each step."""

import keras
import numpy as np
import tensorflow as tf

rng = np.random.RandomState(7)
images = rng.randint(0, 256, size=[48, 8, 8, 1]).astype(np.float32) / 255.0
labels = (images[:, :4].mean(axis=(1, 2, 3)) > 0.5).astype(int)
classes = np.eye(2, dtype=np.float32)

conv = keras.layers.Conv2D(4, 3, padding="same", name="conv")
bn = keras.layers.BatchNormalization(momentum=0.99, epsilon=0.001, name="bn")
dense = keras.layers.Dense(2, name="dense")
conv.build([None, 8, 8, 1])
bn.build([None, 8, 8, 4])
dense.build([None, 64])
variables = conv.trainable_variables + bn.trainable_variables + dense.trainable_variables
optimizer = keras.optimizers.SGD(0.05, momentum=0.9)
optimizer.build(variables)


def compute_loss(x, y, rate, training):
    hidden = bn(conv(x), training=training)
    hidden = tf.nn.relu(hidden)
    hidden = tf.nn.max_pool(hidden, 2, 2, "SAME")
    hidden = tf.reshape(hidden, [-1, 64])
    hidden = tf.nn.dropout(hidden, rate)
    logits = dense(hidden)
    return tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(labels=y, logits=logits))


@tf.function
def train(x, y):
    with tf.GradientTape() as tape:
        loss = compute_loss(x, y, 0.25, training=True)
    optimizer.apply(tape.gradient(loss, variables), variables)
    return loss


@tf.function
def test(x, y):
    return compute_loss(x, y, 0.0, training=False)


for step in range(8):
    rows = slice(8 * (step % 5), 8 * (step % 5) + 8)
    value = train(tf.constant(images[rows]), tf.constant(classes[labels[rows]]))
    tested = test(tf.constant(images[40:]), tf.constant(classes[labels[40:]]))
    print("step", step, "loss %.6f tested %.6f" % (value, tested))
