import numpy as np
import tensorflow as tf

x = tf.placeholder(tf.float32, [2, 3, 1])
y = tf.placeholder(tf.float32, [2, 4])
cell = tf.nn.rnn_cell.MultiRNNCell([tf.nn.rnn_cell.BasicLSTMCell(4) for _ in range(2)])
start = cell.zero_state(2, tf.float32)
outputs, end = tf.nn.dynamic_rnn(cell, x, initial_state=start)
top = end[1].h
loss = tf.reduce_mean(tf.square(top - y))
train = tf.train.GradientDescentOptimizer(0.5).minimize(loss)

rng = np.random.RandomState(0)
data, targets = rng.rand(4, 2, 3, 1), rng.rand(2, 4)
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    state = sess.run(start)
    for each in data:
        _, value, state = sess.run([train, loss, end], {x: each, y: targets, start: state})
        print(value, state[0].c.sum(), state[1][1].sum())
    state = None
    for each in data:
        feed = {x: each, y: targets}
        if state is not None:
            feed[start] = state
        state, value = sess.run([end, loss], feed_dict=feed)
        print(value, state[0].h.sum())
    print(sess.run(loss, {end: state, y: targets}), sess.run(top, {x: data[0]}).sum())
