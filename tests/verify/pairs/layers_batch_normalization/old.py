import numpy as np
import tensorflow as tf

x = tf.placeholder(tf.float32, [None, 6], name="x")
y = tf.placeholder(tf.float32, [None, 1], name="y")
training = tf.placeholder(tf.bool, name="training")
net = tf.layers.dense(x, 12, use_bias=False, name="dense_in")
net = tf.layers.batch_normalization(net, training=training, name="bn")
net = tf.nn.elu(net)
prediction = tf.layers.dense(net, 1, name="dense_out")
loss = tf.losses.mean_squared_error(labels=y, predictions=prediction)
update_ops = tf.get_collection(tf.GraphKeys.UPDATE_OPS)
with tf.control_dependencies(update_ops):
    train_op = tf.train.RMSPropOptimizer(0.003).minimize(loss)

with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for _ in range(15):
        xs = np.random.normal(2.0, 3.0, [16, 6])
        sess.run(train_op, feed_dict={x: xs, y: np.sin(xs[:, :1]), training: True})
    xs = np.random.normal(2.0, 3.0, [10, 6])
    print("validation %.5f" % sess.run(loss, feed_dict={x: xs, y: np.sin(xs[:, :1]), training: False}))
