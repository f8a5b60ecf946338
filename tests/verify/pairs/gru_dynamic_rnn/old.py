import numpy as np
import tensorflow as tf

sequences = tf.placeholder(tf.float32, [None, 6, 2], name="sequences")
lengths = tf.placeholder(tf.int32, [None], name="lengths")
targets = tf.placeholder(tf.float32, [None, 1], name="targets")
with tf.variable_scope("encoder"):
    cell = tf.nn.rnn_cell.GRUCell(5)
    _, state = tf.nn.dynamic_rnn(cell, sequences, sequence_length=lengths, dtype=tf.float32)
output = tf.layers.dense(state, 1, name="projection")
loss = tf.reduce_mean(tf.square(output - targets))
optimizer = tf.train.AdagradOptimizer(0.2)
grads_and_vars = optimizer.compute_gradients(loss)
clipped = [(tf.clip_by_value(g, -0.05, 0.05), v) for g, v in grads_and_vars]
train_op = optimizer.apply_gradients(clipped)
sess = tf.Session()
sess.run(tf.global_variables_initializer())
for i in range(12):
    batch = np.random.rand(6, 6, 2)
    length = np.random.randint(1, 7, size=6)
    answer = np.array([[sequence[:n, 0].sum()] for sequence, n in zip(batch, length)])
    feed = {sequences: batch, lengths: length, targets: answer}
    current, _ = sess.run([loss, train_op], feed)
    print("loss = %g" % current)
sess.close()
