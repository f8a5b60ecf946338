"""A variational autoencoder on 5 x 5 pictures with one blob: reparameterized noise, annealed KL, pictures from the prior."""
from __future__ import division
from __future__ import print_function

import numpy as np
import tensorflow as tf

rng = np.random.RandomState(0)
tf.set_random_seed(0)
LATENT = 2

pictures = np.zeros((60, 5, 5), np.float32)
for picture in pictures:
    row, column = rng.randint(0, 4, 2)
    picture[row:row + 2, column:column + 2] = 1
pictures = pictures.reshape(60, 25)


def encoder(x):
    with tf.variable_scope('encoder'):
        hidden = tf.layers.dense(x, 12, tf.nn.softplus, name='hidden')
        both = tf.layers.dense(hidden, 2 * LATENT, name='both')
        return tf.split(both, 2, axis=1)


def decoder(z, reuse=None):
    with tf.variable_scope('decoder', reuse=reuse):
        hidden = tf.layers.dense(z, 12, tf.nn.softplus, name='hidden')
        return tf.layers.dense(hidden, 25, name='pixels')


x = tf.placeholder(tf.float32, [None, 25], name='x')
kl_weight = tf.placeholder(tf.float32, [], name='kl_weight')
mu, log_var = encoder(x)
z = mu + tf.exp(log_var / 2) * tf.random_normal(tf.shape(mu))
pixels = decoder(z)
with tf.name_scope('bound'):
    likelihood = -tf.reduce_sum(tf.nn.sigmoid_cross_entropy_with_logits(labels=x, logits=pixels), axis=1)
    kl = 0.5 * tf.reduce_sum(tf.exp(log_var) + mu ** 2 - log_var - 1, axis=1)
    bound = tf.reduce_mean(likelihood - kl)
    objective = tf.reduce_mean(kl_weight * kl - likelihood)
train = tf.train.AdamOptimizer(0.02).minimize(objective)
prior = tf.placeholder(tf.float32, [None, LATENT])
dreamed = tf.sigmoid(decoder(prior, reuse=True))

with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for epoch in range(8):
        for part in np.split(rng.permutation(pictures), 3):
            sess.run(train, {x: part, kl_weight: min(1.0, epoch / 4)})
        if epoch % 2 == 1:
            print('epoch %d bound %.6f' % (epoch + 1, sess.run(bound, {x: pictures})), end=' ')
            print('kl %.6f' % sess.run(kl, {x: pictures}).mean())
    print('mu', sess.run(mu, {x: pictures[:2]}).tolist())
    corners = sess.run(dreamed, {prior: [[-2, -2], [2, 2]]})
    print('dreamed', corners.shape, corners[0, :5].tolist())
