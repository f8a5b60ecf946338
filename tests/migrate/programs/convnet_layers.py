import numpy as np
import tensorflow as tf


def conv_net(x_dict, n_classes, dropout, is_training):
    with tf.variable_scope("ConvNet"):
        x = tf.reshape(x_dict, shape=[-1, 10, 10, 1])
        conv1 = tf.layers.conv2d(x, 4, 3, activation=tf.nn.relu)
        conv1 = tf.layers.max_pooling2d(conv1, 2, 2)
        fc1 = tf.contrib.layers.flatten(conv1)
        fc1 = tf.layers.dense(fc1, 8)
        fc1 = tf.layers.dropout(fc1, rate=dropout, training=is_training)
        return tf.layers.dense(fc1, n_classes)


images = tf.placeholder(tf.float32, [None, 100])
labels = tf.placeholder(tf.int32, [None])
logits = conv_net(images, 3, 0.25, True)
loss_op = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(logits=logits, labels=labels))
train_op = tf.train.GradientDescentOptimizer(0.1).minimize(loss_op)

rng = np.random.RandomState(21)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for step in range(4):
        feed = {images: rng.rand(6, 100), labels: rng.randint(3, size=6)}
        loss, _ = sess.run([loss_op, train_op], feed)
        print("Step %d, loss %.4f" % (step, loss))
