"""What the estimators take: input functions, or arrays that are fed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tensorflow.python.framework import ops, tensor_util

from tf1graphs.v1.contrib.layers._column_parsing import infer_real_valued_columns
from tf1graphs.v1.contrib.learn.learn_io import data_feeder


def verify_input_args(x: Any, y: Any, input_fn: Any, feed_fn: Any, batch_size: Any) -> None:
    """Checks which arguments go together.

    Raises:
        ValueError: Both arrays and an input function are given, or neither, or the arrays are tensors.
    """
    if input_fn is not None:
        if x is not None or y is not None:
            raise ValueError("Can not provide both input_fn and x or y.")
        if batch_size is not None:
            raise ValueError("Can not provide both input_fn and batch_size.")
        return
    if x is None:
        raise ValueError("Either x or input_fn must be provided.")
    if tensor_util.is_tf_type(x) or tensor_util.is_tf_type(y):
        raise ValueError("Inputs cannot be tensors. Please provide input_fn.")
    if feed_fn is not None:
        raise ValueError("Can not provide both feed_fn and x or y.")


def get_input_fn(
    x: Any, y: Any, input_fn: Any, feed_fn: Any, batch_size: Any, shuffle: bool = False, epochs: int | None = 1
) -> tuple[Callable[[], Any], Any]:
    """Returns an input function and a feed function: those given, or placeholders for arrays and what feeds them.

    Raises:
        ValueError: The arguments do not go together.
    """
    verify_input_args(x, y, input_fn, feed_fn, batch_size)
    if input_fn is not None:
        return input_fn, feed_fn
    feeder = data_feeder.setup_train_data_feeder(
        x, y, n_classes=None, batch_size=batch_size, shuffle=shuffle, epochs=epochs
    )
    return feeder.input_builder, feeder.get_feed_dict_fn()


def infer_real_valued_columns_from_input_fn(input_fn: Callable[[], Any]) -> Any:
    """Returns a column of numbers for each of the features that an input function gives, in a graph of its own.

    Args:
        input_fn: Returns features, one tensor or a dictionary of them, and labels.

    Raises:
        ValueError: A feature has no numbers.
    """
    with ops.Graph().as_default():
        features, _ = input_fn()
        return infer_real_valued_columns(features)


def infer_real_valued_columns_from_input(x: Any) -> Any:
    """Returns a column of numbers for the features ``[n, ...]``, or one for each of a dictionary or iterator of them.

    Raises:
        ValueError: A feature has no numbers.
    """
    input_fn, _ = get_input_fn(x=x, y=None, input_fn=None, feed_fn=None, batch_size=None)
    return infer_real_valued_columns_from_input_fn(input_fn)
