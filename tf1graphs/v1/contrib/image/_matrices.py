"""Projective transforms as eight numbers and as matrices: ``[a0, a1, a2, b0, b1, b2, c0, c1]``, and 1 in the corner."""

from __future__ import annotations

from typing import Any

from tensorflow.python.framework import constant_op, ops
from tensorflow.python.ops import array_ops, math_ops


def flat_transforms_to_matrices(transforms: Any) -> Any:
    """Returns the matrices ``[number, 3, 3]`` of transforms ``[8]`` or ``[number, 8]``.

    Raises:
        ValueError: The rank is neither 1 nor 2.
    """
    with ops.name_scope("flat_transforms_to_matrices"):
        transforms = ops.convert_to_tensor(transforms, name="transforms")
        if transforms.shape.ndims not in (1, 2):
            raise ValueError(f"Transforms should be 1D or 2D, got: {transforms}")
        transforms = array_ops.reshape(transforms, constant_op.constant([-1, 8]))
        corner = array_ops.ones([array_ops.shape(transforms)[0], 1])
        return array_ops.reshape(array_ops.concat([transforms, corner], axis=1), constant_op.constant([-1, 3, 3]))


def matrices_to_flat_transforms(transform_matrices: Any) -> Any:
    """Returns the transforms ``[number, 8]`` of matrices ``[3, 3]`` or ``[number, 3, 3]``.

    Raises:
        ValueError: The rank is neither 2 nor 3.
    """
    with ops.name_scope("matrices_to_flat_transforms"):
        matrices = ops.convert_to_tensor(transform_matrices, name="transform_matrices")
        if matrices.shape.ndims not in (2, 3):
            raise ValueError(f"Matrices should be 2D or 3D, got: {matrices}")
        flat = array_ops.reshape(matrices, constant_op.constant([-1, 9]))
        flat /= flat[:, 8:9]
        return flat[:, :8]


def compose_transforms(*transforms: Any) -> Any:
    """Returns the transforms ``[number, 8]`` that do all given ones, the last one first.

    Raises:
        AssertionError: There are none.
    """
    if not transforms:
        raise AssertionError("transforms cannot be empty")
    with ops.name_scope("compose_transforms"):
        composed = flat_transforms_to_matrices(transforms[0])
        for each in transforms[1:]:
            composed = math_ops.matmul(composed, flat_transforms_to_matrices(each))
        return matrices_to_flat_transforms(composed)
