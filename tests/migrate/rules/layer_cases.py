"""Calls of TensorFlow 1's layers, and what both TensorFlows compute from them; it also runs on Python 3.7."""

import numpy as np

VECTORS, SEQUENCES, IMAGES, VOLUMES = (4, 3), (2, 6, 3), (2, 4, 5, 2), (1, 3, 4, 3, 2)
STEPS = 2

# The call of ``tf`` on ``x``, by its shape; ``training`` is a boolean tensor, true in the last step.
CASES = {
    VECTORS: (
        "tf.layers.dense(x, 5)",
        "tf.layers.dense(x, 5, tf.nn.relu, False)",
        "tf.layers.dense(x, 5, activation='tanh', name='hidden')",
        "tf.layers.dense(x, 5, kernel_initializer=None, bias_initializer=None)",
        "tf.layers.dense(x, 5, kernel_initializer='he_normal', bias_initializer='ones')",
        "tf.layers.dense(x, 5, kernel_regularizer=tf.contrib.layers.l2_regularizer(0.1))",
        "tf.layers.dense(x, 5, kernel_regularizer=tf.contrib.layers.l1_regularizer(scale=0.1))",
        "tf.layers.dense(x, 5, kernel_regularizer=tf.contrib.layers.l1_l2_regularizer(0.1, 0.3))",
        "tf.layers.Dense(5, activation=tf.sigmoid)(x)",
        "tf.layers.flatten(x)",
        "tf.layers.dropout(x, 0.4)",
        "tf.layers.dropout(x + 1.0, training=False) * 2.0",
        "tf.layers.batch_normalization(x)",
        "tf.layers.batch_normalization(x, training=True)",
        "tf.layers.batch_normalization(x, training=training, momentum=0.9)",
        "tf.layers.batch_normalization(x, center=False, scale=False, epsilon=1e-5, training=True)",
        "tf.layers.BatchNormalization(momentum=0.8)(x, training=True)",
        "tf.contrib.layers.fully_connected(x, 5)",
        "tf.contrib.layers.fully_connected(x, 5, activation_fn=None, biases_initializer=None)",
        "tf.contrib.layers.fully_connected(x, 5, tf.nn.tanh, scope='hidden')",
        "tf.contrib.layers.fully_connected(x, 5, weights_initializer=tf.contrib.layers.xavier_initializer())",
        "tf.contrib.layers.linear(x, 5)",
        "tf.contrib.layers.relu(x, 5)",
        "tf.contrib.layers.relu6(x, 5)",
        "tf.contrib.layers.elu(x, 5)",
        "tf.contrib.slim.fully_connected(x, 5, weights_regularizer=tf.contrib.slim.l2_regularizer(0.1))",
        "tf.contrib.layers.flatten(x)",
        "tf.contrib.layers.softmax(x)",
        "tf.contrib.layers.dropout(x, is_training=False)",
        "tf.contrib.layers.batch_norm(x)",
        "tf.contrib.layers.batch_norm(x, 0.9, scale=True, activation_fn=tf.nn.relu, is_training=training)",
        "tf.contrib.layers.batch_norm(x, decay=0.9, updates_collections=None, is_training=training)",
        "tf.contrib.layers.batch_norm(x, decay=0.9, updates_collections=None, fused=False)",
        "tf.contrib.layers.batch_norm(x, is_training=False)",
        "tf.contrib.layers.layer_norm(x)",
        "tf.contrib.layers.layer_norm(x, activation_fn=lambda value: tf.nn.relu(value), scale=False)",
        "tf.contrib.layers.embed_sequence(tf.cast(tf.abs(x), tf.int32), 3, 2)",
        "tf.contrib.layers.one_hot_encoding(tf.cast(tf.abs(x), tf.int32), 3)",
        "tf.contrib.layers.one_hot_encoding(tf.cast(tf.abs(x), tf.int64), 3, on_value=0.9, off_value=0.1)",
    ),
    SEQUENCES: (
        "tf.layers.dense(x, 5)",
        "tf.layers.conv1d(x, 4, 3)",
        "tf.layers.conv1d(x, 4, 3, padding='same', strides=2)",
        "tf.layers.separable_conv1d(x, 4, 3, depth_multiplier=2)",
        "tf.layers.max_pooling1d(x, 2, 2)",
        "tf.layers.average_pooling1d(x, 3, 2, padding='same')",
        "tf.layers.batch_normalization(x, training=True)",
        "tf.contrib.layers.conv1d(x, 4, 3)",
        "tf.contrib.layers.convolution(x, 4, [3])",
        "tf.contrib.layers.batch_norm(x, decay=0.9)",
        "tf.contrib.layers.layer_norm(x)",
        "tf.contrib.layers.layer_norm(x, begin_norm_axis=2, begin_params_axis=1)",
        "tf.contrib.layers.layer_norm(x, begin_norm_axis=-1)",
        "tf.keras.layers.LSTM(4)(x)",
        "tf.keras.layers.LSTM(4, return_sequences=True, implementation=2, unit_forget_bias=False)(x)",
        "tf.keras.layers.LSTM(4, 'sigmoid', 'sigmoid')(x)",
        "tf.keras.layers.GRU(4)(x)",
        "tf.keras.layers.GRU(4, use_bias=False, go_backwards=True, return_sequences=True)(x)",
        "tf.keras.layers.GRU(4, recurrent_activation='hard_sigmoid', reset_after=True)(x)",
    ),
    IMAGES: (
        "tf.layers.conv2d(x, 4, 3)",
        "tf.layers.conv2d(x, 4, [3, 2], (2, 2), 'SAME', activation=tf.nn.relu)",
        "tf.layers.conv2d(x, 4, 2, dilation_rate=2, use_bias=False)",
        "tf.layers.Conv2D(4, 3, padding='same')(x)",
        "tf.layers.conv2d_transpose(x, 4, 3)",
        "tf.layers.conv2d_transpose(x, 4, 3, strides=2)",
        "tf.layers.conv2d_transpose(x, 4, 2, strides=3)",
        "tf.layers.conv2d_transpose(x, 4, [3, 4], strides=2, padding='same')",
        "tf.layers.separable_conv2d(x, 4, 3)",
        "tf.layers.separable_conv2d(x, 4, 3, padding='same', depth_multiplier=2, activation=tf.nn.elu)",
        "tf.layers.max_pooling2d(x, 2, 2)",
        "tf.layers.max_pooling2d(inputs=x, pool_size=[2, 3], strides=(2, 1), padding='same')",
        "tf.layers.average_pooling2d(x, [2, 3], 2)",
        "tf.layers.average_pooling2d(x, 3, 1, 'SAME')",
        "tf.layers.MaxPooling2D(2, 2)(x)",
        "tf.layers.AveragePooling2D(3, 1, padding='same')(x)",
        "tf.layers.flatten(x)",
        "tf.layers.Flatten()(x)",
        "tf.layers.batch_normalization(x)",
        "tf.layers.batch_normalization(x, training=True)",
        "tf.layers.batch_normalization(x, training=training, momentum=0.9, scale=False)",
        "tf.layers.batch_normalization(x, training=True, fused=False)",
        "tf.layers.batch_normalization(x, axis=2, training=True)",
        "tf.contrib.layers.conv2d(x, 4, [3, 3])",
        "tf.contrib.layers.conv2d(x, 4, 3, stride=2, padding='VALID', activation_fn=None)",
        "tf.contrib.slim.conv2d(x, 4, 3, rate=2, weights_initializer=tf.zeros_initializer())",
        "tf.contrib.layers.convolution(x, 4, [3, 2], 2)",
        "tf.contrib.layers.conv2d_transpose(x, 4, 3, 2)",
        "tf.contrib.layers.separable_conv2d(x, 4, 3, 2)",
        "tf.contrib.layers.separable_conv2d(x, 4, 3, weights_initializer=tf.contrib.layers.xavier_initializer())",
        "tf.contrib.layers.max_pool2d(x, 2)",
        "tf.contrib.slim.max_pool2d(x, [3, 2], 1, 'SAME')",
        "tf.contrib.layers.avg_pool2d(x, 2)",
        "tf.contrib.layers.batch_norm(x, decay=0.9)",
        "tf.contrib.layers.batch_norm(x, decay=0.9, updates_collections=None, is_training=training)",
        "tf.contrib.layers.batch_norm(x, decay=0.9, fused=False)",
        "tf.contrib.layers.layer_norm(x)",
        "tf.contrib.layers.layer_norm(x, center=False, begin_norm_axis=2)",
    ),
    VOLUMES: (
        "tf.layers.conv3d(x, 3, 2)",
        "tf.layers.conv3d_transpose(x, 2, 2, strides=2)",
        "tf.layers.max_pooling3d(x, 2, 2)",
        "tf.layers.average_pooling3d(x, 2, 1, padding='same')",
        "tf.contrib.layers.conv3d(x, 3, 2)",
        "tf.contrib.layers.avg_pool3d(x, 2)",
        "tf.layers.batch_normalization(x, training=True)",
    ),
}


def inputs(shape, step):
    """Returns the inputs of a step, without two of equal value."""
    return (2.5 * np.cos(1.0 + step + 1.7 * np.arange(np.prod(shape))).reshape(shape)).astype(np.float32)


def weights(shape, place):
    """Returns the values for the variable at a place in the order of names; they are positive, as a variance is."""
    return (0.6 + 0.5 * np.sin(place + 1.3 * np.arange(np.prod(shape))).reshape(shape)).astype(np.float32)


def upstream(shape):
    """Returns the gradient that comes from behind the layer."""
    return np.cos(0.7 * np.arange(np.prod(shape))).reshape(shape).astype(np.float32)
