import numpy as np
import tensorflow as tf

x = tf.placeholder(tf.float32, [None, 4], name="x")
scale = tf.placeholder_with_default(2.0, shape=[], name="scale")
is_training = tf.placeholder_with_default(False, [], name="is_training")
w = tf.Variable(tf.fill([4, 1], 0.5))
out = tf.matmul(x, w) * scale
noisy = tf.cond(is_training, lambda: out + 1.0, lambda: out)
loss = tf.reduce_mean(noisy)
train = tf.train.GradientDescentOptimizer(0.01).minimize(loss)

data = np.arange(12, dtype=np.float32).reshape(3, 4)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    print(sess.run(noisy, {x: data}))
    print(sess.run(noisy, {x: data, scale: 3.0}))
    for _ in range(3):
        _, l = sess.run([train, loss], {x: data, is_training: True})
        print(l)
    print(sess.run(w))
