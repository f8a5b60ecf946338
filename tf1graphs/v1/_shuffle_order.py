"""``dataset.shuffle(n, seed).repeat(k)`` in the order of TensorFlow 1.15, which fused the two into one kernel.

1.15's fused kernel drew its numbers from the seeds themselves, in one stream for all epochs; today's draws new seeds
for every epoch. The order of slices of tensors is therefore computed here, and the slices are gathered in it. Other
sources, which have no random access, and datasets without a seed keep today's order.

Source: ``shuffle_dataset_op.cc`` of 1.15.5, and Salmon et al. 2011, "Parallel Random Numbers: As Easy as 1, 2, 3"
(Philox-4x32-10).
"""

from __future__ import annotations

import functools
from typing import Any

import numpy as np
import numpy.typing as npt

_MULTIPLIERS = np.uint64(0xD2511F53), np.uint64(0xCD9E8D57)
_WEYL = np.uint64(0x9E3779B9), np.uint64(0xBB67AE85)
_LOW = np.uint64(0xFFFFFFFF)
_HALF = np.uint64(32)
_ROUNDS = 10
_LARGEST_RANGE = 10**7
_FOREVER = np.iinfo(np.int64).max
_WORDS = 4


def random_numbers(seed: int, seed2: int, start: int, count: int) -> npt.NDArray[np.uint64]:
    """Returns ``count`` 32-bit numbers of the Philox stream that ``seed`` and ``seed2`` give, from ``start`` on."""
    first = start // _WORDS
    blocks = np.arange(first, (start + count - 1) // _WORDS + 1, dtype=np.uint64)
    high = np.uint64(seed2 & (2**64 - 1))
    words = [blocks & _LOW, blocks >> _HALF, np.full_like(blocks, high & _LOW), np.full_like(blocks, high >> _HALF)]
    key = [np.uint64(seed & 0xFFFFFFFF), np.uint64((seed >> 32) & 0xFFFFFFFF)]
    for _ in range(_ROUNDS):
        one, two = _MULTIPLIERS[0] * words[0], _MULTIPLIERS[1] * words[2]
        words = [
            (two >> _HALF) ^ words[1] ^ key[0],
            two & _LOW,
            (one >> _HALF) ^ words[3] ^ key[1],
            one & _LOW,
        ]
        key = [(part + step) & _LOW for part, step in zip(key, _WEYL, strict=True)]
    return np.stack(words, 1).ravel()[start - first * _WORDS :][:count]


def order(count: int, buffer_size: int, seed: int, seed2: int, epoch: int) -> npt.NDArray[np.int64]:
    """Returns the rows of an epoch in the order in which a buffer of ``buffer_size`` gives them out."""
    rows = list(range(count))
    numbers = random_numbers(seed, seed2, epoch * count, count).tolist()
    for position, number in enumerate(numbers):
        chosen = position + number % min(count - position, buffer_size)
        rows[position], rows[chosen] = rows[chosen], rows[position]
    return np.array(rows, np.int64)


def _source(dataset: Any) -> Any:
    """Returns the dataset inside the adapter that 1.15's API puts around every one."""
    return getattr(dataset, "_dataset", dataset)


def _is_fused(shuffle: Any) -> bool:
    """Whether 1.15 would fuse a repetition of this dataset, and its order can be computed."""
    from tensorflow.python.data.ops import from_tensor_slices_op, range_op, shuffle_op
    from tensorflow.python.framework import dtypes, tensor_util

    if not isinstance(shuffle, shuffle_op._ShuffleDataset) or shuffle._reshuffle_each_iteration is False:
        return False
    if not tensor_util.constant_value(shuffle._seed):
        return False
    source = _source(shuffle._input_dataset)
    if isinstance(source, from_tensor_slices_op._TensorSliceDataset):
        return all(tensor.dtype != dtypes.variant for tensor in source._tensors)
    return isinstance(source, range_op._RangeDataset) and _is_small(source)


def _is_small(numbers: Any) -> bool:
    from tensorflow.python.framework import tensor_util

    bounds = [tensor_util.constant_value(bound) for bound in (numbers._start, numbers._stop, numbers._step)]
    return None in bounds or abs(bounds[1] - bounds[0]) < _LARGEST_RANGE * abs(bounds[2])


def _tensors(source: Any) -> list[Any]:
    """Returns the tensors whose rows are the elements of a dataset of slices, or of a range."""
    from tensorflow.python.data.ops import range_op
    from tensorflow.python.ops import math_ops

    if isinstance(source, range_op._RangeDataset):
        numbers = math_ops.range(source._start, source._stop, source._step)
        return [math_ops.cast(numbers, source._structure.dtype)]
    return list(source._tensors)


def _gathered(shuffle: Any, epochs: Any) -> Any:
    """Returns the slices of all ``epochs``, a dataset of epoch numbers, in the order of 1.15."""
    from tensorflow.python.data.ops import dataset_ops
    from tensorflow.python.data.util import structure
    from tensorflow.python.framework import dtypes
    from tensorflow.python.ops import array_ops, script_ops

    source = _source(shuffle._input_dataset)
    tensors, spec = _tensors(source), source._structure
    count = array_ops.shape(tensors[0], out_type=dtypes.int64)[0]

    def rows(epoch: Any) -> Any:
        inputs = [count, shuffle._buffer_size, shuffle._seed, shuffle._seed2, epoch]
        found = script_ops.numpy_function(_order_of_arrays, inputs, dtypes.int64)
        found.set_shape([None])
        return dataset_ops.DatasetV1.from_tensor_slices(found)

    def row(number: Any) -> Any:
        values = [array_ops.gather(tensor, number) for tensor in tensors]
        return structure.from_compatible_tensor_list(spec, values)

    return epochs.flat_map(rows).map(row)


def _order_of_arrays(*arrays: Any) -> npt.NDArray[np.int64]:
    return order(*(int(array) for array in arrays))


def restore() -> None:
    """Gives repeated shuffles of sliced tensors the order of 1.15, for this process."""
    from tensorflow.python.data.experimental.ops import shuffle_ops
    from tensorflow.python.data.ops import dataset_ops
    from tensorflow.python.eager import context
    from tensorflow.python.framework import ops

    from tf1graphs.v1 import _op_count

    repeat = dataset_ops.DatasetV1.repeat

    @functools.wraps(repeat)
    def repeat_in_order(self: Any, count: Any = None, *rest: Any, **options: Any) -> Any:
        repeated = repeat(self, count, *rest, **options)
        shuffle = _source(self)
        if not _is_fused(shuffle):
            return repeated
        made = 0 if context.executing_eagerly() else ops.get_default_graph().version
        epochs = dataset_ops.DatasetV1.range(_FOREVER).take(_source(repeated)._count)
        in_order = _gathered(shuffle, epochs)
        if not context.executing_eagerly():
            _op_count.add(made - ops.get_default_graph().version)
        return in_order

    def shuffle_and_repeat(buffer_size: Any, count: Any = None, seed: Any = None) -> Any:
        def apply(dataset: Any) -> Any:
            repeated = dataset.shuffle(buffer_size, seed).repeat(count)
            if not context.executing_eagerly():
                # 1.15 made one op of the two.
                _op_count.add(-1)
            return repeated

        return apply

    dataset_ops.DatasetV1.repeat = repeat_in_order
    shuffle_ops.shuffle_and_repeat = functools.wraps(shuffle_ops.shuffle_and_repeat)(shuffle_and_repeat)
