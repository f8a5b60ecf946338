import numpy as np
import tensorflow as tf

x = tf.placeholder(tf.float32, [None, 3])
y = tf.placeholder(tf.float32, [None, 1])
hidden = tf.layers.dense(x, 4, activation=tf.tanh, name="hidden")
out = tf.layers.dense(hidden, 1, name="out")
loss = tf.reduce_mean(tf.square(out - y))
tvars = tf.trainable_variables()
grads, norm = tf.clip_by_global_norm(tf.gradients(loss, tvars), 0.5)
train_op = tf.train.AdamOptimizer(0.05).apply_gradients(zip(grads, tvars))

rng = np.random.RandomState(16)
data, target = rng.randn(9, 3), rng.randn(9, 1) * 3
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for i in range(6):
        _, l, n = sess.run([train_op, loss, norm], {x: data, y: target})
        print("step %d loss %.5f norm %.5f" % (i, l, n))
