"""scan, map_fn, foldl and foldr: running sums, an RNN by scan, leaky integration with its gradient."""
from __future__ import print_function

import numpy as np
import tensorflow as tf

tf.set_random_seed(5)
elems = np.array([1, 2, 3, 4, 5, 6])
cumulative = tf.scan(lambda a, x: a + x, elems)
fibonaccis = tf.scan(lambda a, _: (a[1], a[0] + a[1]), elems, initializer=(np.array(0), np.array(1)))
backwards = tf.scan(lambda a, x: a * 2 + x, elems, initializer=np.array(0), reverse=True)
squares, alternate = tf.map_fn(lambda x: (x[0] * x[0], -x[1]), (elems, elems), dtype=(tf.int64, tf.int64))
left, right = tf.foldl(lambda a, x: a - x, elems), tf.foldr(lambda a, x: a - x, elems)

hidden_size, batch, steps = 4, 2, 5
inputs = tf.constant(np.random.RandomState(5).randn(steps, batch, 3).astype('float32'))
W = tf.get_variable('W', [3, hidden_size], initializer=tf.random_normal_initializer(stddev=0.5))
U = tf.get_variable('U', [hidden_size, hidden_size], initializer=tf.orthogonal_initializer(gain=0.9))


def recurrence(h, x):
    return tf.tanh(tf.matmul(x, W) + tf.matmul(h, U))


states = tf.scan(recurrence, inputs, initializer=tf.zeros([batch, hidden_size]))
loss = tf.reduce_mean(tf.square(states[-1] - 0.5))
gradients = tf.gradients(loss, [W, U])
train = tf.train.GradientDescentOptimizer(0.5).apply_gradients(zip(gradients, [W, U]))

normalized = tf.map_fn(lambda row: row / tf.norm(row), tf.random_uniform([3, 2], seed=11), name='normalize')

with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    print(sess.run(cumulative).tolist(), sess.run(backwards).tolist())
    print([part.tolist() for part in sess.run(fibonaccis)])
    print(sess.run(squares).tolist(), sess.run(alternate).tolist(), sess.run([left, right]))
    print(sess.run(normalized).tolist())
    for i in range(4):
        print('loss %.6f, gradient norms %s' % (sess.run(loss), [float(np.linalg.norm(g)) for g in sess.run(gradients)]))
        sess.run(train)
    print(states.get_shape(), sess.run(states)[-1].tolist())
