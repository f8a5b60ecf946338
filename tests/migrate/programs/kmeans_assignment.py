import numpy as np
import tensorflow as tf

rng = np.random.RandomState(25)
points = tf.constant(rng.randn(30, 2).astype(np.float32))
centroids = tf.Variable(tf.slice(points, [0, 0], [3, -1]))
distances = tf.reduce_sum(tf.square(tf.expand_dims(points, 0) - tf.expand_dims(centroids, 1)), 2)
assignments = tf.argmin(distances, 0)
means = []
for c in range(3):
    mask = tf.equal(assignments, c)
    means.append(tf.reduce_mean(tf.boolean_mask(points, mask), axis=0))
update = tf.assign(centroids, tf.stack(means))

with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for step in range(4):
        sess.run(update)
        print(step, sess.run(centroids).sum())
    print(sess.run(assignments))
