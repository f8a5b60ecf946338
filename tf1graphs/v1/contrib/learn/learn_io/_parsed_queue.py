"""The queue of batches of features."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tensorflow.python.framework import dtypes, errors, ops, sparse_tensor
from tensorflow.python.ops import data_flow_ops, math_ops
from tensorflow.python.summary import summary
from tensorflow.python.training import queue_runner


def queue_parsed_features(
    parsed_features: Mapping[str, Any],
    keys: Any = None,
    feature_queue_capacity: int = 100,
    num_enqueue_threads: int = 2,
    name: str | None = None,
) -> tuple[Any, dict[str, Any]]:
    """Returns keys and features as they come out of a queue, which is filled while the graph does other work.

    Args:
        parsed_features: The features by name, tensors or sparse tensors.
        keys: The keys of the examples, if they are to go through the queue.
        feature_queue_capacity: The number of batches in the queue.
        num_enqueue_threads: The number of threads that fill it; the order of the batches is kept by one alone.
        name: The scope of the ops.
    """
    given = list(parsed_features.values()) + ([] if keys is None else [keys])
    with ops.name_scope(name, "queue_parsed_features", given):
        parts = {key: _parts(parsed_features[key]) for key in sorted(parsed_features)}
        tensors = [part for each in parts.values() for part in each] + ([] if keys is None else [keys])
        dequeued = _through_queue(tensors, feature_queue_capacity, num_enqueue_threads)
        rest = iter(dequeued)
        features = {key: _whole([next(rest) for _ in each]) for key, each in parts.items()}
        return (None if keys is None else dequeued[-1]), features


def _parts(feature: Any) -> list[Any]:
    if isinstance(feature, sparse_tensor.SparseTensor):
        return [feature.indices, feature.values, feature.dense_shape]
    return [feature]


def _whole(parts: list[Any]) -> Any:
    return parts[0] if len(parts) == 1 else sparse_tensor.SparseTensor(*parts)


def _through_queue(tensors: list[Any], capacity: int, threads: int) -> list[Any]:
    queue = data_flow_ops.FIFOQueue(capacity, [each.dtype for each in tensors])
    full = math_ops.cast(queue.size(), dtypes.float32) * (1.0 / capacity)
    summary.scalar(f"queue/parsed_features/{queue.name}/fraction_of_{capacity}_full", full)
    enqueue = [queue.enqueue(tensors) for _ in range(threads)]
    closed = (errors.OutOfRangeError, errors.CancelledError)
    queue_runner.add_queue_runner(queue_runner.QueueRunner(queue, enqueue, queue_closed_exception_types=closed))
    dequeued = queue.dequeue()
    listed = dequeued if isinstance(dequeued, list) else [dequeued]
    for out, given in zip(listed, tensors, strict=True):
        out.set_shape(given.get_shape())
    return listed
