"""Names from 0.x days that 1.15 still has: initialize_all_variables, keep_dims, to_int32, reduction_indices."""
import numpy as np
import tensorflow as tf

tf.set_random_seed(1.0)
height = np.float32(np.random.RandomState(100).rand(100, 2))
price = np.dot(height, [[0.4], [-0.2]]) + 0.1

W = tf.Variable(tf.random_uniform([2, 1], -1.0, 1.0))
b = tf.Variable(tf.zeros([1]))
loss = tf.reduce_mean(tf.square(tf.matmul(height, W) + b - price), reduction_indices=[0, 1])
train = tf.train.GradientDescentOptimizer(0.5).minimize(loss)
init = tf.initialize_all_variables()

sess = tf.Session()
sess.run(init)
for step in range(0, 31):
    sess.run(train)
    if step % 10 == 0:
        print("%d %s %s" % (step, sess.run(W).tolist(), sess.run(b).tolist()))

print("%s %s" % ([v.name for v in tf.all_variables()], tf.is_variable_initialized(b).eval(session=sess)))
m = tf.constant([[1., 2.], [3., 4.]])
old = [
    ("keep_dims", tf.reduce_sum(m, reduction_indices=1, keep_dims=True)),
    ("div", tf.div(tf.constant(7), 2)),
    ("to_int32", tf.to_int32(m)),
    ("to_double", tf.to_double(m[0])),
    ("arg_max", tf.arg_max(m, 1)),
    ("diag_part", tf.diag_part(m)),
    ("diag", tf.diag([1., 2.])),
    ("multinomial", tf.shape(tf.multinomial(tf.log(m), 5))),
    ("log_softmax", tf.nn.log_softmax(m, dim=0)),
    ("l2_normalize", tf.nn.l2_normalize(m, dim=1)),
    ("expand_dims", tf.shape(tf.expand_dims(m, dim=0))),
    ("squeeze", tf.squeeze(m[:1], squeeze_dims=[0])),
    ("accumulate_n", tf.accumulate_n([m, m])),
    ("matrix_inverse", tf.matrix_inverse(m)),
    ("self_adjoint_eigvals", tf.self_adjoint_eigvals(tf.matmul(m, m, transpose_b=True))),
    ("svd", tf.svd(m, compute_uv=False)),
    ("cross", tf.cross([1., 0., 0.], [0., 1., 0.])),
    ("zeta", tf.zeta(2.0, 1.0)),
    ("fft", tf.abs(tf.spectral.fft([1., 0., -1., 0.]))),
    ("reverse_sequence", tf.reverse_sequence(m, [2, 1], seq_dim=1)),
    ("invert_permutation", tf.invert_permutation([2, 0, 1])),
    ("setdiff1d", tf.setdiff1d([1, 2, 3], [2])[0]),
    ("quantize", tf.fake_quant_with_min_max_args(m, min=0., max=5.)),
    ("lrn", tf.nn.lrn(tf.reshape(m, [1, 1, 1, 4]), depth_radius=1)[0, 0, 0]),
    ("moments", tf.nn.moments(m, [0])[1]),
    ("dropout", tf.nn.dropout(tf.ones([6]), 0.5, seed=6)),
]
for name, tensor in old:
    print("%-20s %s" % (name, sess.run(tensor).tolist()))
sess.close()
