"""Trains the network of the package `net`."""
import numpy as np
import tensorflow as tf

import net.config
from net.model import Model

FLAGS = net.config.FLAGS


def main(_):
    tf.set_random_seed(5)
    model = Model(3)
    rng = np.random.RandomState(1)
    with tf.Session() as sess:
        sess.run(tf.global_variables_initializer())
        for step in range(20):
            x = rng.uniform(-1, 1, size=(16, 3))
            loss = model.step(sess, x, x.sum(axis=1) ** 2)
        print('%d units at %g: %.5f' % (FLAGS.hidden, FLAGS.rate, loss))
        print(sess.run(model.output, {model.x: np.eye(3)}))


if __name__ == '__main__':
    tf.app.run()
