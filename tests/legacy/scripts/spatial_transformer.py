"""A spatial transformer: a localization network learns where the digit-like blob is, and the resampler cuts it out."""
from __future__ import print_function

import numpy as np
import tensorflow as tf

SIZE, CROP, BATCH = 12, 6, 32


def blobs(rng, n):
    """A plus or a cross at a random place of a noisy image."""
    plus = np.zeros((5, 5))
    plus[2, :] = plus[:, 2] = 1
    cross = np.maximum(np.eye(5), np.eye(5)[::-1])
    images, labels = 0.1 * rng.rand(n, SIZE, SIZE, 1), rng.randint(2, size=n)
    for image, label in zip(images, labels):
        top, left = rng.randint(0, SIZE - 5, size=2)
        image[top:top + 5, left:left + 5, 0] += cross if label else plus
    return images.astype(np.float32), labels


def affine_grid(theta, height, width):
    """Sampling coordinates, in pixels of the source, for scale and translation theta = (s, tx, ty)."""
    x, y = tf.meshgrid(tf.linspace(-1.0, 1.0, width), tf.linspace(-1.0, 1.0, height))
    x, y = tf.expand_dims(x, 0), tf.expand_dims(y, 0)
    scale, tx, ty = [tf.reshape(t, [-1, 1, 1]) for t in tf.unstack(theta, axis=1)]
    xs = (scale * x + tx + 1.0) * (SIZE - 1) / 2.0
    ys = (scale * y + ty + 1.0) * (SIZE - 1) / 2.0
    return tf.stack([xs, ys], axis=-1)


tf.set_random_seed(21)
rng = np.random.RandomState(4)
images = tf.placeholder(tf.float32, [None, SIZE, SIZE, 1])
labels = tf.placeholder(tf.int32, [None])

with tf.variable_scope('localization'):
    net = tf.layers.conv2d(images, 8, 5, strides=2, activation=tf.nn.relu, name='conv')
    net = tf.layers.dense(tf.reshape(net, [-1, 4 * 4 * 8]), 20, activation=tf.nn.tanh, name='fc')
    theta = tf.layers.dense(net, 3, kernel_initializer=tf.zeros_initializer(),
                            bias_initializer=tf.constant_initializer([0.6, 0.0, 0.0]), name='theta')

crops = tf.contrib.resampler.resampler(images, affine_grid(theta, CROP, CROP))
with tf.variable_scope('classifier'):
    net = tf.layers.dense(tf.reshape(crops, [-1, CROP * CROP]), 16, activation=tf.nn.relu, name='hidden')
    logits = tf.layers.dense(net, 2, name='logits')
loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels=labels, logits=logits))
accuracy = tf.reduce_mean(tf.cast(tf.equal(tf.argmax(logits, 1), tf.cast(labels, tf.int64)), tf.float32))
optimizer = tf.train.AdamOptimizer(0.01)
grads_and_vars = optimizer.compute_gradients(loss)
train = optimizer.apply_gradients(grads_and_vars)
to_location = [g for g, v in grads_and_vars if v.op.name == 'localization/theta/bias'][0]

print('crops', crops.shape)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    x, y = blobs(rng, BATCH)
    first = sess.run([crops, to_location], {images: x, labels: y})
    print('first crop', np.round(first[0][0, 2, :, 0], 4))
    print('gradient of the bias of theta', ' '.join('%.4f' % g for g in first[1]))
    for step in range(60):
        x, y = blobs(rng, BATCH)
        _, value = sess.run([train, loss], {images: x, labels: y})
        if step % 10 == 9:
            print('step %d loss %.4f' % (step + 1, value))
    x, y = blobs(rng, 200)
    print('accuracy %.2f' % sess.run(accuracy, {images: x, labels: y}))
    print('mean theta', np.round(sess.run(theta, {images: x}).mean(axis=0), 3))
