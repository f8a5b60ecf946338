import numpy as np
import tensorflow as tf

scale = tf.constant(5.0)
row = tf.constant([1.0, 2.0])
scaled = scale * row
total = scaled + tf.reduce_sum(scaled)
weight = tf.Variable(3.0)
image = tf.placeholder(tf.float32, [None, 2]) / 255.0
result = tf.reduce_sum(image * weight) + total

with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    print(sess.run(total), sess.run(total, {scale: 2}))
    print(sess.run(scaled, feed_dict={row: [3, 4]}), sess.run(scaled))
    print(sess.run(result, {image: np.ones([3, 2])}), sess.run(result, {image: np.ones([3, 2]), weight: 0.5}))
    print(sess.run(result, {image: np.ones([3, 2]), total: [0.1, 0.2]}))
    feed = {scale: 7}
    for step in range(3):
        if step == 1:
            feed = {scale: 1.5, row: [1, 1]}
        print(step, sess.run(total, feed_dict=feed), weight.eval())
