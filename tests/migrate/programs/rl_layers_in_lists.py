import sys

import numpy as np
import tensorflow as tf

if tf.__version__.startswith("2"):
    sys.exit("This is a program for TensorFlow 1")

np.random.seed(5)
tf.set_random_seed(5)


class HiddenLayer:
    def __init__(self, m1, m2, f=tf.nn.tanh, use_bias=True):
        self.w = tf.Variable(tf.random_normal(shape=(m1, m2)) * 0.3)
        self.use_bias = use_bias
        if use_bias:
            self.b = tf.Variable(np.zeros(m2).astype(np.float32))
        self.f = f

    def forward(self, x):
        if self.use_bias:
            a = tf.matmul(x, self.w) + self.b
        else:
            a = tf.matmul(x, self.w)
        return self.f(a)


class Policy:
    def __init__(self, d, k, sizes):
        self.layers = []
        m1 = d
        for m2 in sizes:
            self.layers.append(HiddenLayer(m1, m2))
            m1 = m2
        self.layers.append(HiddenLayer(m1, k, tf.nn.softmax, use_bias=False))
        self.x = tf.placeholder(tf.float32, shape=(None, d), name="x")
        self.actions = tf.placeholder(tf.int32, shape=(None,), name="actions")
        self.advantages = tf.placeholder(tf.float32, shape=(None,), name="advantages")
        z = self.x
        for layer in self.layers:
            z = layer.forward(z)
        p = z
        self.predict_op = p
        chosen = tf.log(tf.reduce_sum(p * tf.one_hot(self.actions, k), reduction_indices=[1]))
        cost = -tf.reduce_sum(self.advantages * chosen)
        self.train_op = tf.train.AdagradOptimizer(0.1).minimize(cost)

    def set_session(self, session):
        self.session = session

    def partial_fit(self, x, action, advantage):
        feed = {self.x: np.atleast_2d(x), self.actions: [action], self.advantages: [advantage]}
        self.session.run(self.train_op, feed_dict=feed)

    def sample_action(self, x):
        p = self.session.run(self.predict_op, feed_dict={self.x: np.atleast_2d(x)})[0]
        return int(np.argmax(p)), float(p.max())


class Value:
    def __init__(self, d, sizes):
        self.layers = []
        m1 = d
        for m2 in sizes:
            layer = HiddenLayer(m1, m2)
            self.layers.append(layer)
            m1 = m2
        layer = HiddenLayer(m1, 1, lambda x: x)
        self.layers.append(layer)
        self.x = tf.placeholder(tf.float32, shape=(None, d), name="x")
        self.y = tf.placeholder(tf.float32, shape=(None,), name="y")
        z = self.x
        for layer in self.layers:
            z = layer.forward(z)
        self.predict_op = tf.reshape(z, [-1])
        cost = tf.reduce_sum(tf.square(self.y - self.predict_op))
        self.train_op = tf.train.GradientDescentOptimizer(0.05).minimize(cost)

    def set_session(self, session):
        self.session = session

    def partial_fit(self, x, y):
        self.session.run(self.train_op, feed_dict={self.x: np.atleast_2d(x), self.y: np.atleast_1d(y)})

    def predict(self, x):
        return self.session.run(self.predict_op, feed_dict={self.x: np.atleast_2d(x)})[0]


policy = Policy(3, 2, [4])
value = Value(3, [5])
init = tf.global_variables_initializer()
session = tf.InteractiveSession()
session.run(init)
policy.set_session(session)
value.set_session(session)
rng = np.random.RandomState(2)
s = rng.randn(3)
for step in range(8):
    action, p = policy.sample_action(s)
    s_ = 0.7 * s + 0.1 * (action - 0.5)
    reward = -float(np.sum(s_**2))
    goal = reward + 0.9 * value.predict(s_)
    policy.partial_fit(s, action, goal - value.predict(s))
    value.partial_fit(s, goal)
    print(step, action, p, goal)
    s = s_
