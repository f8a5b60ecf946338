import numpy as np
import tensorflow as tf


class QNetwork:
    def __init__(self, state_size, action_size, learning_rate=0.01):
        self.state_size = state_size
        self.states = tf.placeholder(tf.float32, [None, state_size], name="states")
        self.actions = tf.placeholder(tf.int32, [None], name="actions")
        self.targets = tf.placeholder(tf.float32, [None], name="targets")
        with tf.variable_scope("main"):
            hidden = tf.layers.dense(self.states, 6, activation=tf.nn.relu)
            self.output = tf.layers.dense(hidden, action_size)
        one_hot = tf.one_hot(self.actions, action_size)
        q = tf.reduce_sum(tf.multiply(self.output, one_hot), axis=1)
        self.loss = tf.reduce_mean(tf.square(self.targets - q))
        self.opt = tf.train.GradientDescentOptimizer(learning_rate).minimize(self.loss)


net = QNetwork(4, 2)
rng = np.random.RandomState(22)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for episode in range(5):
        states = rng.randn(8, 4)
        qs = sess.run(net.output, feed_dict={net.states: states})
        targets = 0.9 * qs.max(axis=1) + 1.0
        actions = np.argmax(qs, axis=1)
        loss, _ = sess.run(
            [net.loss, net.opt], feed_dict={net.states: states, net.actions: actions, net.targets: targets}
        )
        print("episode", episode, "loss %.4f" % loss)
