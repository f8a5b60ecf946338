import numpy as np
import tensorflow as tf

x = tf.placeholder(tf.float32, [None, 3])
w = tf.get_variable("w", [3, 2])
b = tf.get_variable("b", [2], initializer=tf.zeros_initializer())
loss = tf.reduce_mean(tf.square(tf.tanh(tf.matmul(x, w) + b) - 0.3))
params = tf.trainable_variables()
gradients = tf.gradients(loss, params)
optimizer = tf.train.GradientDescentOptimizer(0.2)
train = optimizer.apply_gradients([(tf.clip_by_norm(g, 0.1), v) for g, v in zip(gradients, params)])
rng = np.random.RandomState(2)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for _ in range(12):
        print(sess.run([loss, train], {x: rng.rand(4, 3)})[0])
