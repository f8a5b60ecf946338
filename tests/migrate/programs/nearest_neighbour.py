import numpy as np
import tensorflow as tf

rng = np.random.RandomState(24)
Xtr, Ytr = rng.rand(30, 6), rng.randint(3, size=30)
Xte = rng.rand(4, 6)

xtr = tf.placeholder("float", [None, 6])
xte = tf.placeholder("float", [6])
distance = tf.reduce_sum(tf.abs(tf.add(xtr, tf.negative(xte))), reduction_indices=1)
pred = tf.arg_min(distance, 0)

init = tf.global_variables_initializer()
with tf.Session() as sess:
    sess.run(init)
    for i in range(len(Xte)):
        nn_index = sess.run(pred, feed_dict={xtr: Xtr, xte: Xte[i, :]})
        print("Test", i, "Prediction:", Ytr[nn_index])
