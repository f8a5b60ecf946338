"""variable_scope and get_variable: sharing, reuse errors, AUTO_REUSE, make_template, initializers and name scopes."""
from __future__ import print_function

import tensorflow as tf

tf.set_random_seed(3)


def blur(picture, kernel):
    w = tf.get_variable('w', kernel, initializer=tf.random_normal_initializer())
    b = tf.get_variable('b', kernel[-1:], initializer=tf.zeros_initializer())
    return tf.nn.relu(tf.nn.conv2d(picture, w, [1, 1, 1, 1], 'SAME') + b)


def twice(picture):
    with tf.variable_scope('first'):
        picture = blur(picture, [3, 3, 1, 2])
    with tf.variable_scope('second'):
        return blur(picture, [3, 3, 2, 2])


with tf.variable_scope('filters') as scope:
    result1 = twice(tf.ones([1, 4, 4, 1]))
    try:
        twice(tf.zeros([1, 4, 4, 1]))
    except ValueError as error:
        print(str(error).split('.')[0])
    scope.reuse_variables()
    result2 = twice(tf.zeros([1, 4, 4, 1]))
print(result1.name, result2.name)
print([v.name for v in tf.global_variables()])

try:
    with tf.variable_scope("nothing_here", reuse=True):
        tf.get_variable("v", [1])
except ValueError as error:
    print(str(error).split(',')[0])

with tf.variable_scope("foo", initializer=tf.constant_initializer(0.4), regularizer=lambda w: 0.1 * tf.nn.l2_loss(w)):
    v = tf.get_variable("v", [2])
    with tf.variable_scope("bar"):
        w = tf.get_variable("w", [1], initializer=tf.constant_initializer(0.3))
    with tf.name_scope("ops"):
        u = 1.0 + tf.get_variable("u", [1])
    print(tf.get_variable_scope().name, u.op.name, w.name)
for attempt in range(2):
    with tf.variable_scope("shared", reuse=tf.AUTO_REUSE):
        shared = tf.get_variable("s", [2, 2], initializer=tf.truncated_normal_initializer(seed=8))
        print(shared.name, (shared * 2).name)

with tf.variable_scope(None, default_name="unique"):
    first = tf.get_variable("x", [])
with tf.variable_scope(None, default_name="unique"):
    second = tf.get_variable("x", [])
print(first.name, second.name)

scale_by_y = tf.make_template('scale_by_y', lambda x: x * tf.get_variable('y', [], initializer=tf.ones_initializer()) * 3)
z, t = scale_by_y(tf.constant(2.0)), scale_by_y(tf.constant(5.0))
a, b = tf.Variable(1.0, name='same'), tf.Variable(2.0, name='same')
print(a.name, b.name, [var.name for var in tf.get_collection(tf.GraphKeys.GLOBAL_VARIABLES, scope='scale')])

with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    print(sess.run([v, w, u, z, t]))
    print('%.6f %.6f' % (sess.run(result1).sum(), sess.run(result2).sum()))
    print('regularization %.6f of %d' % (sess.run(tf.losses.get_regularization_loss()), len(tf.losses.get_regularization_losses())))
    print(sess.run(shared).tolist())
