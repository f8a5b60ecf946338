"""``tf.contrib.periodic_resample``: trades one dimension of a tensor for the resolution of the others.

Source: Shi and others, "Real-Time Single Image and Video Super-Resolution Using an Efficient Sub-Pixel Convolutional
Neural Network", https://arxiv.org/abs/1609.05158, section 3.2, for any number of dimensions.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tensorflow.python.framework import ops, tensor_shape
from tensorflow.python.ops import array_ops, check_ops, math_ops

from tf1graphs.v1._parity import counted_as

__all__ = ["periodic_resample"]


def periodic_resample(values: Any, shape: Sequence[int | None], name: str | None = None) -> Any:
    """Returns ``values`` rearranged to ``shape``. TensorFlow 1.15 had a kernel for this.

    Args:
        values: The tensor; what does not fill the new shape is left out.
        shape: The new shape, no dimension smaller than before, but for one that is None and follows from the others.
        name: The name scope.

    Raises:
        InvalidArgumentError: In the run, if a dimension is smaller than before.
        ValueError: Not exactly one dimension is None.
    """
    with ops.name_scope(name, "PeriodicResample", [values]):
        values = ops.convert_to_tensor(values, name="values")
        known = tensor_shape.TensorShape(shape).as_list()
        if known.count(None) != 1:
            raise ValueError(f"shape must have exactly one dimension that is None, but is {known}")
        return _resampled(values, known)


@counted_as(1)
def _resampled(values: Any, target: list[int | None]) -> Any:
    before, adjusted = array_ops.shape(values), target.index(None)
    fixed = [size for size in target if size is not None]
    kept = [axis for axis in range(len(target)) if axis != adjusted]
    grown = check_ops.assert_less_equal(
        array_ops.gather(before, kept), fixed, message="A dimension of shape is smaller than that of values"
    )
    with ops.control_dependencies([grown]):
        length = math_ops.floordiv(array_ops.size(values), math_ops.reduce_prod(ops.convert_to_tensor(fixed)))
    places, period, offset = {}, 1, 0
    for axis, size in zip(kept, fixed, strict=True):
        # Each element of the old dimension becomes so many of the new one, rounded up.
        factor = math_ops.floordiv(size + before[axis] - 1, before[axis])
        along = _along(math_ops.range(size), axis, len(target))
        places[axis] = math_ops.floordiv(along, factor)
        offset = offset + period * math_ops.floormod(along, factor)
        period = period * factor
    places[adjusted] = offset * length + _along(math_ops.range(length), adjusted, len(target))
    index = 0
    for axis in range(len(target)):
        index = index * before[axis] + places[axis]
    found = array_ops.gather(array_ops.reshape(values, [-1]), index)
    size = values.get_shape().num_elements()
    sizes = [
        size and size // tensor_shape.TensorShape(fixed).num_elements() if each is None else each for each in target
    ]
    found.set_shape(sizes)
    return found


def _along(numbers: Any, axis: int, rank: int) -> Any:
    """Returns a vector with the other dimensions, of size 1, around it."""
    return array_ops.reshape(numbers, [-1 if each == axis else 1 for each in range(rank)])
