"""Scaled dot-product attention by hand: position codes, masks, several heads, layer norm, smoothed labels."""
from __future__ import print_function

import numpy as np
import tensorflow as tf

tf.set_random_seed(1234)
D_MODEL, HEADS, VOCAB, MAXLEN = 12, 3, 9, 6


def waves(length, size):
    """Position codes: sines in the even columns, cosines in the odd ones."""
    angle = np.arange(length)[:, None] / np.power(10000., np.arange(size) // 2 * 2 / float(size))
    return np.where(np.arange(size) % 2 == 0, np.sin(angle), np.cos(angle)).astype(np.float32)


def normalized(t, scope='norm'):
    return tf.contrib.layers.layer_norm(t, begin_norm_axis=-1, scope=scope)


def heads_apart(t):
    """[N, T, D] -> [N, H, T, D / H]"""
    return tf.transpose(tf.reshape(t, [-1, MAXLEN, HEADS, D_MODEL // HEADS]), [0, 2, 1, 3])


def self_attention(t, mask, scope):
    with tf.variable_scope(scope):
        q, k, v = [heads_apart(tf.layers.dense(t, D_MODEL, use_bias=False, name=name)) for name in 'qkv']
        scores = tf.matmul(q, k, transpose_b=True) * (D_MODEL // HEADS) ** -0.5
        allowed = tf.matrix_band_part(tf.ones([MAXLEN, MAXLEN]), -1, 0) * mask[:, None, None, :]
        weights = tf.nn.softmax(tf.where(allowed + 0 * scores > 0, scores, tf.fill(tf.shape(scores), -1e9)))
        mixed = tf.reshape(tf.transpose(tf.matmul(weights, v), [0, 2, 1, 3]), [-1, MAXLEN, D_MODEL])
        return normalized(t + mixed), weights


x = tf.placeholder(tf.int32, [None, MAXLEN])
y = tf.placeholder(tf.int32, [None, MAXLEN])
mask = tf.to_float(tf.not_equal(x, 0))
table = tf.get_variable('table', [VOCAB, D_MODEL], initializer=tf.glorot_uniform_initializer())
h = tf.nn.embedding_lookup(table, x) * D_MODEL ** 0.5 + waves(MAXLEN, D_MODEL)
for block in range(2):
    h, attention = self_attention(h, mask, 'block%d' % block)
    with tf.variable_scope('feedforward%d' % block):
        h = normalized(h + tf.layers.dense(tf.layers.dense(h, 24, tf.nn.relu), D_MODEL))
logits = tf.einsum('ntd,vd->ntv', h, table)
smooth = tf.one_hot(y, VOCAB, on_value=0.92, off_value=0.01)
loss = tf.losses.softmax_cross_entropy(smooth, logits, weights=mask)
step = tf.train.get_or_create_global_step()
rate = 0.02 * tf.minimum((tf.to_float(step) + 1) * 5 ** -1.5, (tf.to_float(step) + 1) ** -0.5)
train_op = tf.train.AdamOptimizer(rate, beta2=0.98).minimize(loss, global_step=step)

rng = np.random.RandomState(4)
lengths = rng.randint(3, MAXLEN + 1, 16)
tokens = rng.randint(1, VOCAB, (16, MAXLEN)) * (np.arange(MAXLEN) < lengths[:, None])
feed = {x: tokens, y: np.roll(tokens, 1, axis=1)}
with tf.Session() as sess:
    sess.run(tf.global_variables_initializer())
    for i in range(13):
        if i % 3 == 0:
            print('step %d rate %.6f loss %.6f' % (i, sess.run(rate), sess.run(loss, feed)))
        sess.run(train_op, feed)
    weights = sess.run(attention, feed)
    print(weights.shape, weights[0, 0, 2].tolist())
    print(len(tf.trainable_variables()), [v.op.name for v in tf.trainable_variables() if 'block1' in v.name])
