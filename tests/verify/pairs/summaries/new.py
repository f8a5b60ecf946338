import tempfile

import keras
import numpy as np
import tensorflow as tf

layer1 = keras.layers.Dense(
    2,
    kernel_initializer=keras.initializers.TruncatedNormal(stddev=0.1),
    bias_initializer=keras.initializers.Constant(0.1),
)
layer1.build([None, 4])
ftrl = keras.optimizers.Ftrl(0.1)


@tf.function
def train(x, y_, i):
    with tf.GradientTape() as tape:
        y = layer1(x)
        cross_entropy = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(y_, y))
    ftrl.apply(tape.gradient(cross_entropy, layer1.trainable_variables), layer1.trainable_variables)
    tf.summary.scalar("cross_entropy", cross_entropy, step=i)
    accuracy = tf.reduce_mean(tf.cast(tf.argmax(y, 1) == tf.argmax(y_, 1), tf.float32))
    tf.summary.scalar("accuracy", accuracy, step=i)


with tf.summary.create_file_writer(tempfile.mkdtemp()).as_default():
    for i in range(12):
        xs = np.random.uniform(-1, 1, (10, 4))
        answers = np.eye(2)[(xs[:, 0] > 0).astype(int)]
        train(tf.constant(xs, tf.float32), tf.constant(answers, tf.float32), tf.constant(i, tf.int64))
