"""``tf.contrib.image``: projective transforms, warps, splines and labels of images."""

from tf1graphs.v1.contrib.image._bipartite_match import bipartite_match
from tf1graphs.v1.contrib.image._connected_components import connected_components
from tf1graphs.v1.contrib.image._matrices import (
    compose_transforms,
    flat_transforms_to_matrices,
    matrices_to_flat_transforms,
)
from tf1graphs.v1.contrib.image._spline import interpolate_spline
from tf1graphs.v1.contrib.image._stereograms import single_image_random_dot_stereograms
from tf1graphs.v1.contrib.image._transform import (
    angles_to_projective_transforms,
    rotate,
    transform,
    translate,
    translations_to_projective_transforms,
)
from tf1graphs.v1.contrib.image._warp import _interpolate_bilinear, dense_image_warp, sparse_image_warp

__all__ = [
    "angles_to_projective_transforms",
    "bipartite_match",
    "compose_transforms",
    "connected_components",
    "dense_image_warp",
    "flat_transforms_to_matrices",
    "interpolate_spline",
    "matrices_to_flat_transforms",
    "rotate",
    "single_image_random_dot_stereograms",
    "sparse_image_warp",
    "transform",
    "translate",
    "translations_to_projective_transforms",
    # Programs import this from dense_image_warp.py below python/ops, which is this module here.
    "_interpolate_bilinear",
]
