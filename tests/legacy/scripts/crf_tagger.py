"""contrib.crf: log likelihood in training, Viterbi decoding in the graph and in numpy, sequences of several lengths."""
from __future__ import print_function

import numpy as np
import tensorflow as tf

crf = tf.contrib.crf
rng = np.random.RandomState(23)
tf.set_random_seed(23)
TAGS, LONGEST = 4, 9

lengths = np.array([9, 8, 9, 5, 7, 3], dtype=np.int32)
walk = np.cumsum(rng.choice([1, 1, 2], size=(6, LONGEST)), axis=1) % TAGS  # the next tag depends on the last
seen = np.eye(TAGS)[walk] + rng.normal(scale=0.8, size=(6, LONGEST, TAGS))

scores = tf.layers.dense(tf.constant(seen, tf.float32), TAGS, use_bias=False, name='scores')
likelihood, transitions = crf.crf_log_likelihood(scores, tf.constant(walk, tf.int32), lengths)
loss = -tf.reduce_mean(likelihood)
train = tf.train.GradientDescentOptimizer(0.3).minimize(loss)
best, best_score = crf.crf_decode(scores, transitions, lengths)
everything = crf.crf_log_norm(scores, lengths, transitions)
mask = np.arange(LONGEST) < lengths[:, None]

with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for i in range(31):
        if i % 10 == 0:
            value, tags = sess.run([loss, best])
            print('%2d: loss %.6f, right %.2f%%' % (i, value, 100. * (tags == walk)[mask].mean()))
        sess.run(train)
    unary, matrix, tags = sess.run([scores, transitions, best])
    for n in (0, 3, 5):
        path, score = crf.viterbi_decode(unary[n, :lengths[n]], matrix)
        print('sentence %d: %s, as in the graph: %s, score %.6f' % (n, path, path == tags[n, :lengths[n]].tolist(), score))
    print('best scores', sess.run(best_score).tolist())
    print('log norms', sess.run(everything).tolist())
    print('transitions', matrix[0].tolist(), transitions.op.name)
