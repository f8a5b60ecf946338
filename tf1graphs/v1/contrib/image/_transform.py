"""Projective transforms of images."""

from __future__ import annotations

from typing import Any

from tensorflow.python.framework import dtypes, ops, tensor_util
from tensorflow.python.ops import array_ops, gen_image_ops, math_ops
from tensorflow.python.ops import image_ops as _image_ops  # noqa: F401 (has the gradient of the transform)

_DTYPES = {dtypes.uint8, dtypes.int32, dtypes.int64, dtypes.float16, dtypes.float32, dtypes.float64}


def _as_batch(images: Any) -> Any:
    """Returns images ``[height, width]`` or ``[height, width, channels]`` as a batch of one."""
    if images.dtype.base_dtype not in _DTYPES:
        raise TypeError(f"Invalid dtype {images.dtype}.")
    rank = images.get_shape().ndims
    if rank is None:
        raise TypeError("The rank of images must be statically known")
    if rank not in (2, 3, 4):
        raise TypeError("Images should have rank between 2 and 4.")
    return {2: lambda: images[None, :, :, None], 3: lambda: images[None, :, :, :], 4: lambda: images}[rank]()


def _from_batch(found: Any, rank: int) -> Any:
    return {2: lambda: found[0, :, :, 0], 3: lambda: found[0, :, :, :], 4: lambda: found}[rank]()


def _as_rows(values: Any, rank_of_one: int, kind: str) -> Any:
    rank = values.get_shape().ndims
    if rank not in (rank_of_one, rank_of_one + 1):
        raise TypeError(f"{kind} should have rank {rank_of_one} or {rank_of_one + 1}.")
    return values[None] if rank == rank_of_one else values


def angles_to_projective_transforms(angles: Any, image_height: Any, image_width: Any, name: str | None = None) -> Any:
    """Returns the transforms ``[number, 8]`` that rotate images counterclockwise around their centers.

    Args:
        angles: In radians, a scalar or ``[number]``.
        image_height: The height of the images.
        image_width: The width of the images.
        name: The name scope.

    Raises:
        TypeError: ``angles`` has another rank.
    """
    with ops.name_scope(name, "angles_to_projective_transforms"):
        angles = _as_rows(ops.convert_to_tensor(angles, name="angles", dtype=dtypes.float32), 0, "Angles")
        cosine, sine = math_ops.cos(angles), math_ops.sin(angles)
        last_x, last_y = image_width - 1, image_height - 1
        shift_x = (last_x - (cosine * last_x - sine * last_y)) / 2.0
        shift_y = (last_y - (sine * last_x + cosine * last_y)) / 2.0
        columns = [each[:, None] for each in (cosine, -sine, shift_x, sine, cosine, shift_y)]
        zeros = array_ops.zeros((array_ops.shape(angles)[0], 2), dtypes.float32)
        return array_ops.concat([*columns, zeros], axis=1)


def translations_to_projective_transforms(translations: Any, name: str | None = None) -> Any:
    """Returns the transforms ``[number, 8]`` that move images.

    Args:
        translations: How far, ``[dx, dy]`` or ``[number, 2]``.
        name: The name scope.

    Raises:
        TypeError: ``translations`` has another rank.
    """
    with ops.name_scope(name, "translations_to_projective_transforms"):
        translations = ops.convert_to_tensor(translations, name="translations", dtype=dtypes.float32)
        moves = _as_rows(translations, 1, "Translations")
        number = array_ops.shape(moves)[0]
        one = array_ops.ones((number, 1), dtypes.float32)
        zero = array_ops.zeros((number, 1), dtypes.float32)
        zeros = array_ops.zeros((number, 2), dtypes.float32)
        return array_ops.concat([one, zero, -moves[:, 0, None], zero, one, -moves[:, 1, None], zeros], axis=1)


def _output_shape(output_shape: Any, images: Any) -> Any:
    if output_shape is None:
        output_shape = array_ops.shape(images)[1:3]
        static = tensor_util.constant_value(output_shape)
        output_shape = output_shape if static is None else static
    output_shape = ops.convert_to_tensor(output_shape, dtypes.int32, name="output_shape")
    if not output_shape.get_shape().is_compatible_with([2]):
        raise ValueError("output_shape must be a 1-D Tensor of 2 elements: new_height, new_width")
    return output_shape


def transform(
    images: Any, transforms: Any, interpolation: str = "NEAREST", output_shape: Any = None, name: str | None = None
) -> Any:
    """Returns images under projective transforms, with 0 where there is no pixel.

    A transform maps a point of the output to one of the input: ``(x, y)`` to ``((a0 x + a1 y + a2) / k,
    (b0 x + b1 y + b2) / k)`` with ``k = c0 x + c1 y + 1``.

    Args:
        images: ``[number, height, width, channels]``, ``[height, width, channels]`` or ``[height, width]``.
        transforms: ``[8]`` or ``[number, 8]``.
        interpolation: ``"NEAREST"`` or ``"BILINEAR"``.
        output_shape: The height and width of the output, by default those of the input.
        name: The name scope.

    Raises:
        TypeError: A rank or dtype is wrong.
        ValueError: ``output_shape`` is wrong, or there is no such interpolation.
    """
    with ops.name_scope(name, "transform"):
        given = ops.convert_to_tensor(images, name="images")
        transforms = ops.convert_to_tensor(transforms, name="transforms", dtype=dtypes.float32)
        batch = _as_batch(given)
        output_shape = _output_shape(output_shape, batch)
        found = gen_image_ops.image_projective_transform_v2(
            batch,
            output_shape=output_shape,
            transforms=_as_rows(transforms, 1, "Transforms"),
            interpolation=interpolation.upper(),
        )
        return _from_batch(found, given.get_shape().ndims)


def rotate(images: Any, angles: Any, interpolation: str = "NEAREST", name: str | None = None) -> Any:
    """Returns images rotated counterclockwise around their centers.

    Args:
        images: As for ``transform``.
        angles: In radians, a scalar or one for each image.
        interpolation: As for ``transform``.
        name: The name scope.

    Raises:
        TypeError: A rank or dtype is wrong.
    """
    with ops.name_scope(name, "rotate"):
        given = ops.convert_to_tensor(images)
        batch = _as_batch(given)
        height, width = (math_ops.cast(array_ops.shape(batch)[axis], dtypes.float32)[None] for axis in (1, 2))
        turns = angles_to_projective_transforms(angles, height, width)
        return _from_batch(transform(batch, turns, interpolation=interpolation), given.get_shape().ndims)


def translate(images: Any, translations: Any, interpolation: str = "NEAREST", name: str | None = None) -> Any:
    """Returns images moved by vectors.

    Args:
        images: As for ``transform``.
        translations: ``[dx, dy]``, or one for each image.
        interpolation: As for ``transform``.
        name: The name scope.

    Raises:
        TypeError: A rank or dtype is wrong.
    """
    with ops.name_scope(name, "translate"):
        return transform(images, translations_to_projective_transforms(translations), interpolation=interpolation)
