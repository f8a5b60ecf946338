"""Denoising autoencoders: a dense one whose decoder is the transposed encoder, and one with conv2d_transpose."""
from __future__ import print_function

import numpy as np
import tensorflow as tf

np.random.seed(19)
tf.set_random_seed(19)
SIGNALS, LENGTH = 64, 12
phase = np.random.uniform(0, 2 * np.pi, (SIGNALS, 1))
waves = np.sin(phase + np.arange(LENGTH) * 0.7).astype(np.float32)


class DenoisingAutoencoder(object):
    def __init__(self, inputs, code_size, noise):
        width = int(inputs.shape[1])
        bound = (6.0 / (width + code_size)) ** 0.5
        self.encode_w = tf.Variable(tf.random_uniform([width, code_size], -bound, bound), name='encode_w')
        self.encode_b = tf.Variable(tf.zeros([code_size]), name='encode_b')
        self.decode_b = tf.Variable(tf.zeros([width]), name='decode_b')
        self.noise = tf.placeholder_with_default(noise, [], name='noise')
        spoiled = inputs + self.noise * tf.random_normal(tf.shape(inputs))
        self.code = tf.nn.elu(tf.matmul(spoiled, self.encode_w) + self.encode_b)
        self.output = tf.matmul(self.code, self.encode_w, transpose_b=True) + self.decode_b
        self.loss = tf.losses.mean_squared_error(inputs, self.output)
        self.train = tf.train.AdamOptimizer(0.02).minimize(self.loss)


batch = tf.placeholder(tf.float32, [None, LENGTH], name='batch')
model = DenoisingAutoencoder(batch, 3, noise=0.1)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for epoch in range(5):
        losses = [sess.run([model.loss, model.train], {batch: part})[0] for part in np.split(waves, 4)]
        print('epoch %d: %s' % (epoch + 1, ', '.join('%.6f' % loss for loss in losses)))
    clean = {batch: waves, model.noise: 0.0}
    print('without noise', float(sess.run(model.loss, clean)))
    print('first code', sess.run(model.code, clean)[0].tolist())

with tf.Graph().as_default(), tf.Session() as sess:
    tf.set_random_seed(20)
    images = tf.constant(waves.reshape(SIGNALS, 3, 4, 1).repeat(2, axis=1)[:, :4])
    code = tf.layers.conv2d(images, 4, 3, strides=2, padding='same', activation=tf.nn.leaky_relu, name='encode')
    decoded = tf.layers.conv2d_transpose(code, 1, 3, strides=2, padding='same', name='decode')
    resized = tf.image.resize_nearest_neighbor(code, (4, 4))
    smooth = tf.layers.conv2d(resized, 1, 3, padding='same', name='smooth')
    loss = tf.losses.mean_squared_error(images, decoded) + tf.losses.absolute_difference(images, smooth)
    train = tf.train.AdamOptimizer(0.01).minimize(loss)
    sess.run(tf.global_variables_initializer())
    print(['%.6f' % sess.run([loss, train])[0] for _ in range(5)], decoded.shape)
