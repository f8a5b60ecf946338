"""Data-parallel towers on /cpu:0 with averaged gradients, and accumulated gradients over several batches."""
from __future__ import print_function

import numpy as np
import tensorflow as tf

NUM_TOWERS = 2


def tower(scope, x, y):
    hidden = tf.layers.dense(x, 6, tf.nn.relu, name='hidden')
    out = tf.layers.dense(hidden, 1, name='out')
    tf.add_to_collection('parts', tf.losses.mean_squared_error(y, out))
    return tf.add_n(tf.get_collection('parts', scope), name='total')


def mean_over_towers(towers):
    """[[(gradient, variable), ...] per tower] -> [(mean gradient, variable), ...]"""
    return [(tf.add_n([g for g, _ in column]) / len(column), column[0][1]) for column in zip(*towers)]


rng = np.random.RandomState(17)
X = rng.randn(24, 3).astype(np.float32)
Y = (X[:, :1] - 2 * X[:, 1:2] * X[:, 2:]).astype(np.float32)

with tf.Graph().as_default(), tf.device('/cpu:0'):
    tf.set_random_seed(17)
    global_step = tf.get_variable('global_step', [], initializer=tf.constant_initializer(0), trainable=False)
    opt = tf.train.GradientDescentOptimizer(0.05)
    x, y = tf.placeholder(tf.float32, [24, 3]), tf.placeholder(tf.float32, [24, 1])
    tower_grads, losses = [], []
    with tf.variable_scope(tf.get_variable_scope()):
        for i, (x_part, y_part) in enumerate(zip(tf.split(x, NUM_TOWERS), tf.split(y, NUM_TOWERS))):
            with tf.name_scope('tower_%d' % i) as scope:
                losses.append(tower(scope, x_part, y_part))
                tf.get_variable_scope().reuse_variables()
                tower_grads.append(opt.compute_gradients(losses[-1]))
    train_op = opt.apply_gradients(mean_over_towers(tower_grads), global_step=global_step)
    print([loss.op.name for loss in losses], [v.op.name for v in tf.trainable_variables()])

    tvs = tf.trainable_variables()
    accumulators = [tf.Variable(tf.zeros_like(tv.initialized_value()), trainable=False) for tv in tvs]
    zero_ops = [a.assign(tf.zeros_like(a)) for a in accumulators]
    accumulate = [a.assign_add(g) for a, (g, _) in zip(accumulators, tower_grads[0])]
    apply_accumulated = opt.apply_gradients([(a / 2, v) for a, v in zip(accumulators, tvs)])

    with tf.Session(config=tf.ConfigProto(allow_soft_placement=True, log_device_placement=False)) as sess:
        sess.run(tf.global_variables_initializer())
        for step in range(4):
            _, first, second = sess.run([train_op] + losses, {x: X, y: Y})
            print('step %d: %.6f %.6f' % (step, first, second))
        sess.run(zero_ops)
        for rows in (slice(0, 12), slice(12, 24)):
            sess.run(accumulate, {x: np.tile(X[rows], (2, 1)), y: np.tile(Y[rows], (2, 1))})
        print('accumulated', [float(np.abs(a).sum()) for a in sess.run(accumulators)])
        sess.run(apply_accumulated)
        print('after', [float(v) for v in sess.run(losses, {x: X, y: Y})], 'step', int(sess.run(global_step)))
