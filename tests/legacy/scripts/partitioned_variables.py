"""Partitioned variables: fixed_size_partitioner, embedding lookups over shards, saving the whole as one tensor."""
from __future__ import print_function

import os
import tempfile

import numpy as np
import tensorflow as tf

tf.set_random_seed(16)
ids = tf.placeholder(tf.int32, [None])

with tf.variable_scope('embedding', partitioner=tf.fixed_size_partitioner(3)):
    table = tf.get_variable('table', [10, 2], initializer=tf.random_uniform_initializer(-1, 1, seed=4))
print(type(table).__name__, table.get_shape(), [(p.name, p.shape.as_list()) for p in table])

by_div = tf.nn.embedding_lookup(table, ids, partition_strategy='div')
shards = [tf.constant(np.arange(8).reshape(4, 2) * 10 ** k, tf.float32) for k in range(2)]
by_mod = tf.nn.embedding_lookup(shards, ids, partition_strategy='mod')
bounded = tf.nn.embedding_lookup(shards[1], ids, max_norm=5.0)

with tf.variable_scope('fc', partitioner=tf.variable_axis_size_partitioner(max_shard_bytes=64)):
    kernel = tf.get_variable('kernel', [2, 12], initializer=tf.glorot_normal_initializer(seed=5))
    big = tf.get_variable('big', [16, 2], initializer=tf.zeros_initializer())
hidden = tf.matmul(by_div, kernel)
print([p.get_shape().as_list() for p in kernel], len(list(big)))

loss = tf.reduce_mean(tf.square(hidden - 1.0)) + 1e-3 * tf.nn.l2_loss(tf.convert_to_tensor(table))
train_op = tf.train.AdagradOptimizer(0.2).minimize(loss)
saver = tf.train.Saver([table, kernel])
path = os.path.join(tempfile.mkdtemp(), 'partitioned.ckpt')

with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    print(sess.run(by_div, {ids: [0, 4, 9]}).tolist())
    print(sess.run(by_mod, {ids: [0, 1, 5]}).tolist(), sess.run(bounded, {ids: [0, 2]}).tolist())
    for step in range(3):
        print('loss %.6f' % sess.run(loss, {ids: [1, 5, 5, 8]}))
        sess.run(train_op, {ids: [1, 5, 5, 8]})
    saved = saver.save(sess, path)
    whole = sess.run(tf.convert_to_tensor(table))

reader = tf.train.NewCheckpointReader(saved)
print({name: shape for name, shape in sorted(reader.get_variable_to_shape_map().items())})
with tf.Graph().as_default(), tf.Session() as sess:
    with tf.variable_scope('embedding'):
        merged = tf.get_variable('table', [10, 2])
    tf.train.Saver([merged]).restore(sess, saved)
    print('merged equal:', np.array_equal(sess.run(merged), whole), whole[5].tolist())
