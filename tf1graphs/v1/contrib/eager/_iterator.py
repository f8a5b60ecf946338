"""Iteration over a dataset in eager execution."""

from __future__ import annotations

from typing import Any

from tensorflow.python.data.ops import iterator_ops
from tensorflow.python.eager import context
from tensorflow.python.framework import ops


class Iterator(iterator_ops.OwnedIterator):  # type: ignore[misc]
    """The elements of a ``tf.data.Dataset``, on the device where the iterator was created."""

    def __init__(self, dataset: Any) -> None:
        """Starts the iteration.

        Raises:
            RuntimeError: eager execution is not enabled.
            TypeError: the elements have an unsupported type.
        """
        if context.context().device_spec.device_type not in (None, "CPU"):
            from tensorflow.python.data.experimental.ops import prefetching_ops

            with ops.device(None):
                dataset = dataset.apply(prefetching_ops.copy_to_device(context.context().device_name)).prefetch(1)
        super().__init__(dataset)
