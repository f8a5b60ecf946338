import numpy as np
import tensorflow as tf

x = tf.placeholder(tf.float32, [None, 3])
y = tf.placeholder(tf.float32, [None, 1])
w = tf.Variable(tf.ones([3, 1]) * 5, name="w")
b = tf.Variable(0.0, name="b")
cost = tf.reduce_sum(tf.square(tf.matmul(x, w) + b - y))
optimizer = tf.train.GradientDescentOptimizer(learning_rate=0.1)
gvs = optimizer.compute_gradients(cost)
capped = [(tf.clip_by_value(grad, -1.0, 1.0), var) for grad, var in gvs]
train_op = optimizer.apply_gradients(capped)

rng = np.random.RandomState(15)
data = rng.randn(9, 3)
sess = tf.Session()
sess.run(tf.global_variables_initializer())
for i in range(6):
    sess.run(train_op, feed_dict={x: data, y: data[:, 1:2]})
    print(i, sess.run(cost, feed_dict={x: data, y: data[:, 1:2]}), sess.run(b))
