import numpy as np
import tensorflow as tf

rng = np.random.RandomState(29)
features, labels = rng.randn(12, 3).astype(np.float32), rng.randn(12, 1).astype(np.float32)
dataset = tf.data.Dataset.from_tensor_slices((features, labels)).repeat().batch(4)
iterator = dataset.make_one_shot_iterator()
x, y = iterator.get_next()
w = tf.Variable(tf.zeros([3, 1]))
loss = tf.reduce_mean(tf.square(tf.matmul(x, w) - y))
train_op = tf.train.GradientDescentOptimizer(0.1).minimize(loss)

with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for step in range(6):
        _, value = sess.run([train_op, loss])
        print(step, value)
