"""A linear regression; run by itself, it shows its first prediction."""
import numpy as np
import tensorflow as tf

rate = 0.1
size = 3


def model(x):
    w = tf.Variable(tf.zeros([size, 1]), name='w')
    return tf.matmul(x, w)


def loss(prediction, y):
    return tf.reduce_mean(tf.square(prediction - y))


def main():
    x = tf.placeholder(tf.float32, [None, size])
    output = model(x)
    with tf.Session() as sess:
        sess.run(tf.global_variables_initializer())
        print(sess.run(output, {x: np.ones([1, size])}))


if __name__ == '__main__':
    main()
