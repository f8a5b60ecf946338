import numpy as np
import tensorflow as tf


def tower(x, reuse=False):
    with tf.variable_scope("tower", reuse=reuse):
        w = tf.get_variable("w", [4, 3], initializer=tf.random_normal_initializer(stddev=0.2, seed=3))
        b = tf.get_variable("b", [3], initializer=tf.constant_initializer(0.1))
        return tf.nn.relu(tf.matmul(x, w) + b)


left = tf.placeholder(tf.float32, [None, 4], name="left")
right = tf.placeholder(tf.float32, [None, 4], name="right")
same = tf.placeholder(tf.float32, [None], name="same")
distance = tf.reduce_sum(tf.square(tower(left) - tower(right, reuse=True)), 1)
loss = tf.reduce_mean(same * distance + (1 - same) * tf.maximum(0.0, 1 - distance))
step = tf.train.GradientDescentOptimizer(0.05).minimize(loss)

rng = np.random.RandomState(8)
a, b = rng.randn(20, 4), rng.randn(20, 4)
s = rng.randint(2, size=20)
sess = tf.InteractiveSession()
tf.global_variables_initializer().run()
for i in range(6):
    _, value = sess.run([step, loss], {left: a, right: b, same: s})
    print("%d %.6f" % (i, value))
print(distance.eval({left: a[:3], right: b[:3]}))
