"""A class builds as many layers as its options say, and runs them itself."""

import argparse

import numpy as np
import tensorflow as tf


class Network(object):
    def __init__(self, options):
        self.x = tf.placeholder(tf.float32, [None, 3])
        self.y = tf.placeholder(tf.float32, [None, 1])
        hidden = self.x
        for number in range(options.layers):
            with tf.variable_scope("layer_{}".format(number)):
                hidden = tf.layers.dense(hidden, options.units, activation=tf.nn.relu)
        self.prediction = tf.layers.dense(hidden, 1)
        error = self.prediction - self.y
        if options.loss == "l2":
            self.loss = tf.reduce_mean(tf.square(error))
        else:
            self.loss = tf.reduce_mean(tf.abs(error))
        self.train = tf.train.AdamOptimizer(options.rate).minimize(self.loss, var_list=tf.trainable_variables())
        self.session = tf.Session()
        self.session.run(tf.global_variables_initializer())

    def step(self, x, y):
        _, loss = self.session.run([self.train, self.loss], {self.x: x, self.y: y})
        return loss


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--layers", type=int, default=2)
    parser.add_argument("--units", type=int, default=4)
    parser.add_argument("--rate", type=float, default=0.01)
    parser.add_argument("--loss", default="l2")
    options = parser.parse_args()
    rng = np.random.RandomState(3)
    x = rng.rand(12, 3)
    network = Network(options)
    for step in range(10):
        print(step, network.step(x, x[:, :1]))


if __name__ == "__main__":
    main()
