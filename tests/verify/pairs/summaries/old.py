import tempfile

import numpy as np
import tensorflow as tf

with tf.name_scope("input"):
    x = tf.placeholder(tf.float32, [None, 4], name="x-input")
    y_ = tf.placeholder(tf.float32, [None, 2], name="y-input")
with tf.name_scope("layer1"):
    weights = tf.Variable(tf.truncated_normal([4, 2], stddev=0.1))
    biases = tf.Variable(tf.constant(0.1, shape=[2]))
    tf.summary.histogram("weights", weights)
    y = tf.matmul(x, weights) + biases
cross_entropy = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(labels=y_, logits=y))
tf.summary.scalar("cross_entropy", cross_entropy)
with tf.name_scope("train"):
    train_step = tf.train.FtrlOptimizer(0.1).minimize(cross_entropy)
accuracy = tf.reduce_mean(tf.cast(tf.equal(tf.argmax(y, 1), tf.argmax(y_, 1)), tf.float32))
tf.summary.scalar("accuracy", accuracy)
merged = tf.summary.merge_all()

with tf.Session() as sess:
    writer = tf.summary.FileWriter(tempfile.mkdtemp(), sess.graph)
    tf.global_variables_initializer().run()
    for i in range(12):
        xs = np.random.uniform(-1, 1, (10, 4))
        feed = {x: xs, y_: np.eye(2)[(xs[:, 0] > 0).astype(int)]}
        summary, _ = sess.run([merged, train_step], feed_dict=feed)
        writer.add_summary(summary, i)
    writer.close()
