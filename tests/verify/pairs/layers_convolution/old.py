import numpy as np
import tensorflow as tf


def cnn(x, training):
    net = tf.layers.conv2d(x, 6, [3, 3], padding="same", activation=tf.nn.relu, name="conv1")
    net = tf.layers.max_pooling2d(net, 2, 2)
    net = tf.layers.conv2d(net, 8, 3, strides=2, name="conv2")
    net = tf.nn.relu(net)
    net = tf.layers.flatten(net)
    net = tf.layers.dense(net, 16, activation=tf.nn.relu, name="fc1")
    net = tf.layers.dropout(net, rate=0.4, training=training)
    return tf.layers.dense(net, 3, name="fc2")


x = tf.placeholder(tf.float32, [None, 12, 12, 1])
y = tf.placeholder(tf.int64, [None])
is_training = tf.placeholder(tf.bool)
logits = cnn(x, is_training)
loss = tf.losses.sparse_softmax_cross_entropy(labels=y, logits=logits)
optimizer = tf.train.AdamOptimizer(learning_rate=0.005)
train_op = optimizer.minimize(loss)
acc = tf.reduce_mean(tf.cast(tf.equal(tf.argmax(logits, 1), y), tf.float32))

init = tf.global_variables_initializer()
with tf.Session() as sess:
    sess.run(init)
    for step in range(12):
        images = np.random.random([8, 12, 12, 1])
        targets = np.random.randint(0, 3, 8)
        _, batch_loss = sess.run([train_op, loss], feed_dict={x: images, y: targets, is_training: True})
        print("batch loss", batch_loss)
    print("accuracy", sess.run(acc, {x: images, y: targets, is_training: False}))
