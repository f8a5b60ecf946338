"""RegisterGradient and gradient_override_map: a picky relu, a reversed gradient, a straight-through sign; custom_gradient."""
from __future__ import print_function

import tensorflow as tf


@tf.RegisterGradient('OnlyGoodNews')
def only_good_news(op, grad):
    """Lets a gradient through a relu only where it and the unit are positive."""
    return tf.where(tf.logical_and(op.outputs[0] > 0, grad > 0), grad, tf.zeros_like(grad))


def reverse_gradient(x, strength, number=[0]):
    """The identity whose gradient is turned round, for adversarial training."""
    number[0] += 1
    name = 'Reversed_%d' % number[0]
    tf.RegisterGradient(name)(lambda op, grad: -strength * grad)
    with tf.get_default_graph().gradient_override_map({'Identity': name}):
        return tf.identity(x)


def straight_through_sign(x):
    with tf.get_default_graph().gradient_override_map({'Sign': 'Identity'}):
        return tf.sign(x, name='through')


@tf.custom_gradient
def stable_softplus(x):
    return tf.log1p(tf.exp(x)), lambda upstream: upstream * tf.sigmoid(x)


@tf.custom_gradient
def clip_gradient(x, y):
    def grad(dx, dy):
        return tf.clip_by_value(dx, -1., 1.), tf.clip_by_norm(dy, 1.)
    return (tf.identity(x), tf.identity(y)), grad


x = tf.constant([-2.0, -0.5, 0.5, 2.0])
weights = tf.constant([1.0, 2.0, -3.0, 4.0])
plain = tf.gradients(tf.reduce_sum(tf.nn.relu(x) * weights), x)[0]
with tf.get_default_graph().gradient_override_map({'Relu': 'OnlyGoodNews'}):
    guided = tf.gradients(tf.reduce_sum(tf.nn.relu(x, name='guided') * weights), x)[0]

with tf.Session() as sess:
    print('relu', sess.run(plain).tolist(), 'guided', sess.run(guided).tolist())
    flipped = reverse_gradient(x, 0.5) * 3.0
    print('flip', sess.run(tf.gradients(flipped, x)[0]).tolist(), sess.run(flipped).tolist())
    b = straight_through_sign(x)
    print('sign', b.name, sess.run(b).tolist(), sess.run(tf.gradients(b * weights, x)[0]).tolist())
    big = tf.constant(100.0)
    print('softplus', sess.run(tf.gradients(stable_softplus(big), big)[0]), sess.run(stable_softplus(tf.constant(1.0))))
    p, q = clip_gradient(x, weights)
    print([[round(float(v), 6) for v in g] for g in sess.run(tf.gradients(5. * p + tf.square(q), [x, weights]))])
    op = sess.graph.get_operation_by_name('guided')
    print(op.type, op.get_attr('_gradient_op_type').decode())
