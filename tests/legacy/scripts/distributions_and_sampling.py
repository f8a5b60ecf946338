"""tf.distributions and seeded random ops: samples, densities, divergences, op seeds against the graph seed."""
from __future__ import print_function

import tensorflow as tf

ds = tf.distributions
tf.set_random_seed(1357)

sampled = [
    ('Normal', ds.Normal(loc=[0., 2.], scale=[1., 0.5]), 0.3),
    ('Bernoulli', ds.Bernoulli(logits=[-1., 1.]), 1),
    ('Categorical', ds.Categorical(probs=[.2, .3, .5]), 2),
    ('Exponential', ds.Exponential(rate=2.0), 0.7),
    ('Gamma', ds.Gamma(concentration=3.0, rate=2.0), 1.1),
    ('Beta', ds.Beta(2.0, 5.0), 0.25),
    ('Laplace', ds.Laplace(0.0, 2.0), -1.0),
    ('StudentT', ds.StudentT(df=4.0, loc=0.0, scale=1.0), 0.5),
    ('Uniform', ds.Uniform(low=-1.0, high=3.0), 0.0),
    ('Dirichlet', ds.Dirichlet([1.0, 2.0, 3.0]), [.2, .3, .5]),
    ('Multinomial', ds.Multinomial(total_count=4., probs=[.5, .25, .25]), [2., 1., 1.]),
]
with tf.Session() as sess:
    for name, dist, value in sampled:
        center = dist.mode() if name == 'Categorical' else dist.mean()
        print('%-12s log_prob %s center %s' % (name, sess.run(dist.log_prob(value)).tolist(), sess.run(center).tolist()))
        if name not in ('Gamma', 'Beta', 'StudentT', 'Dirichlet'):
            print('%12s sample %s' % ('', sess.run(dist.sample(2, seed=11)).tolist()))
    print('kl', sess.run(ds.kl_divergence(sampled[0][1], ds.Normal(0., 1.))).tolist(),
          sess.run(ds.Categorical(logits=[0., 1.]).entropy()), sess.run(sampled[0][1].cdf(0.0)).tolist())

    draws = [
        ('no op seed', tf.random_uniform([2])),
        ('op seed', tf.random_uniform([2], seed=3)),
        ('same op seed', tf.random_uniform([2], seed=3)),
        ('normal', tf.random_normal([2], mean=1.0, stddev=2.0)),
        ('truncated', tf.truncated_normal([3])),
        ('integers', tf.random_uniform([5], 0, 100, dtype=tf.int32)),
        ('float64', tf.random_normal([2], dtype=tf.float64)),
        ('shuffle', tf.random_shuffle(tf.range(6))),
        ('multinomial', tf.multinomial([[0., 1., 2.]], 5, seed=4)),
        ('crop', tf.random_crop(tf.range(10), [3])),
        ('poisson', tf.random_poisson([3.0], [3], seed=2)),
        ('gamma', tf.random_gamma([2], 2.0, seed=2)),
        ('orthogonal', tf.orthogonal_initializer(seed=3)([2, 2])),
    ]
    for name, tensor in draws:
        print('%-13s %s' % (name, sess.run(tensor).tolist()))
    repeated = draws[0][1]
    print('again', sess.run(repeated).tolist())
with tf.Session() as sess:
    print('new session', sess.run(repeated).tolist())
with tf.Graph().as_default() as g, tf.Session() as sess:
    g.seed = 5
    print('graph seed 5', sess.run(tf.random_normal([2])).tolist())
