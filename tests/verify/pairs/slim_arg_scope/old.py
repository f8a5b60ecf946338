import numpy as np
import tensorflow as tf
import tensorflow.contrib.slim as slim

inputs = tf.placeholder(tf.float32, [None, 8, 8, 2])
labels = tf.placeholder(tf.int32, [None])


def network(images, is_training):
    with slim.arg_scope([slim.conv2d, slim.fully_connected],
                        weights_initializer=tf.truncated_normal_initializer(0.0, 0.1),
                        weights_regularizer=slim.l2_regularizer(0.01)):
        net = slim.conv2d(images, 4, [3, 3], scope="conv1")
        net = slim.max_pool2d(net, [2, 2], scope="pool1")
        net = slim.flatten(net)
        net = slim.dropout(net, 0.8, is_training=is_training, scope="dropout1")
        return slim.fully_connected(net, 3, activation_fn=None, scope="logits")


logits = network(inputs, True)
slim.losses.softmax_cross_entropy(logits, slim.one_hot_encoding(labels, 3))
total_loss = slim.losses.get_total_loss()
train_op = slim.learning.create_train_op(total_loss, tf.train.GradientDescentOptimizer(0.1))

with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for i in range(10):
        batch = np.random.uniform(size=(6, 8, 8, 2))
        answer = np.random.randint(3, size=6)
        print("total loss: %.6f" % sess.run(train_op, {inputs: batch, labels: answer}))
