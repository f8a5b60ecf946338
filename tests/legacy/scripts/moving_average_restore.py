"""ExponentialMovingAverage in training, variables_to_restore in evaluation, and averages of tensors."""
from __future__ import print_function

import os
import tempfile

import numpy as np
import tensorflow as tf

checkpoint = os.path.join(tempfile.mkdtemp(), 'model.ckpt')
X = np.random.RandomState(50).randn(40, 3).astype(np.float32)
Y = X.dot(np.array([[1.], [2.], [3.]], np.float32))


def inference(x):
    with tf.variable_scope('linear'):
        w = tf.get_variable('w', [3, 1], initializer=tf.random_normal_initializer())
        b = tf.get_variable('b', [1], initializer=tf.zeros_initializer())
    return tf.matmul(x, w) + b


with tf.Graph().as_default():
    tf.set_random_seed(50)
    global_step = tf.Variable(0, trainable=False, name='global_step')
    loss = tf.reduce_mean(tf.square(inference(X) - Y))
    opt = tf.train.GradientDescentOptimizer(0.1)
    apply_gradient_op = opt.minimize(loss, global_step=global_step)
    variable_averages = tf.train.ExponentialMovingAverage(0.9, global_step)
    with tf.control_dependencies([apply_gradient_op]):
        train_op = variable_averages.apply(tf.trainable_variables())
    loss_averages = tf.train.ExponentialMovingAverage(0.8, name='avg', zero_debias=True)
    with tf.control_dependencies([loss_averages.apply([loss])]):
        averaged = tf.identity(loss_averages.average(loss))
    saver = tf.train.Saver()
    with tf.Session() as sess:
        sess.run(tf.global_variables_initializer())
        for step in range(10):
            value = sess.run(averaged)
            sess.run(train_op)
            if step % 3 == 0:
                print('step %d average loss %.6f' % (step, value))
        w = tf.trainable_variables()[0]
        print(variable_averages.average(w).op.name, sess.run(variable_averages.average(w)).ravel().tolist())
        print('w', sess.run(w).ravel().tolist())
        saver.save(sess, checkpoint)

with tf.Graph().as_default():
    loss = tf.reduce_mean(tf.square(inference(X) - Y))
    ema = tf.train.ExponentialMovingAverage(0.9)
    names = ema.variables_to_restore()
    print(sorted(names))
    with tf.Session() as sess:
        tf.train.Saver(names).restore(sess, checkpoint)
        print('loss with the averages %.6f' % sess.run(loss))
        tf.train.Saver().restore(sess, checkpoint)
        print('loss with the last     %.6f' % sess.run(loss))
