"""Sparse tensors: placeholders, products, reshape, concat, softmax, segment sums and a sparse linear model."""
from __future__ import print_function

import numpy as np
import tensorflow as tf

tf.set_random_seed(37)
st = tf.SparseTensor(indices=[[0, 0], [1, 2], [2, 1]], values=[1.0, 2.0, 3.0], dense_shape=[3, 4])
sp = tf.sparse_placeholder(tf.float32, shape=[None, 4], name='sp')
print(st.get_shape(), sp.indices.name, type(sp).__name__)

sess = tf.InteractiveSession()
dense = tf.sparse_tensor_to_dense(st, default_value=-1.0)
print(dense.eval().tolist())
print(tf.sparse_tensor_dense_matmul(st, tf.ones([4, 1])).eval().ravel().tolist())
print(tf.sparse_reduce_sum(st, axis=1).eval().tolist(), tf.sparse_add(st, st).eval().values.tolist())
print(tf.sparse_reshape(st, [4, 3]).eval().indices.tolist())
joined = tf.sparse_concat(1, [st, tf.sparse_transpose(tf.sparse_slice(st, [0, 0], [2, 3]))], expand_nonconcat_dim=True)
print(joined.eval().dense_shape.tolist(), joined.eval().values.tolist())
print(tf.sparse_softmax(st).eval().values.tolist())
filled, empty = tf.sparse_fill_empty_rows(tf.sparse_retain(st, [True, False, True]), 9.0)
print(filled.eval().values.tolist(), empty.eval().tolist())
print(tf.sparse_to_dense([[0, 1], [1, 0]], [2, 2], [5, 6]).eval().tolist())
print(tf.sparse_to_indicator(tf.SparseTensor([[0, 0], [1, 0]], tf.constant([2, 0], tf.int64), [2, 1]), 3).eval().tolist())
print(tf.segment_sum(tf.constant([1, 2, 3, 4]), [0, 0, 1, 1]).eval().tolist(),
      tf.unsorted_segment_max(tf.constant([1, 5, 2]), [1, 0, 1], 2).eval().tolist())
slices = tf.IndexedSlices(tf.constant([[1., 1.], [2., 2.]]), tf.constant([0, 2]), tf.constant([3, 2]))
print(tf.convert_to_tensor(slices).eval().tolist())

# a linear model over bags of ids with weights
w = tf.get_variable('w', [4, 2], initializer=tf.random_normal_initializer())
logits = tf.sparse_tensor_dense_matmul(sp, w)
labels = tf.placeholder(tf.int32, [None])
loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels=labels, logits=logits))
train = tf.train.FtrlOptimizer(0.3).minimize(loss)
ids = tf.SparseTensor([[0, 0], [0, 1], [1, 0]], tf.constant([1, 3, 0], tf.int64), [2, 2])
id_weights = tf.SparseTensor(ids.indices, [0.5, 2.0, 1.0], ids.dense_shape)
combined = {c: tf.nn.embedding_lookup_sparse(w, ids, id_weights, combiner=c) for c in ('sum', 'mean', 'sqrtn')}
tf.global_variables_initializer().run()
for c in sorted(combined):
    print(c, combined[c].eval().tolist())
batch = tf.SparseTensorValue(np.array([[0, 0], [1, 1], [1, 3], [2, 2]]), np.array([1., 2., -1., 1.]), np.array([3, 4]))
for _ in range(4):
    print('loss %.6f' % sess.run([loss, train], {sp: batch, labels: [0, 1, 0]})[0])
print(w.eval()[0].tolist())
sess.close()
