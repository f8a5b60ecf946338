"""Bayesian linear regression: a mean-field posterior by the reparameterization trick, against the exact one."""
from __future__ import print_function

import numpy as np
import tensorflow as tf
from tensorflow.contrib import bayesflow
from tensorflow.contrib.distributions import MultivariateNormalDiag, Normal, kl_divergence
from tensorflow.contrib.distributions.python.ops import mvn_full_covariance

N, D = 60, 2
NOISE = 0.5

rng = np.random.RandomState(1)
true_w = np.array([1.5, -0.7], np.float32)
x_train = rng.randn(N, D).astype(np.float32)
y_train = (x_train.dot(true_w) + NOISE * rng.randn(N)).astype(np.float32)

tf.set_random_seed(1)


def log_joint(w):
    """w: [samples, D] -> [samples]"""
    prior = MultivariateNormalDiag(loc=tf.zeros(D), scale_diag=tf.ones(D))
    likelihood = Normal(loc=tf.matmul(w, x_train, transpose_b=True), scale=NOISE)
    return prior.log_prob(w) + tf.reduce_sum(likelihood.log_prob(y_train), 1)


with tf.variable_scope('posterior'):
    mu = tf.get_variable('mu', [D], initializer=tf.zeros_initializer())
    rho = tf.get_variable('rho', [D], initializer=tf.constant_initializer(-2.0))
    q_w = MultivariateNormalDiag(loc=mu, scale_diag=tf.nn.softplus(rho), name='q_w')

# without an op seed: the draws hang on the number of ops before them
w = q_w.sample(5)
elbo = tf.reduce_mean(log_joint(w)) + q_w.entropy()
train = tf.train.AdamOptimizer(0.1).minimize(-elbo)

# what is known in closed form
precision = np.eye(D) + x_train.T.dot(x_train) / NOISE ** 2
covariance = np.linalg.inv(precision).astype(np.float32)
mean = covariance.dot(x_train.T.dot(y_train)) / NOISE ** 2
exact = mvn_full_covariance.MultivariateNormalFullCovariance(mean.astype(np.float32), covariance)
divergence = kl_divergence(q_w, exact)

# the evidence, by importance sampling from the posterior found
z = q_w.sample(200, seed=5)
log_evidence = bayesflow.monte_carlo.expectation_importance_sampler_logspace(
    log_f=lambda v: tf.zeros([200]), log_p=log_joint, sampling_dist_q=q_w, z=z)
second_moment = bayesflow.monte_carlo.expectation(tf.square, exact.sample(300, seed=6))

with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for i in range(61):
        value, _ = sess.run([elbo, train])
        if i % 15 == 0:
            print('iteration {:3d} ELBO {:.3f} KL {:.4f}'.format(i, value, sess.run(divergence)))
    print('posterior mean', np.round(sess.run(mu), 3).tolist(), 'exact', np.round(sess.run(exact.mean()), 3).tolist())
    print('posterior stddev', np.round(sess.run(q_w.stddev()), 4).tolist(),
          'exact', np.round(sess.run(exact.stddev()), 4).tolist())
    print('log evidence %.3f' % sess.run(log_evidence))
    print('second moment', np.round(sess.run(second_moment), 3).tolist())
    print('name', q_w.name, q_w.batch_shape, q_w.event_shape)
