"""The parts of a sparse tensor are fetched."""

import tensorflow as tf

words = tf.placeholder(tf.string, [None])
split = tf.string_split(words)
lengths = tf.strings.length(split.values)
with tf.Session() as sess:
    print(sess.run([split.values, split.dense_shape, lengths], {words: ["a bc", "def"]}))
