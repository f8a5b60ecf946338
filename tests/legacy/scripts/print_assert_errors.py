"""tf.Print, tf.Assert and assert ops, check_numerics, and the errors programs catch from sess.run and from the graph."""
from __future__ import print_function

import numpy as np
import tensorflow as tf

x = tf.placeholder(tf.float32, [None], name='x')
printed = tf.Print(x, [tf.shape(x), tf.reduce_max(x)], 'shape and max: ', first_n=1, summarize=3)
with tf.control_dependencies([tf.Assert(tf.reduce_all(x >= 0), [x], name='not_negative')]):
    root = tf.sqrt(printed)
with tf.control_dependencies([tf.assert_less(x, 10., message='too large'), tf.assert_equal(tf.size(x), 2)]):
    pair = tf.identity(x)
checked = tf.check_numerics(tf.log(x), 'log of x')
v = tf.Variable([1.0, 2.0], name='v')
wrong = tf.placeholder(tf.float32, [3, 2], name='wrong')
sess = tf.Session()


def attempt(title, function, about=''):
    try:
        print('%-14s fine: %s' % (title, function()))
    except Exception as e:
        message = getattr(e, 'message', str(e))
        print('%-14s %s%s' % (title, type(e).__name__, ' about ' + about if about and about in message else ''))


attempt('root', lambda: sess.run(root, {x: [4., 9.]}).tolist())
attempt('assertion', lambda: sess.run(root, {x: [-4., 9.]}), 'assertion failed')
attempt('pair', lambda: sess.run(pair, {x: [4., 9.]}).tolist())
attempt('too large', lambda: sess.run(pair, {x: [4., 19.]}), 'too large')
attempt('numerics', lambda: sess.run(checked, {x: [0.]}), 'log of x')
attempt('not fed', lambda: sess.run(root), "placeholder tensor 'x'")
attempt('uninitialized', lambda: sess.run(v), 'uninitialized value v')
attempt('bad feed shape', lambda: sess.run(wrong, {wrong: np.zeros((2, 2))}), 'shape (2, 2)')
attempt('bad feed type', lambda: sess.run(x, {x: ['a']}))
attempt('fetch None', lambda: sess.run(None))
attempt('unknown fetch', lambda: sess.run('nothing:0'))
attempt('shapes', lambda: tf.constant([1., 2.]) + tf.constant([1., 2., 3.]), 'Dimensions must be equal')
attempt('dtypes', lambda: tf.constant(1) + tf.constant(1.0))
attempt('bool', lambda: bool(tf.constant(True)))
attempt('iterate', lambda: len(list(x)))
attempt('rank', lambda: tf.placeholder(tf.float32).get_shape().as_list())
attempt('static assert', lambda: tf.assert_rank(v, 2))
attempt('gather', lambda: sess.run(tf.gather(tf.constant([1, 2, 3]), [1, 5])).tolist(), 'indices[1] = 5')
attempt('reshape', lambda: sess.run(tf.reshape(x, [-1, 2]), {x: [1., 2., 3.]}))
attempt('division', lambda: sess.run(tf.constant(1) // tf.constant(0)))
attempt('file', lambda: tf.gfile.Open('/nowhere/at/all').read())
attempt('ensure', lambda: sess.run(tf.ensure_shape(x, [2]), {x: [1., 2.]}).tolist())
sess.close()
attempt('closed', lambda: sess.run(tf.constant(1)))
print(tf.errors.INVALID_ARGUMENT, issubclass(tf.errors.OutOfRangeError, tf.OpError), tf.errors.NotFoundError.__mro__[1].__name__)
