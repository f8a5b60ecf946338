"""What both versions work on: two boxes, a cloud of points, layers with their options, and small images."""

import numpy as np

# Corners of two boxes, (x, y) each, [2, 4, 2]: the second is the first one moved along (1, -1).
BOXES = np.array([[[1, 1], [3, 1], [3, 3], [1, 3]], [[2, 0], [4, 0], [4, 2], [2, 2]]], np.float32)
# x + y is all that this column sees of a corner.
ONE_COLUMN = np.array([[1], [1]], np.float32)
THREE_COLUMNS = np.array([[1, 1, -1], [1, 0, 1]], np.float32)
# What makes one number of three columns, and one number of four corners.
OF_COLUMNS = np.array([[1], [1], [1]], np.float32)
OF_CORNERS = np.array([[1], [2], [3], [4]], np.float32)

# Layer, shape of its input without the batch, options; all of it in the words of tf.layers.
LAYERS = [
    ("dense", (4, 2), {"units": 1, "use_bias": False}),
    ("dense", (4, 2), {"units": 3, "use_bias": False}),
    ("dense", (784,), {"units": 10}),
    ("conv2d", (28, 28, 1), {"filters": 8, "kernel_size": 3}),
    ("conv2d", (28, 28, 1), {"filters": 8, "kernel_size": 3, "padding": "same"}),
    ("conv2d", (28, 28, 1), {"filters": 8, "kernel_size": 3, "padding": "same", "strides": 2}),
    ("conv2d", (28, 28, 1), {"filters": 8, "kernel_size": 5, "strides": 2}),
    ("conv2d", (14, 14, 8), {"filters": 16, "kernel_size": 3}),
    ("max_pooling2d", (28, 28, 8), {"pool_size": 2, "strides": 2}),
    ("max_pooling2d", (7, 7, 8), {"pool_size": 2, "strides": 2, "padding": "same"}),
    ("conv2d", (1920, 1080, 3), {"filters": 16, "kernel_size": 5, "strides": 5, "use_bias": False}),
    ("flatten", (384, 216, 16), {}),
]

# Side and stride of each window, from the image on: a convolution has stride 1, pooling stride 2.
STACKS = {
    "three convolutions": [(3, 1), (3, 1), (3, 1)],
    "pooling in between": [(3, 1), (2, 2), (3, 1), (2, 2), (3, 1)],
}

# A kernel whose weights can be told apart, and the side of the image that it looks at.
KERNEL = np.arange(1, 10, dtype=np.float32).reshape(3, 3)
IMAGE_SIDE = 28


def clouds():
    """Returns points and where they are to be, [24, 2] each: turned, stretched and moved."""
    angle = np.linspace(0, 2 * np.pi, 24, endpoint=False)
    points = np.stack([np.cos(angle), np.sin(angle) ** 3], axis=1)
    return points.astype(np.float32), (points @ [[0.9, 0.7], [-0.5, 1.1]] + [2.0, 1.0]).astype(np.float32)


def bars():
    """Returns images of a bar that is moved right by 0, 1 and 2 pixels, [3, 8, 8, 1]."""
    images = np.zeros((3, 8, 8, 1), np.float32)
    for shift, image in enumerate(images):
        image[1:7, 2 + shift] = 1.0
    return images
