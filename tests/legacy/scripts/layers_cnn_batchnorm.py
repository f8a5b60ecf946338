"""tf.layers: convolution, batch normalization with UPDATE_OPS, dropout and a training placeholder."""
from __future__ import print_function

import numpy as np
import tensorflow as tf

tf.set_random_seed(101)
rng = np.random.RandomState(101)


def build(x, training):
    net = tf.layers.conv2d(x, filters=6, kernel_size=3, padding='same', use_bias=False, name='conv1')
    net = tf.layers.batch_normalization(net, training=training, momentum=0.9, name='bn1')
    net = tf.nn.relu(net)
    net = tf.layers.max_pooling2d(net, pool_size=2, strides=2)
    net = tf.layers.separable_conv2d(net, 8, 3, activation=tf.nn.elu, name='sep')
    net = tf.layers.flatten(net)
    net = tf.layers.dropout(net, rate=0.25, training=training)
    return tf.layers.dense(net, 4, kernel_regularizer=tf.contrib.layers.l2_regularizer(1e-3), name='logits')


x = tf.placeholder(tf.float32, [None, 8, 8, 2])
y = tf.placeholder(tf.int32, [None])
is_training = tf.placeholder_with_default(False, shape=(), name='is_training')
logits = build(x, is_training)
data_loss = tf.losses.sparse_softmax_cross_entropy(y, logits)
loss = tf.losses.get_total_loss()

update_ops = tf.get_collection(tf.GraphKeys.UPDATE_OPS)
print('update ops:', [op.op.name if hasattr(op, 'op') else op.name for op in update_ops])
with tf.control_dependencies(update_ops):
    train_op = tf.train.AdamOptimizer(0.01).minimize(loss)

for v in tf.trainable_variables():
    print(v.name, v.shape)

images = rng.rand(48, 8, 8, 2).astype(np.float32)
targets = (images[:, :4, :, 0].mean((1, 2)) > .5) * 2 + (images[:, :, 4:, 1].mean((1, 2)) > .5)

sess = tf.Session()
sess.run(tf.global_variables_initializer())
for epoch in range(4):
    losses = []
    for start in range(0, 48, 16):
        batch = slice(start, start + 16)
        _, value = sess.run([train_op, loss], {x: images[batch], y: targets[batch], is_training: True})
        losses.append(value)
    print('epoch %d: %.6f %.6f %.6f' % tuple([epoch] + losses))
mean, variance = sess.run([v for v in tf.global_variables() if 'moving' in v.name])
print('moving mean', mean.tolist())
print('moving variance', variance.tolist())
print('eval loss', sess.run(data_loss, {x: images, y: targets}))
sess.close()
