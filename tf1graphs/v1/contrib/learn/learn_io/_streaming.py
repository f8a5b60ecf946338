"""Feeds what iterators give."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from tf1graphs.v1.contrib.learn.learn_io._feeder import DataFeeder, as_labels, named_feeds
from tf1graphs.v1.contrib.learn.learn_io._shapes import batch_shapes, checked_dtype, each


class StreamingDataFeeder(DataFeeder):
    """Feeds examples that iterators give one by one.

    Args:
        x: Yields features: arrays or dictionaries of them.
        y: Yields labels: numbers, lists with one, arrays, or dictionaries of them; or None.
        n_classes: The number of classes if labels are to be fed as one-hot vectors.
        batch_size: The size of a batch.

    Raises:
        ValueError: The size of a batch is not positive.
    """

    def __init__(self, x: Iterator[Any], y: Iterator[Any] | None, n_classes: Any, batch_size: int | None) -> None:
        first, self._x = _peek(x)
        label, self._y = (None, None) if y is None else _peek(y)
        self.n_classes = n_classes
        self.stopped = False
        y_shape = None if y is None else each(lambda value: [1, *_first(value).shape], label)
        self.input_shape, self.output_shape, self._batch_size = batch_shapes(
            each(lambda value: [1, *value.shape], first), y_shape, n_classes, batch_size
        )
        self._input_dtype = each(lambda value: checked_dtype(value.dtype), first)
        one_hot = not isinstance(label, dict) and n_classes is not None and n_classes > 0
        self._output_dtype = np.float32 if one_hot else None if y is None else each(_label_dtype, label)

    def get_feed_params(self) -> dict[str, int]:
        """Returns the size of a batch."""
        return {"batch_size": self._batch_size}

    def get_feed_dict_fn(self) -> Callable[[], dict[str, Any]]:
        """Returns a function that gives the feeds of the next batch, by the names of placeholders.

        The last batch may be smaller; ``StopIteration`` is raised after it.
        """
        self.stopped = False
        return self._next_feed

    def _next_feed(self) -> dict[str, Any]:
        rows = [] if self.stopped else list(itertools.islice(self._x, self._batch_size))
        self.stopped = len(rows) < self._batch_size
        labels = [] if self._y is None else list(itertools.islice(self._y, len(rows)))
        if not rows or (self._y is not None and len(labels) < len(rows)):
            raise StopIteration
        feed = named_feeds(
            self._input_placeholder, each(_examples, _columns(rows), self.input_shape, self._input_dtype)
        )
        if self._y is not None:
            batch = each(as_labels, _columns(labels), self.output_shape, self._output_dtype, self.n_classes)
            feed.update(named_feeds(self._output_placeholder, batch))
        return feed


def _peek(values: Iterator[Any]) -> tuple[Any, Iterator[Any]]:
    first = next(values)
    return first, itertools.chain([first], values)


def _first(label: Any) -> Any:
    return label[0] if isinstance(label, list) else label


def _label_dtype(label: Any) -> Any:
    if isinstance(label, list):
        return _label_dtype(label[0])
    return label.dtype if isinstance(label, np.ndarray) else checked_dtype(np.dtype(type(label)))


def _columns(rows: list[Any]) -> Any:
    """Returns the rows, or for dictionaries the list of the values of each key; of lists the first value counts."""
    if isinstance(rows[0], dict):
        return {key: [_first(row[key]) for row in rows] for key in rows[0]}
    return [_first(row) for row in rows]


def _examples(values: list[Any], shape: list[int], dtype: Any) -> Any:
    return np.asarray(values, dtype=dtype).reshape([-1, *shape[1:]])
