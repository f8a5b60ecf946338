"""Density estimation with normalizing flows: stacked MAF layers with permutations, and a RealNVP, on two moons."""
from __future__ import print_function

import numpy as np
import tensorflow as tf

ds = tf.contrib.distributions
tfb = tf.contrib.distributions.bijectors

DTYPE = tf.float32
NP_DTYPE = np.float32


def two_moons(n, seed):
    rng = np.random.RandomState(seed)
    angle = rng.uniform(0, np.pi, n)
    upper = rng.randint(0, 2, n)
    x = np.where(upper, np.cos(angle), 1 - np.cos(angle))
    y = np.where(upper, np.sin(angle), 0.5 - np.sin(angle))
    return (np.stack([x, y], 1) + rng.normal(0, 0.05, (n, 2))).astype(NP_DTYPE)


def maf(num_bijectors):
    bijectors = []
    for i in range(num_bijectors):
        bijectors.append(tfb.MaskedAutoregressiveFlow(
            shift_and_log_scale_fn=tfb.masked_autoregressive_default_template(
                hidden_layers=[8, 8], name='maf_%d' % i)))
        bijectors.append(tfb.Permute(permutation=[1, 0]))
    # the last permutation changes nothing
    return tfb.Chain(list(reversed(bijectors[:-1])))


tf.set_random_seed(0)
base_dist = ds.MultivariateNormalDiag(loc=tf.zeros([2], DTYPE))
x_samples = tf.placeholder(DTYPE, [64, 2])

flow = ds.TransformedDistribution(distribution=base_dist, bijector=maf(3), name='flow')
loss = -tf.reduce_mean(flow.log_prob(x_samples))
train_op = tf.train.AdamOptimizer(1e-2).minimize(loss)

nvp = ds.TransformedDistribution(
    distribution=base_dist,
    bijector=tfb.Chain([
        tfb.Affine(shift=[0.5, 0.25], scale_diag=[0.9, 0.5]),
        tfb.RealNVP(num_masked=1, shift_and_log_scale_fn=tfb.real_nvp_default_template(hidden_layers=[8])),
    ]))
nvp_loss = -tf.reduce_mean(nvp.log_prob(x_samples))
nvp_train_op = tf.train.AdamOptimizer(1e-2).minimize(nvp_loss)

samples = flow.sample(3, seed=9)
nvp_samples = nvp.sample(3, seed=10)
# there and back again
noise = tf.constant(two_moons(4, 5))
error = tf.reduce_max(tf.abs(flow.bijector.forward(tf.identity(flow.bijector.inverse(noise))) - noise))

print('variables', len(tf.trainable_variables()), tf.trainable_variables()[0].name)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for i in range(31):
        _, np_loss, _, np_nvp_loss = sess.run(
            [train_op, loss, nvp_train_op, nvp_loss], {x_samples: two_moons(64, i)})
        if i % 10 == 0:
            print('%d maf %.4f nvp %.4f' % (i, np_loss, np_nvp_loss))
    print('maf samples', np.round(sess.run(samples), 3).tolist())
    print('nvp samples', np.round(sess.run(nvp_samples), 3).tolist())
    print('inverted', sess.run(error) < 1e-4)
