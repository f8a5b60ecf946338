import numpy as np
import tensorflow as tf

x = tf.placeholder(tf.float32, [None, 5])
y_class = tf.placeholder(tf.int32, [None])
y_value = tf.placeholder(tf.float32, [None, 1])

shared = tf.layers.dense(x, 6, activation=tf.nn.relu, name="shared")
logits = tf.layers.dense(shared, 3, name="classes")
value = tf.layers.dense(shared, 1, name="value")
class_loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels=y_class, logits=logits))
value_loss = tf.losses.mean_squared_error(y_value, value)
total = class_loss + 0.5 * value_loss
train_class = tf.train.AdamOptimizer(0.01).minimize(class_loss)
train_total = tf.train.AdagradOptimizer(0.05).minimize(total)

rng = np.random.RandomState(10)
feed = {x: rng.randn(18, 5), y_class: rng.randint(3, size=18), y_value: rng.randn(18, 1)}
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for i in range(6):
        op = train_class if i % 2 else train_total
        sess.run(op, feed)
        print(i, *sess.run([class_loss, value_loss, total], feed))
