import numpy as np
import tensorflow as tf

scores = tf.placeholder(tf.float32, [None, None, 3])
tags = tf.placeholder(tf.int32, [None, None])
lengths = tf.placeholder(tf.int32, [None])
likelihood, transitions = tf.contrib.crf.crf_log_likelihood(scores, tags, lengths)
loss = tf.reduce_mean(-likelihood)
train = tf.train.AdamOptimizer(0.1).minimize(loss)

rng = np.random.RandomState(31)
feed = {scores: rng.randn(2, 4, 3), tags: rng.randint(3, size=(2, 4)), lengths: [4, 2]}
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for _ in range(3):
        print(sess.run([loss, train], feed)[0])
