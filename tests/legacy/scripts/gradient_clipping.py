"""tf.gradients and clipping: by value, by norm, by average norm, by global norm; hessians; stop_gradient."""
from __future__ import print_function

import numpy as np
import tensorflow as tf

np.random.seed(44)
tf.set_random_seed(44)

x = tf.placeholder(tf.float32, [None, 6], name='x')
y = tf.placeholder(tf.float32, [None], name='y')
w1 = tf.Variable(tf.random_normal([6, 5], stddev=2.0), name='w1')
w2 = tf.Variable(tf.random_normal([5, 1], stddev=2.0), name='w2')
out = tf.squeeze(tf.matmul(tf.tanh(tf.matmul(x, w1)), w2), [1])
loss = tf.reduce_sum(tf.square(out - y))

tvars = tf.trainable_variables()
grads = tf.gradients(loss, tvars)
clipped, global_norm = tf.clip_by_global_norm(grads, 1.5)
optimizer = tf.train.GradientDescentOptimizer(0.05)
train_global = optimizer.apply_gradients(zip(clipped, tvars))
gvs = optimizer.compute_gradients(loss)
capped_gvs = [(tf.clip_by_value(grad, -0.1, 0.1), var) for grad, var in gvs]
train_value = optimizer.apply_gradients(capped_gvs)
normed = [tf.clip_by_norm(g, 2.0) for g in grads]
averaged = [tf.clip_by_average_norm(g, 0.01) for g in grads]

feed = {x: np.random.randn(10, 6), y: np.random.randn(10)}
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    print('norm %.6f after %.6f' % (sess.run(global_norm, feed), sess.run(tf.global_norm(clipped), feed)))
    print([float(np.linalg.norm(g)) for g in sess.run(normed, feed)], [float(np.abs(g).max()) for g in sess.run(averaged, feed)])
    for step in range(4):
        sess.run(train_global if step % 2 else train_value, feed)
        print('loss %.6f' % sess.run(loss, feed))

    a = tf.constant([1.0, 2.0])
    f = a[0] ** 2 * a[1] + tf.sin(a[1])
    print('hessian', sess.run(tf.hessians(f, a))[0].tolist())
    b = a * 3.0
    g = tf.reduce_sum(b * tf.stop_gradient(b) + a)
    print('stop_gradient', sess.run(tf.gradients(g, [a, b])[0]).tolist(), sess.run(tf.gradients(g, a, stop_gradients=[b])[0]).tolist())
    print('unconnected', tf.gradients(a, tf.constant(1.0)), 'grad_ys', sess.run(tf.gradients(b, a, grad_ys=[tf.constant([5., 7.])]))[0].tolist())
    accumulated = tf.gradients(b, a, aggregation_method=tf.AggregationMethod.EXPERIMENTAL_ACCUMULATE_N)
    print(sess.run(tf.check_numerics(accumulated[0], 'fine')).tolist())
