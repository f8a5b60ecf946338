"""Neural style in small: a fixed random network, content and Gram losses, the image itself is the variable."""
from __future__ import print_function

import numpy as np
import tensorflow as tf

rng = np.random.RandomState(52)
CONTENT_WEIGHT, STYLE_WEIGHT, TV_WEIGHT = 1.0, 20.0, 0.05
KERNELS = [rng.randn(3, 3, 3, 6).astype('f') * 0.3, rng.randn(3, 3, 6, 8).astype('f') * 0.2]


def net(image):
    layers, current = {}, image
    for i, kernel in enumerate(KERNELS):
        current = tf.nn.relu(tf.nn.conv2d(current, tf.constant(kernel), [1, 1, 1, 1], 'SAME', name='conv%d' % i))
        layers['relu%d' % i] = current
        current = tf.nn.avg_pool(current, [1, 2, 2, 1], [1, 2, 2, 1], 'SAME')
    return layers


def gram_matrix(features):
    channels = features.shape[3].value
    flat = tf.reshape(features, [-1, channels])
    return tf.matmul(flat, flat, transpose_a=True) / tf.to_float(tf.size(features))


content = np.zeros((1, 8, 8, 3), np.float32)
content[:, 2:6, 2:6] = 1.0
style = np.tile(np.sin(np.arange(8))[None, None, :, None], (1, 8, 1, 3)).astype(np.float32)

with tf.Graph().as_default(), tf.Session() as sess:
    content_target = sess.run(net(tf.constant(content))['relu1'])
    style_targets = [sess.run(gram_matrix(layer)) for _, layer in sorted(net(tf.constant(style)).items())]
print('content target', content_target.shape, 'gram', style_targets[0][0, :3].tolist())

with tf.Graph().as_default():
    tf.set_random_seed(52)
    image = tf.Variable(tf.random_uniform((1, 8, 8, 3), -0.5, 0.5), name='image')
    layers = net(image)
    content_loss = CONTENT_WEIGHT * tf.nn.l2_loss(layers['relu1'] - content_target) * 2 / content_target.size
    style_loss = STYLE_WEIGHT * sum(tf.nn.l2_loss(gram_matrix(layer) - target) * 2 / target.size
                                    for (_, layer), target in zip(sorted(layers.items()), style_targets))
    tv_loss = TV_WEIGHT * tf.reduce_sum(tf.image.total_variation(image)) / content.size
    loss = content_loss + style_loss + tv_loss
    train_step = tf.train.AdamOptimizer(0.1).minimize(loss)
    clip = image.assign(tf.clip_by_value(image, -1.5, 1.5))
    with tf.Session() as sess:
        sess.run(tf.global_variables_initializer())
        best = float('inf')
        for i in range(16):
            if i % 5 == 0:
                print('Iteration %2d  content %.6f  style %.6f  tv %.6f  total %.6f' % (
                    (i,) + tuple(sess.run([content_loss, style_loss, tv_loss, loss]))))
            train_step.run()
            sess.run(clip)
            best = min(best, loss.eval())
        print('best', float(best))
        print('pixel', image.eval()[0, 3, 3].tolist())
