"""Shuffles of ``tf.data`` in the same order in both programs, epoch by epoch."""

from __future__ import annotations

import functools
import itertools
from typing import Any

import numpy as np
from tensorflow.python.data.experimental.ops import shuffle_ops
from tensorflow.python.data.ops import dataset_ops
from tensorflow.python.data.util import random_seed
from tensorflow.python.eager import context
from tensorflow.python.framework import dtypes, ops
from tensorflow.python.ops import script_ops

_SEEDS = (777, 42)


def install() -> None:
    """Gives every dataset that shuffles or draws the same seeds, whatever seeds the programs set."""
    random_seed.get_seed = _seeds_of
    dataset_ops.DatasetV2.shuffle = _by_epoch(dataset_ops.DatasetV2.shuffle)
    for kind in (dataset_ops.DatasetV2, dataset_ops.DatasetV1):
        kind.map = _in_turn(kind.map)
    shuffle_ops._ShuffleAndRepeatDataset = _shuffled_and_repeated


def _in_turn(original: Any) -> Any:
    """Calls that run at once would draw from one stream in an order left to chance."""

    @functools.wraps(original)
    def each(dataset: Any, map_func: Any, num_parallel_calls: Any = None, *rest: Any, **options: Any) -> Any:
        mapped = original(dataset, map_func, num_parallel_calls, *rest, **options)
        if num_parallel_calls is None or not _is_stateful(mapped):
            return mapped
        return original(dataset, map_func, None, *rest, **options)

    return each


def _is_stateful(mapped: Any) -> bool:
    operations = getattr(mapped, "_dataset", mapped)._map_func.function.graph.get_operations()
    return any(op.op_def.is_stateful for op in operations if op.type != "Placeholder")


def _seeds_of(seed: Any) -> Any:
    seeds = (seed, _SEEDS[1]) if isinstance(seed, _Epoch) else _SEEDS
    return tuple(ops.convert_to_tensor(getattr(each, "seed", each), dtypes.int64) for each in seeds)


class _Epoch:
    """A seed that the recorder itself has chosen for one epoch of a shuffle."""

    def __init__(self, number: Any) -> None:
        self.seed = _SEEDS[0] + number


def _by_epoch(original: Any) -> Any:
    """TensorFlow orders the second epoch in another way for each way to have one.

    ``repeat``, an iterator initialized again, a loop over the dataset, 1.15's fusion of shuffle and repeat: here the
    order is that of the how manieth time the dataset is read.
    """

    @functools.wraps(original)
    def shuffle(
        dataset: Any, buffer_size: Any, seed: Any = None, reshuffle_each_iteration: Any = None, **options: Any
    ) -> Any:
        epochs = itertools.repeat(0) if reshuffle_each_iteration is False else itertools.count()

        def next_epoch() -> Any:
            return np.int64(next(epochs))

        def read(_: Any) -> Any:
            number = script_ops.numpy_function(next_epoch, [], dtypes.int64)
            number.set_shape([])
            return original(dataset, buffer_size, _Epoch(number), reshuffle_each_iteration=False, **options)

        return _as_long_as(dataset, dataset_ops.DatasetV2.range(1).flat_map(read))

    return shuffle


def _as_long_as(dataset: Any, shuffled: Any) -> Any:
    """Returns ``shuffled``, of which TensorFlow 2 knows how long it is where it knows that of ``dataset``."""
    if not (hasattr(dataset, "cardinality") and context.executing_eagerly()):
        return shuffled
    from tensorflow.python.data.experimental.ops import cardinality

    count = dataset.cardinality()
    return shuffled if count == cardinality.UNKNOWN else shuffled.apply(cardinality.assert_cardinality(count))


def _shuffled_and_repeated(dataset: Any, buffer_size: Any, count: Any = None, seed: Any = None) -> Any:
    return dataset.shuffle(buffer_size, seed).repeat(count)
