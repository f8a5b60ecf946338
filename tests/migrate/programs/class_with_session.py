import numpy as np
import tensorflow as tf


class Regressor(object):
    def __init__(self, n_features, learning_rate=0.1):
        self.x = tf.placeholder(tf.float32, [None, n_features], name="inputs")
        self.y = tf.placeholder(tf.float32, [None, 1], name="targets")
        self.w = tf.Variable(tf.zeros([n_features, 1]), name="w")
        self.b = tf.Variable(0.0, name="b")
        self.pred = tf.matmul(self.x, self.w) + self.b
        self.loss = tf.reduce_mean(tf.square(self.pred - self.y))
        self.train_op = tf.train.GradientDescentOptimizer(learning_rate).minimize(self.loss)
        self.sess = tf.Session()
        self.sess.run(tf.global_variables_initializer())

    def fit(self, x, y, steps):
        for step in range(steps):
            loss, _ = self.sess.run([self.loss, self.train_op], feed_dict={self.x: x, self.y: y})
            print("step", step, "loss", loss)

    def predict(self, x):
        return self.sess.run(self.pred, feed_dict={self.x: x})


rng = np.random.RandomState(6)
data = rng.randn(30, 2).astype(np.float32)
model = Regressor(2)
model.fit(data, data[:, :1] * 2 - data[:, 1:] + 1, 8)
print(model.predict(data[:3]))
