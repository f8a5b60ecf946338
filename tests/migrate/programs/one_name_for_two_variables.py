import tensorflow as tf
import numpy as np

def net(x):
    with tf.variable_scope('a'):
        w = tf.get_variable('w', [3, 3])
        b = tf.get_variable('b', [3])
        h = tf.nn.relu(tf.matmul(x, w) + b)
    with tf.variable_scope('b'):
        w = tf.get_variable('w', [3, 3])
        b = tf.get_variable('b', [3])
        return tf.matmul(h, w) + b

x = tf.placeholder(tf.float32, [None, 3])
y = net(x)
loss = tf.reduce_mean(tf.square(y))
train = tf.train.AdamOptimizer(0.1).minimize(loss)
saver = tf.train.Saver()
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for _ in range(5):
        print(sess.run([loss, train], {x: np.ones([2, 3])})[0])
    saver.save(sess, 'one_name')
