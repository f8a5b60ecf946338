import numpy as np
import tensorflow as tf

tf.logging.set_verbosity(tf.logging.ERROR)
x = tf.placeholder(tf.float32, [None, 4], name="x")
y = tf.placeholder(tf.float32, [None, 1], name="y")
with tf.variable_scope("model"):
    w = tf.get_variable("w", [4, 1], initializer=tf.truncated_normal_initializer(stddev=0.2))
    b = tf.get_variable("b", [1], initializer=tf.zeros_initializer())
loss = tf.losses.huber_loss(y, tf.nn.dropout(tf.matmul(x, w) + b, 0.9))
train_op = tf.train.AdamOptimizer(0.05).minimize(loss)
with tf.Session(config=tf.ConfigProto(allow_soft_placement=True)) as sess:
    sess.run(tf.global_variables_initializer())
    for i in range(15):
        xs = np.random.uniform(-2, 2, (12, 4))
        _, l = sess.run([train_op, loss], {x: xs, y: xs[:, :1]})
        print("iteration %d loss %.5f" % (i, l))
