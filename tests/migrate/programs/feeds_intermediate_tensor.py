import numpy as np
import tensorflow as tf

x = tf.placeholder(tf.float32, [None, 2])
hidden = x * 2.0
out = tf.reduce_sum(hidden)
with tf.Session() as sess:
    print(sess.run(out, {x: np.ones([3, 2])}))
    print(sess.run(out, {hidden: np.ones([3, 2])}))
