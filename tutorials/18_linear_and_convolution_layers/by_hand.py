"""Shapes, parameters and receptive fields of layers as one works them out on paper; nothing here asks TensorFlow."""

import numpy as np


def output_size(size, window, stride, padding):
    """Returns the length of an output's side.

    "valid" counts the places where the window lies inside the input; "same" pads the input with zeros, so that each
    stride begins one more window.
    """
    return -(-size // stride) if padding == "same" else (size - window) // stride + 1


def dense(shape, units, use_bias=True):
    """Returns the shape of a dense layer's output, without the batch, and the number of its parameters."""
    return shape[:-1] + (units,), shape[-1] * units + use_bias * units


def conv2d(shape, filters, kernel_size, strides=1, padding="valid", use_bias=True):
    """The same of a convolution: each filter has a weight per pixel of its window and channel, wherever it looks."""
    *sides, channels = shape
    sides = tuple(output_size(side, kernel_size, strides, padding) for side in sides)
    return sides + (filters,), kernel_size**2 * channels * filters + use_bias * filters


def max_pooling2d(shape, pool_size, strides, padding="valid"):
    """The same of pooling, in which nothing is learned."""
    *sides, channels = shape
    return tuple(output_size(side, pool_size, strides, padding) for side in sides) + (channels,), 0


def flatten(shape):
    """The same of pixels and channels written one behind the other."""
    return (int(np.prod(shape)),), 0


def receptive_fields(windows):
    """Returns how wide a piece of the input each layer's pixels see.

    Args:
        windows: (side of the window, stride) of each layer, the first one first.
    """
    fields, field, distance = [], 1, 1
    for side, stride in windows:
        # The distance is that between neighbouring pixels of the layer's input, measured in the image.
        field += (side - 1) * distance
        distance *= stride
        fields.append(field)
    return fields


def convolution_matrix(kernel, size):
    """Returns the matrix that does to a flattened image what a convolution ("valid", stride 1) does to the image.

    Args:
        kernel: array of shape [side, side].
        size: side of the image.

    Returns:
        Array of shape [output pixels, size * size]: each row is the kernel at another place of an empty image.
    """
    side = len(kernel)
    places = size - side + 1
    matrix = np.zeros((places, places, size, size), np.float32)
    for y in range(places):
        for x in range(places):
            matrix[y, x, y : y + side, x : x + side] = kernel
    return matrix.reshape(places**2, size**2)
