import numpy as np
import tensorflow as tf

import regression as r

rate = 0.01
size = 20
x = tf.placeholder(tf.float32, [None, r.size])
y = tf.placeholder(tf.float32, [None, 1])
model = r.model(x)
loss = r.loss(model, y) + rate
train = tf.train.GradientDescentOptimizer(r.rate).minimize(loss)


def main():
    rng = np.random.RandomState(2)
    with tf.Session() as sess:
        sess.run(tf.global_variables_initializer())
        for _ in range(size):
            data = rng.normal(size=(8, r.size))
            _, value = sess.run([train, loss], {x: data, y: data.sum(axis=1, keepdims=True)})
        print(value, sess.run(model, {x: np.eye(r.size)}).ravel())


if __name__ == '__main__':
    main()
