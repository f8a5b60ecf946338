import numpy as np
import tensorflow as tf


def weight(name, shape):
    return tf.get_variable(name, shape, initializer=tf.truncated_normal_initializer(stddev=0.1, seed=3))


def conv_layer(inputs, size, filters, name):
    with tf.variable_scope(name):
        channels = inputs.get_shape()[-1].value
        w = weight("w", [size, size, channels, filters])
        b = tf.get_variable("b", [filters], initializer=tf.constant_initializer(0.1))
        return tf.nn.relu(tf.nn.conv2d(inputs, w, strides=[1, 1, 1, 1], padding="SAME") + b)


def flatten_layer(inputs):
    shape = inputs.get_shape()
    features = shape[1:4].num_elements()
    return tf.reshape(inputs, [-1, features])


def dense_layer(inputs, units, name):
    n_in = int(inputs.get_shape()[1])
    with tf.variable_scope(name):
        w = tf.get_variable("w", [n_in, units], initializer=tf.random_normal_initializer(0.0, 0.1, seed=4))
        b = tf.get_variable("b", [units], initializer=tf.zeros_initializer())
        return tf.matmul(inputs, w) + b


rng = np.random.RandomState(2)
pictures = rng.rand(12, 8, 8, 1).astype(np.float32)
classes = np.eye(3, dtype=np.float32)[rng.randint(0, 3, 12)]

x = tf.placeholder(tf.float32, [None, 8, 8, 1])
y = tf.placeholder(tf.float32, [None, 3])
hidden = conv_layer(x, 3, 4, "conv1")
hidden = tf.nn.max_pool(hidden, ksize=[1, 2, 2, 1], strides=[1, 2, 2, 1], padding="SAME")
hidden = conv_layer(hidden, 3, 2, "conv2")
flat = flatten_layer(hidden)
hidden = tf.nn.relu(dense_layer(flat, 6, "dense1"))
logits = dense_layer(hidden, 3, "dense2")
scale = tf.Variable(tf.ones([logits.get_shape().as_list()[-1]]), name="scale")
loss = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(labels=y, logits=logits * scale))
train = tf.train.GradientDescentOptimizer(0.1).minimize(loss)

with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for step in range(5):
        _, value = sess.run([train, loss], feed_dict={x: pictures, y: classes})
        print(step, value)
