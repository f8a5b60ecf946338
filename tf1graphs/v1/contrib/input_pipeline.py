"""``tf.contrib.input_pipeline``: takes the strings of a list in turn, one a run."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

from tensorflow.python.framework import constant_op, dtypes, ops
from tensorflow.python.ops import array_ops, math_ops, state_ops, variable_scope

from tf1graphs.v1._parity import counted_as

__all__ = ["obtain_next"]


@counted_as(1)
def _advance(strings: Any, counter: Any) -> Any:
    size = array_ops.size(strings, out_type=dtypes.int64)
    return array_ops.gather(strings, state_ops.assign(counter, math_ops.floormod(counter + 1, size)))


def obtain_next(string_list_tensor: Any, counter: Any) -> Any:
    """Returns the string after that of the run before, the first one after the last.

    TensorFlow 1.15 had a kernel for this.

    Args:
        string_list_tensor: A variable, string [n].
        counter: A variable, int64 []: the place of the string before, -1 in the beginning.
    """
    return _advance(string_list_tensor, counter)


def seek_next(
    string_list: Sequence[str], shuffle: bool = False, seed: int | None = None, num_epochs: int | None = None
) -> Any:
    """Returns the next string of a list, a string [], from variables below ``obtain_next``.

    Args:
        string_list: The strings; the list is shuffled in place.
        shuffle: Whether they come in another order in each epoch.
        seed: The seed of Python's random numbers.
        num_epochs: How often each comes before ``OutOfRangeError``; without it they never end.
    """
    strings = list(_epochs(string_list, shuffle, seed, num_epochs or 1))
    with variable_scope.variable_scope("obtain_next"):
        counter = _variable("obtain_next_counter", constant_op.constant(-1, dtype=dtypes.int64))
        with ops.colocate_with(counter):
            expanded = _variable("obtain_next_expanded_list", constant_op.constant(strings))
        if not num_epochs:
            return obtain_next(expanded, counter)
        taken = _variable("obtain_next_filename_counter", constant_op.constant(0, dtype=dtypes.int64))
        with ops.control_dependencies([taken.count_up_to(len(strings))]):
            return obtain_next(expanded, counter)


def _epochs(string_list: Any, shuffle: bool, seed: int | None, number: int) -> list[str]:
    if shuffle and seed:
        random.seed(seed)
    strings: list[str] = []
    for _ in range(number):
        if shuffle:
            random.shuffle(string_list)
        strings += string_list
    return strings


def _variable(name: str, initial: Any) -> Any:
    return variable_scope.get_variable(name=name, initializer=initial, dtype=initial.dtype, trainable=False)
