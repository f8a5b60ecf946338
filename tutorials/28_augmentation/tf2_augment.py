"""Augmentation in TensorFlow 2: a function of tensors, and a step of a tf.data pipeline; to be copied elsewhere."""

import math

import tensorflow as tf

# What the columns of ``draws`` are for.
OPTIONS = ("rotation", "width_shift", "height_shift", "shear", "zoom", "horizontal_flip", "vertical_flip")


def augment(
    images,
    draws,
    rotation=0.0,
    width_shift=0.0,
    height_shift=0.0,
    shear=0.0,
    zoom=0.0,
    horizontal_flip=False,
    vertical_flip=False,
):
    """Returns each image changed by its own draws; what moves in from outside is 0.

    An image is flipped, zoomed, sheared and rotated about its middle, and shifted in the end.

    Args:
        images: float32 [n, height, width, channels], with height and width known.
        draws: float32 [n, 7] in [-1, 1), one column for each of ``OPTIONS``: which part of a range an image gets.
        rotation: the greatest angle, in degrees; positive draws turn counter-clockwise.
        width_shift: the greatest shift to the right and left, as a share of the width.
        height_shift: the greatest shift down and up, as a share of the height.
        shear: the greatest angle between upright lines and what becomes of them, in radians, counter-clockwise.
        zoom: images become 1 - zoom to 1 + zoom times as large.
        horizontal_flip: whether negative draws swap left and right.
        vertical_flip: whether negative draws swap top and bottom.
    """
    height, width = images.shape[1:3]
    turn, right, down, lean, grow, flip_x, flip_y = tf.unstack(draws, axis=1)
    cos, sin = tf.cos(turn * rotation * math.pi / 180.0), tf.sin(turn * rotation * math.pi / 180.0)
    tan = tf.tan(lean * shear)
    x_scale = y_scale = 1.0 / (1.0 + grow * zoom)
    if horizontal_flip:
        x_scale *= tf.where(flip_x < 0.0, -1.0, 1.0)
    if vertical_flip:
        y_scale *= tf.where(flip_y < 0.0, -1.0, 1.0)

    # The op asks where each pixel of the result comes from, so that this is the inverse of what the image undergoes.
    xx, xy = x_scale * (cos - tan * sin), x_scale * (-sin - tan * cos)
    yx, yy = y_scale * sin, y_scale * cos
    # The middle of the old image lies in the middle of the new one, but for the shift.
    x_middle, y_middle = (width - 1) / 2.0, (height - 1) / 2.0
    x, y = x_middle + right * width_shift * width, y_middle + down * height_shift * height
    zeros = tf.zeros_like(cos)
    rows = [xx, xy, x_middle - xx * x - xy * y, yx, yy, y_middle - yx * x - yy * y, zeros, zeros]
    return tf.raw_ops.ImageProjectiveTransformV3(
        images=images,
        transforms=tf.stack(rows, axis=1),
        output_shape=[height, width],
        fill_value=0.0,
        interpolation="BILINEAR",
        fill_mode="CONSTANT",
    )


def draw(count, seed):
    """Returns draws for ``count`` images; the same ones for the same two integers."""
    return 2.0 * tf.random.stateless_uniform([count, len(OPTIONS)], seed) - 1.0


def pipeline(images, labels, batch_size, seed, **ranges):
    """Returns an endless tf.data.Dataset of shuffled batches, augmented within ``ranges``."""

    def augmented(step, batch):
        batch_xs, batch_ys = batch
        return augment(batch_xs, draw(batch_size, tf.stack([seed, step])), **ranges), batch_ys

    dataset = tf.data.Dataset.from_tensor_slices((images, labels))
    dataset = dataset.shuffle(len(images), seed=seed).repeat().batch(batch_size, drop_remainder=True)
    return dataset.enumerate().map(augmented).prefetch(1)
