import numpy as np
import tensorflow as tf

data = np.linspace(-1, 1, 40).reshape([40, 1]).astype(np.float32)
dataset = tf.data.Dataset.from_tensor_slices((data, data ** 2))
dataset = dataset.shuffle(buffer_size=16).batch(8).repeat(3)
features, labels = dataset.make_one_shot_iterator().get_next()

with tf.variable_scope("net"):
    w1 = tf.get_variable("w1", [1, 12], initializer=tf.random_normal_initializer())
    b1 = tf.get_variable("b1", [12], initializer=tf.zeros_initializer())
    w2 = tf.get_variable("w2", [12, 1], initializer=tf.random_normal_initializer(stddev=0.3))
out = tf.matmul(tf.nn.sigmoid(tf.matmul(features, w1) + b1), w2)
loss = tf.reduce_mean((out - labels) ** 2)
train = tf.train.GradientDescentOptimizer(0.3).minimize(loss)

with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    try:
        while True:
            value, _ = sess.run([loss, train])
            print("loss: {:.6f}".format(value))
    except tf.errors.OutOfRangeError:
        print("done")
