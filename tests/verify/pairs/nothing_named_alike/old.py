import numpy as np
import tensorflow as tf

a = tf.placeholder(tf.float32, [None, 4])
t = tf.placeholder(tf.float32, [None, 4])
w0 = tf.Variable(tf.random_normal([4, 4]))
w1 = tf.Variable(tf.random_normal([4, 4]))
w2 = tf.Variable(tf.random_normal([4, 4]))
out = tf.matmul(tf.sigmoid(tf.matmul(tf.sigmoid(tf.matmul(a, w0)), w1)), w2)
err = tf.losses.absolute_difference(t, out)
go = tf.train.AdadeltaOptimizer(1.0).minimize(err)
s = tf.Session()
s.run(tf.initialize_all_variables())
for k in range(14):
    v = np.random.exponential(size=[5, 4])
    s.run(go, {a: v, t: v[:, ::-1]})
