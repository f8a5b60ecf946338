"""Feeds arrays and tables batch by batch."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from tensorflow.python.framework import dtypes
from tensorflow.python.ops import array_ops

from tf1graphs.v1.contrib.learn.learn_io._shapes import batch_shapes, check_array, checked_dtype, each
from tf1graphs.v1.contrib.learn.learn_io.pandas_io import is_pandas


def _access(data: Any, indices: Any) -> Any:
    return (data.iloc if is_pandas(data, "Series", "DataFrame") else data)[indices]


class DataFeeder:
    """Feeds arrays in batches.

    Args:
        x: Features ``[n, ...]``, or a dictionary of them.
        y: Labels ``[n]``, ``[n, 1]`` or ``[n, ...]``, or a dictionary of them, or None.
        n_classes: The number of classes if labels are to be fed as one-hot vectors, a dictionary of such numbers where
            the labels are one.
        batch_size: The size of a batch; all examples by default.
        shuffle: Whether the examples are shuffled, anew in each epoch.
        random_state: The source of the order, ``numpy.random.RandomState(42)`` by default.
        epochs: The number of epochs, after which ``StopIteration`` is raised; None for no end.

    Raises:
        ValueError: The size of a batch is not positive.
    """

    def __init__(
        self,
        x: Any,
        y: Any,
        n_classes: Any,
        batch_size: int | None = None,
        shuffle: bool = True,
        random_state: Any = None,
        epochs: int | None = None,
    ) -> None:
        y = np.array(y) if isinstance(y, list) else y
        self._x = each(lambda values: check_array(values, values.dtype), x)
        self._y = None if y is None else each(lambda values: check_array(values, values.dtype), y)
        if n_classes is not None and y is not None and not isinstance(y, dict):
            self._y = check_array(y, np.int64 if n_classes > 1 else np.float32)
        self.n_classes = n_classes
        self.max_epochs = epochs
        y_shape = None if y is None else each(lambda values: values.shape, self._y)
        self.input_shape, self.output_shape, self._batch_size = batch_shapes(
            each(lambda values: values.shape, self._x), y_shape, n_classes, batch_size
        )
        self._input_dtype = each(lambda values: checked_dtype(values.dtype), self._x)
        self._output_dtype = np.float32 if y is None else each(self._label_dtype, self._y, n_classes)
        self._shuffle = shuffle
        self.random_state = np.random.RandomState(42) if random_state is None else random_state
        self._size = (next(iter(self._x.values())) if isinstance(x, dict) else self._x).shape[0]
        self.indices = self._order()
        self.offset = 0
        self.epoch = 0
        self._epoch_placeholder: Any = None

    def _label_dtype(self, labels: Any, classes: Any) -> Any:
        in_dictionary = isinstance(self._y, dict)
        return np.float32 if in_dictionary and classes is not None else checked_dtype(labels.dtype)

    def _order(self) -> Any:
        return self.random_state.permutation(self._size) if self._shuffle else np.arange(self._size)

    @property
    def x(self) -> Any:
        """The features."""
        return self._x

    @property
    def y(self) -> Any:
        """The labels."""
        return self._y

    @property
    def shuffle(self) -> bool:
        """Whether the examples are shuffled."""
        return self._shuffle

    @property
    def input_dtype(self) -> Any:
        """The dtype of the features."""
        return self._input_dtype

    @property
    def output_dtype(self) -> Any:
        """The dtype of the labels."""
        return self._output_dtype

    @property
    def batch_size(self) -> int:
        """The size of a batch."""
        return self._batch_size

    def make_epoch_variable(self) -> Any:
        """Returns a placeholder for the number of the epoch, int32 ``[1]``, which is then fed too."""
        self._epoch_placeholder = array_ops.placeholder(dtypes.int32, [1], name="epoch")
        return self._epoch_placeholder

    def input_builder(self) -> tuple[Any, Any]:
        """Returns the placeholders of features and labels: the input function of an estimator."""
        self._input_placeholder = _placeholders(self.input_shape, self._input_dtype, "input")
        self._output_placeholder = _placeholders(self.output_shape, self._output_dtype, "output")
        return self._input_placeholder, self._output_placeholder

    def set_placeholders(self, input_placeholder: Any, output_placeholder: Any) -> None:
        """Sets the placeholders to feed."""
        self._input_placeholder = input_placeholder
        self._output_placeholder = output_placeholder

    def get_feed_params(self) -> dict[str, int]:
        """Returns where the feeder stands."""
        return {"epoch": self.epoch, "offset": self.offset, "batch_size": self._batch_size}

    def get_feed_dict_fn(self) -> Callable[[], dict[str, Any]]:
        """Returns a function that gives the feeds of the next batch, by the names of placeholders.

        It raises ``StopIteration`` after the last epoch.
        """
        return self._next_feed

    def _next_feed(self) -> dict[str, Any]:
        if self.max_epochs is not None and self.epoch >= self.max_epochs:
            raise StopIteration
        feed = {} if self._epoch_placeholder is None else {self._epoch_placeholder.name: [self.epoch]}
        indices = self.indices[self.offset : self.offset + self._batch_size]
        feed.update(named_feeds(self._input_placeholder, each(lambda data: _features(data, indices), self._x)))
        self.offset += self._batch_size
        if self.offset >= self._size:
            self.indices = self._order()
            self.offset = 0
            self.epoch += 1
        if self._output_placeholder is not None:
            labels = each(
                lambda data, *how: _labels(data, indices, *how),
                self._y,
                self.output_shape,
                self._output_dtype,
                self.n_classes,
            )
            feed.update(named_feeds(self._output_placeholder, labels))
        return feed


def _placeholders(shape: Any, dtype: Any, name: str) -> Any:
    if shape is None:
        return None
    if isinstance(shape, dict):
        return {key: _placeholders(part, dtype[key], f"{name}_{key}") for key, part in shape.items()}
    return array_ops.placeholder(dtypes.as_dtype(dtype), [None, *shape[1:]], name=name)


def named_feeds(placeholders: Any, values: Any) -> dict[str, Any]:
    """Returns the values by the names of their placeholders."""
    if not isinstance(values, dict):
        return {placeholders.name: values}
    return {placeholders[key].name: value for key, value in values.items()}


def _features(data: Any, indices: Any) -> Any:
    values = _access(data, indices)
    return np.array(values).reshape(-1, 1) if data.ndim == 1 else values


def _labels(data: Any, indices: Any, shape: list[int], dtype: Any, classes: int | None) -> Any:
    return as_labels(_access(data, indices), shape, dtype, classes)


def as_labels(values: Any, shape: list[int], dtype: Any, classes: int | None) -> Any:
    """Returns labels as an array whose examples have the shape of those of a batch, one-hot for several classes."""
    if classes is None or classes <= 1:
        return np.asarray(values).reshape([-1, *shape[1:]]).astype(dtype)
    return np.eye(classes, dtype=dtype)[np.asarray(values).astype(np.int64).reshape([-1, *shape[1:-1]])]
