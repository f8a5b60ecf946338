"""A convolutional network with batch normalization and dropout, trained with momentum and tested after each step."""

import numpy as np
import tensorflow as tf

rng = np.random.RandomState(7)
images = rng.randint(0, 256, size=[48, 8, 8, 1]).astype(np.float32) / 255.0
labels = (images[:, :4].mean(axis=(1, 2, 3)) > 0.5).astype(int)
classes = np.eye(2, dtype=np.float32)

X = tf.placeholder(tf.float32, [None, 8, 8, 1], name="X")
Y = tf.placeholder(tf.float32, [None, 2], name="Y")
keep_prob = tf.placeholder(tf.float32, name="keep_prob")
training = tf.placeholder(tf.bool, name="training")

hidden = tf.layers.conv2d(X, 4, 3, padding="same", name="conv")
hidden = tf.layers.batch_normalization(hidden, training=training, momentum=0.99, epsilon=0.001, name="bn")
hidden = tf.nn.relu(hidden)
hidden = tf.nn.max_pool(hidden, [1, 2, 2, 1], [1, 2, 2, 1], "SAME")
hidden = tf.reshape(hidden, [-1, 64])
hidden = tf.nn.dropout(hidden, keep_prob)
logits = tf.layers.dense(hidden, 2, name="dense")
loss = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits_v2(labels=Y, logits=logits))
with tf.control_dependencies(tf.get_collection(tf.GraphKeys.UPDATE_OPS)):
    train = tf.train.MomentumOptimizer(0.05, 0.9).minimize(loss)

with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for step in range(8):
        rows = slice(8 * (step % 5), 8 * (step % 5) + 8)
        feed = {X: images[rows], Y: classes[labels[rows]], keep_prob: 0.75, training: True}
        _, value = sess.run([train, loss], feed)
        tested = sess.run(loss, {X: images[40:], Y: classes[labels[40:]], keep_prob: 1.0, training: False})
        print("step", step, "loss %.6f tested %.6f" % (value, tested))
