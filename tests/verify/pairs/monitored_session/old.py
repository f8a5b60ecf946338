import tempfile

import numpy as np
import tensorflow as tf

x = tf.placeholder(tf.float32, [None, 4])
y = tf.placeholder(tf.float32, [None])
w = tf.get_variable("w", [4, 1])
b = tf.get_variable("b", [1], initializer=tf.zeros_initializer())
loss = tf.losses.mean_squared_error(y, tf.squeeze(tf.matmul(x, w) + b, 1))
global_step = tf.train.get_or_create_global_step()
train_op = tf.train.MomentumOptimizer(0.05, 0.9).minimize(loss, global_step=global_step)

hooks = [tf.train.StopAtStepHook(last_step=15), tf.train.NanTensorHook(loss)]
with tf.train.MonitoredTrainingSession(checkpoint_dir=tempfile.mkdtemp(), hooks=hooks, save_summaries_steps=None) as sess:
    while not sess.should_stop():
        xs = np.random.randn(16, 4)
        _, loss_value, step = sess.run([train_op, loss, global_step], {x: xs, y: xs.sum(1)})
        print("loss %.6f" % loss_value)
