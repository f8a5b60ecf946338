"""Small uses of ``tf.contrib.image``."""

import numpy as np

from .inputs import IMAGES, normal

LABELED = [[1, 1, 0, 2], [0, 1, 0, 2], [3, 0, 2, 2], [3, 0, 1, 1]]
DISTANCES = [[0.5, 0.2, 0.9], [0.1, 0.3, 0.8], [0.4, 0.7, 0.6], [0.05, 0.06, 0.07]]
POINTS, VALUES, QUERIES = normal(2, 5, 2), normal(2, 5, 3), normal(2, 4, 2)


def _image(tf):
    return tf.get_variable("image", [2, 5, 4, 1])


def _spline(order, **options):
    def call(tf):
        # In float32 the solution of these systems depends on the order of their sums.
        points, values, queries = (tf.cast(each(tf), tf.float64) for each in (POINTS, VALUES, QUERIES))
        return tf.contrib.image.interpolate_spline(points, values, queries, order, **options)

    return call


def _sparse_warp(**options):
    def call(tf):
        source = tf.constant([[[1.0, 1.0], [3.0, 2.0], [0.0, 3.0], [4.0, 0.0]]] * 2, tf.float64)
        moved = source + tf.constant([[0.5, 0.25], [-0.5, 0.5], [0.0, 0.0], [0.1, 0.2]], tf.float64)
        return tf.contrib.image.sparse_image_warp(tf.cast(_image(tf), tf.float64), source, moved, **options)

    return call


CALLS = {
    "rotate": lambda tf: tf.contrib.image.rotate(_image(tf), [0.3, -0.7], "BILINEAR"),
    "rotate one": lambda tf: tf.contrib.image.rotate(tf.reshape(tf.range(12), [3, 4]), np.pi / 2),
    "rotate one with channels": lambda tf: tf.contrib.image.rotate(IMAGES(tf)[0], 0.5),
    "rotate of rank 1": lambda tf: tf.contrib.image.rotate(tf.range(4), 0.5),
    "rotate of strings": lambda tf: tf.contrib.image.rotate([["a"]], 0.5),
    "rotate by matrix": lambda tf: tf.contrib.image.rotate(IMAGES(tf), [[0.5]]),
    "translate": lambda tf: tf.contrib.image.translate(IMAGES(tf), [1.0, -2.0]),
    "translate each": lambda tf: tf.contrib.image.translate(IMAGES(tf), [[0.5, 0.0], [0.0, 1.5]], "BILINEAR"),
    "translate by scalar": lambda tf: tf.contrib.image.translate(IMAGES(tf), 1.0),
    "transform": lambda tf: tf.contrib.image.transform(
        _image(tf), [1.0, 0.1, -0.2, 0.05, 0.9, 0.3, 0.01, 0.02], "bilinear"
    ),
    "transform to other size": lambda tf: tf.contrib.image.transform(
        IMAGES(tf), [1.0, 0, 0, 0, 1.0, 0, 0, 0], output_shape=[2, 3]
    ),
    "transform to wrong size": lambda tf: tf.contrib.image.transform(IMAGES(tf), [1.0] * 8, output_shape=[2, 3, 1]),
    "compose_transforms": lambda tf: tf.contrib.image.compose_transforms(
        tf.contrib.image.angles_to_projective_transforms([0.5], 5.0, 4.0),
        tf.contrib.image.translations_to_projective_transforms([1.0, 2.0]),
    ),
    "compose_transforms of none": lambda tf: tf.contrib.image.compose_transforms(),
    "flat_transforms_to_matrices of scalar": lambda tf: tf.contrib.image.flat_transforms_to_matrices(1.0),
    "matrices_to_flat_transforms of scalar": lambda tf: tf.contrib.image.matrices_to_flat_transforms(1.0),
    "dense_image_warp": lambda tf: tf.contrib.image.dense_image_warp(_image(tf), normal(2, 5, 4, 2)(tf)),
    "dense_image_warp of one row": lambda tf: tf.contrib.image.dense_image_warp(
        tf.zeros([1, 1, 4, 1]), tf.zeros([1, 1, 4, 2])
    ),
    "interpolate_spline of order 1": _spline(1),
    "interpolate_spline of order 2": _spline(2),
    "interpolate_spline of order 3": _spline(3, regularization_weight=0.5),
    "interpolate_spline of order 4": _spline(4, regularization_weight=0.1),
    "interpolate_spline of order 6": _spline(6),
    "sparse_image_warp": _sparse_warp(),
    "sparse_image_warp with boundary": _sparse_warp(num_boundary_points=2, regularization_weight=0.1),
    "connected_components": lambda tf: tf.contrib.image.connected_components(LABELED),
    "connected_components of several": lambda tf: tf.contrib.image.connected_components(
        tf.constant([LABELED, np.transpose(LABELED)]) > 1
    ),
    "connected_components of nothing": lambda tf: tf.contrib.image.connected_components(tf.zeros([2, 3])),
    "connected_components of rank 1": lambda tf: tf.contrib.image.connected_components([1, 2]),
    "bipartite_match": lambda tf: tf.contrib.image.bipartite_match(DISTANCES, 3),
    "bipartite_match of all rows": lambda tf: tf.contrib.image.bipartite_match(DISTANCES, [-1]),
    "bipartite_match of one": lambda tf: tf.contrib.image.bipartite_match(DISTANCES, -1, 1),
}
