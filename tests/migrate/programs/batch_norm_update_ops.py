import numpy as np
import tensorflow as tf

x = tf.placeholder(tf.float32, [None, 4], name="x")
y = tf.placeholder(tf.float32, [None, 1], name="y")
is_training = tf.placeholder(tf.bool, name="is_training")
h = tf.layers.dense(x, 6, use_bias=False)
h = tf.layers.batch_normalization(h, training=is_training)
out = tf.layers.dense(tf.nn.relu(h), 1)
loss = tf.reduce_mean(tf.square(out - y))
update_ops = tf.get_collection(tf.GraphKeys.UPDATE_OPS)
with tf.control_dependencies(update_ops):
    train_op = tf.train.GradientDescentOptimizer(0.05).minimize(loss)

rng = np.random.RandomState(19)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for i in range(5):
        data = rng.randn(12, 4)
        feed = {x: data, y: data[:, :1], is_training: True}
        _, l = sess.run([train_op, loss], feed_dict=feed)
        print(i, "%.4f" % l)
    test = rng.randn(5, 4)
    print("test %.4f" % sess.run(loss, {x: test, y: test[:, :1], is_training: False}))
