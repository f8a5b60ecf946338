"""A mixture density network: a dense net gives the weights, means and deviations of a Mixture, trained by likelihood."""
from __future__ import absolute_import, division, print_function

import numpy as np
import tensorflow as tf

ds = tf.contrib.distributions

NUM_COMPONENTS = 3
HIDDEN = 12

# the inverted sine: several y belong to one x
rng = np.random.RandomState(42)
y_data = rng.uniform(-8.0, 8.0, (80, 1)).astype(np.float32)
x_data = (np.sin(0.75 * y_data) * 4.0 + y_data * 0.5 + rng.normal(0.0, 0.3, y_data.shape)).astype(np.float32)

tf.set_random_seed(7)
X = tf.placeholder(tf.float32, [None, 1], name='x')
Y = tf.placeholder(tf.float32, [None], name='y')


def neural_network(x):
    net = tf.layers.dense(x, HIDDEN, activation=tf.tanh, name='hidden_1')
    net = tf.layers.dense(net, HIDDEN, activation=tf.tanh, name='hidden_2')
    locs = tf.layers.dense(net, NUM_COMPONENTS, name='locs')
    scales = tf.layers.dense(net, NUM_COMPONENTS, activation=tf.exp, name='scales')
    logits = tf.layers.dense(net, NUM_COMPONENTS, name='logits')
    return locs, scales, logits


locs, scales, logits = neural_network(X)
cat = ds.Categorical(logits=logits)
components = [ds.Normal(loc=loc, scale=scale)
              for loc, scale in zip(tf.unstack(locs, axis=1), tf.unstack(scales, axis=1))]
mixture = ds.Mixture(cat=cat, components=components)
loss = -tf.reduce_mean(mixture.log_prob(Y))
train_op = tf.train.AdamOptimizer(0.02).minimize(loss)

# the same mixture in the other spelling
family = ds.MixtureSameFamily(mixture_distribution=cat, components_distribution=ds.Normal(loc=locs, scale=scales))
difference = tf.reduce_max(tf.abs(family.log_prob(Y) - mixture.log_prob(Y)))
samples = mixture.sample(2, seed=3)
mean, stddev = mixture.mean(), mixture.stddev()

with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    feed = {X: x_data, Y: y_data[:, 0]}
    for step in range(20):
        value, _ = sess.run([loss, train_op], feed)
        if step % 5 == 0:
            print('step %d nll %.4f' % (step, value))
    print('final nll %.4f' % sess.run(loss, feed))
    print('families agree:', sess.run(difference, feed) < 1e-3)
    grid = {X: np.linspace(-3, 3, 4, dtype=np.float32).reshape(-1, 1)}
    print('means', np.round(sess.run(mean, grid), 3).tolist())
    print('stddevs', np.round(sess.run(stddev, grid), 3).tolist())
    print('samples', sess.run(samples, grid).shape, np.round(sess.run(samples, grid), 2).tolist())
    print('probs', np.round(sess.run(cat.probs, grid)[0], 3).tolist())
