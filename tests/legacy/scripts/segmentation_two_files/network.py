"""A tiny U-net; imported by main.py."""
import tensorflow as tf


def conv_block(x, filters, is_training, name):
    with tf.variable_scope(name):
        for i in range(2):
            x = tf.layers.conv2d(x, filters, 3, padding='same', use_bias=False, name='conv%d' % i)
            x = tf.layers.batch_normalization(x, training=is_training, name='bn%d' % i)
            x = tf.nn.leaky_relu(x, alpha=0.1)
    return x


def unet(images, num_classes, is_training):
    down1 = conv_block(images, 4, is_training, 'down1')
    down2 = conv_block(tf.layers.average_pooling2d(down1, 2, 2), 8, is_training, 'down2')
    up = tf.layers.conv2d_transpose(down2, 4, 2, strides=2, name='up')
    joined = conv_block(tf.concat([down1, up], axis=-1), 4, is_training, 'joined')
    return tf.layers.conv2d(joined, num_classes, 1, name='logits')


def dice(labels, predictions):
    both = tf.reduce_sum(tf.to_float(labels) * tf.to_float(predictions))
    return 2 * both / (tf.reduce_sum(tf.to_float(labels)) + tf.reduce_sum(tf.to_float(predictions)) + 1e-6)
