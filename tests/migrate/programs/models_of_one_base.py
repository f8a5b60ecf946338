import numpy as np
import tensorflow as tf


class Model:
    def __init__(self, scope):
        self.scope = scope
        with tf.variable_scope(scope):
            self.x = tf.placeholder(tf.float32, [None, 3])
            self.y = tf.placeholder(tf.float32, [None, 1])
            self.build()
            self.loss = tf.reduce_mean(tf.square(self.y - self.out))
            self.train_op = tf.train.GradientDescentOptimizer(0.01).minimize(self.loss)

    def build(self):
        raise NotImplementedError

    # One step.
    def train(self, sess, x, y):
        return sess.run([self.loss, self.train_op], {self.x: x, self.y: y})[0]

    def describe(self):
        return "%s: %s" % (self.scope, type(self).__name__)


class Linear(Model):
    def build(self):
        self.out = tf.layers.dense(self.x, 1)


class Deep(Model):
    def build(self):
        hidden = tf.layers.dense(self.x, 4, tf.nn.relu)
        self.out = tf.layers.dense(hidden, 1)


tf.set_random_seed(3)
first = Linear("a")
second = Deep("b")
sess = tf.Session()
sess.run(tf.global_variables_initializer())
for step in range(4):
    print(first.train(sess, np.ones((2, 3)), [[1.0], [2.0]]))
    print(second.train(sess, np.ones((2, 3)), [[1.0], [2.0]]))
print(first.describe(), second.describe())
