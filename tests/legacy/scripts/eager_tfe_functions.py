"""tf.contrib.eager as tfe: gradients_function, implicit_gradients, metrics, Iterator, py_func, defun."""
from __future__ import print_function

import tensorflow as tf

tfe = tf.contrib.eager

tf.enable_eager_execution()
tf.set_random_seed(49)


def square(x):
    return tf.multiply(x, x)


grad = tfe.gradients_function(square)
second = tfe.gradients_function(lambda x: grad(x)[0])
print('square', square(3.).numpy(), grad(3.)[0].numpy(), second(3.)[0].numpy())

value_and_grads = tfe.value_and_gradients_function(lambda x, y: x ** 2 * y, params=['y'])
value, grads = value_and_grads(tf.constant(2.), tf.constant(5.))
print('value', value.numpy(), [g.numpy() for g in grads])

slope, offset = tfe.Variable(-1., name='slope'), tfe.Variable(4., name='offset')
inputs = tf.random_normal([40], seed=1)
targets = 2 * inputs - 1 + 0.1 * tf.random_normal([40], seed=2)
descend = tfe.implicit_value_and_gradients(lambda: tf.losses.huber_loss(targets, inputs * slope + offset, delta=2.0))
optimizer = tf.train.GradientDescentOptimizer(0.4)
for i in range(16):
    loss, grads_and_vars = descend()
    optimizer.apply_gradients(grads_and_vars)
    if i % 5 == 0:
        print('step %2d loss %.6f' % (i, loss.numpy()))
print('slope %.6f offset %.6f' % (slope.numpy(), offset.numpy()))

accuracy, mean = tfe.metrics.Accuracy('acc'), tfe.metrics.Mean('loss')
for batch in tfe.Iterator(tf.data.Dataset.range(6).batch(2)):
    accuracy(labels=batch, predictions=batch - batch % 2)
    mean(tf.to_float(batch))
print('metrics', accuracy.result().numpy(), mean.result().numpy())


@tfe.defun
def scaled(x, factor):
    return x * factor + slope


print('defun', scaled(tf.constant([1., 2.]), tf.constant(3.)).numpy().tolist())
layer = tf.layers.Dense(2, kernel_initializer=tf.ones_initializer())
print('layer', layer(tf.ones([1, 3])).numpy().tolist(), [v.name for v in layer.variables])


@tf.custom_gradient
def clip(x):
    return tf.identity(x), lambda dy: tf.clip_by_norm(dy, 0.5)


print('custom', tfe.gradients_function(lambda x: clip(x) * 3.)(1.0)[0].numpy())
print('py_func', tfe.py_func(lambda a: a.numpy() + 1, [tf.constant(2)], tf.int32).numpy(), tfe.num_gpus())
with tf.Graph().as_default(), tf.Session() as sess:
    print('graph', sess.run(square(tf.constant(4.))), tf.executing_eagerly())
