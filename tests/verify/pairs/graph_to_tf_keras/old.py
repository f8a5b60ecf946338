import numpy as np
import tensorflow as tf

x = tf.placeholder(tf.float32, [None, 5])
y = tf.placeholder(tf.int32, [None])
training = tf.placeholder_with_default(False, [])
net = tf.layers.dense(x, 10, tf.nn.relu, kernel_initializer=tf.glorot_normal_initializer())
net = tf.layers.dropout(net, 0.3, training=training)
logits = tf.layers.dense(net, 4, kernel_initializer=tf.glorot_normal_initializer())
loss = tf.losses.sparse_softmax_cross_entropy(y, logits)
train = tf.train.AdamOptimizer(0.01, epsilon=1e-7).minimize(loss)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for _ in range(12):
        xs = np.random.normal(size=(8, 5)).astype(np.float32)
        ys = np.random.choice(4, size=8)
        l, _ = sess.run([loss, train], {x: xs, y: ys, training: True})
        print("loss: %.5f" % l)
