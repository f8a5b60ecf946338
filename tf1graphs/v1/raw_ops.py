"""``tf.raw_ops``, with an op whose kernel has left TensorFlow."""

from __future__ import annotations

# Not its names: there is an op that is called Any.
import typing

from tensorflow.python.framework import dtypes, ops
from tensorflow.python.ops import array_ops, math_ops

from tf1graphs.v1._parity import counted_as

_BITS = [128, 64, 32, 16, 8, 4, 2, 1]


def CompareAndBitpack(*, input: typing.Any, threshold: typing.Any, name: str | None = None) -> typing.Any:  # noqa: A002 (1.15's)
    """Returns whether numbers are above a threshold, eight to a byte, the first one in its highest bit.

    Args:
        input: Numbers or booleans [..., 8 n].
        threshold: [], of the same dtype; booleans need none.
        name: The name of the op.

    Returns:
        uint8 [..., n].
    """
    with ops.name_scope(name, "CompareAndBitpack"):
        numbers = ops.convert_to_tensor(input, name="input")
        threshold = ops.convert_to_tensor(threshold, dtype=numbers.dtype, name="threshold")
        return _packed(numbers, threshold)


@counted_as(1)
def _packed(numbers: typing.Any, threshold: typing.Any) -> typing.Any:
    above = numbers if numbers.dtype == dtypes.bool else numbers > threshold
    shape = array_ops.concat([array_ops.shape(above)[:-1], [-1, 8]], axis=0)
    bits = math_ops.cast(array_ops.reshape(above, shape), dtypes.int32)
    packed = math_ops.cast(math_ops.reduce_sum(bits * _BITS, axis=-1), dtypes.uint8)
    known = numbers.get_shape()
    if known.ndims:
        last = known.dims[-1].value
        packed.set_shape(known[:-1].concatenate([last and last // 8]))
    return packed
