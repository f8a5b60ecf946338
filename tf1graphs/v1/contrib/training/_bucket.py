"""Queues that batch like with like."""

from __future__ import annotations

import functools
from typing import Any

import numpy as np
from tensorflow.python.framework import (
    constant_op,
    dtypes,
    errors,
    indexed_slices,
    ops,
    smart_cond,
    tensor_shape,
    tensor_util,
)
from tensorflow.python.ops import array_ops, control_flow_ops, data_flow_ops, math_ops
from tensorflow.python.ops import cond as cond_ops
from tensorflow.python.summary import summary
from tensorflow.python.training import input as input_ops
from tensorflow.python.training import queue_runner

_CLOSED = (errors.OutOfRangeError, errors.CancelledError)


def _static_if_possible(size: Any) -> Any:
    tensor = ops.convert_to_tensor(size, dtype=dtypes.int32, name="batch_size")
    static = tensor_util.constant_value(tensor)
    return tensor if static is None else static


def _one_for_each(value: Any, kind: str, number: int) -> list[Any]:
    if len(value) != number:
        raise ValueError(f"{kind} has {len(value)} elements, but there are {number} buckets")
    return list(value)


def _run_queues(top: Any, to_top: list[Any], buckets: list[Any], enqueue: Any, threads: int) -> None:
    """Adds the runners: one empties the buckets into the top queue, one fills the buckets."""
    queue_runner.add_queue_runner(
        queue_runner.QueueRunner(
            buckets[0],
            to_top,
            close_op=top.close(),
            cancel_op=top.close(cancel_pending_enqueues=True),
            queue_closed_exception_types=_CLOSED,
        )
    )
    queue_runner.add_queue_runner(
        queue_runner.QueueRunner(
            top,
            [enqueue] * threads,
            close_op=control_flow_ops.group(*[queue.close() for queue in buckets]),
            cancel_op=control_flow_ops.group(*[queue.close(cancel_pending_enqueues=True) for queue in buckets]),
            queue_closed_exception_types=_CLOSED,
        )
    )


def _summarize(top: Any, buckets: list[Any], capacity: int) -> None:
    # As in 1.15, what is called the size of a bucket is that of the top queue.
    for queue in buckets:
        summary.scalar(f"bucket/{queue.name}/size", math_ops.cast(top.size(), dtypes.float32))
    full = math_ops.cast(top.size(), dtypes.float32) * (1.0 / capacity)
    summary.scalar(f"bucket/{top.name}/fraction_of_{capacity}_full", full)


def bucket(
    tensors: Any,
    which_bucket: Any,
    batch_size: Any,
    num_buckets: int,
    num_threads: int = 1,
    capacity: int = 32,
    bucket_capacities: Any = None,
    shapes: Any = None,
    dynamic_pad: bool = False,
    allow_smaller_final_batch: bool = False,
    keep_input: Any = True,
    shared_name: str | None = None,
    name: str | None = None,
) -> Any:
    """Puts an example into a bucket, and returns batches from single buckets.

    Args:
        tensors: The tensors of an example, a list or dictionary.
        which_bucket: The number of its bucket, an integer scalar.
        batch_size: The size of the batches, or one for each bucket.
        num_buckets: The number of buckets.
        num_threads: The number of threads that enqueue.
        capacity: The capacity of the queue of batches, and of each bucket unless ``bucket_capacities`` says other.
        bucket_capacities: The capacity of each bucket.
        shapes: The shapes of the tensors; inferred by default.
        dynamic_pad: Whether unknown dimensions are padded to the largest in the batch.
        allow_smaller_final_batch: Whether the last batch of a bucket may be smaller.
        keep_input: Whether the example is kept at all, a bool scalar.
        shared_name: A name under which sessions share the queues.
        name: The name scope.

    Returns:
        The number of the bucket, and the tensors of the batch.

    Raises:
        ValueError: There are no tensors, or not one capacity or batch size for each bucket.
    """
    per_bucket = isinstance(batch_size, (list, tuple))
    sizes = _one_for_each(batch_size, "batch_size", num_buckets) if per_bucket else [batch_size] * num_buckets
    if bucket_capacities is None:
        bucket_capacities = [capacity] * num_buckets
    capacities = _one_for_each(bucket_capacities, "bucket_capacities", num_buckets)
    parts = input_ops._as_tensor_list(tensors)
    with ops.name_scope(name, "bucket", parts):
        parts = indexed_slices.convert_n_to_tensor_or_indexed_slices(parts)
        if not parts:
            raise ValueError("Expected at least one tensor in bucket().")
        keep_input = input_ops._validate_keep_input(keep_input, enqueue_many=False)
        parts, sparse_info = input_ops._store_sparse_tensors(parts, enqueue_many=False, keep_input=keep_input)
        sizes = [_static_if_possible(size) for size in sizes]
        types = input_ops._dtypes([parts])
        shapes = input_ops._shapes([parts], shapes, enqueue_many=False)
        which_bucket = ops.convert_to_tensor(which_bucket, dtype=dtypes.int32, name="which_bucket")
        make_queue = input_ops._which_queue(dynamic_pad)
        buckets = [
            make_queue(
                capacity=capacities[index],
                dtypes=types,
                shapes=shapes,
                shared_name=None if shared_name is None else f"{shared_name}_{index}",
                name=f"bucket_queue_{index}",
            )
            for index in range(num_buckets)
        ]
        fixed = not (allow_smaller_final_batch or per_bucket) and not isinstance(sizes[-1], ops.Tensor)
        batch = tensor_shape.TensorShape([sizes[-1] if fixed else None])
        top = data_flow_ops.PaddingFIFOQueue(
            capacity=capacity,
            dtypes=[dtypes.int32, *types],
            shapes=[tensor_shape.TensorShape([])] + [batch.concatenate(shape) for shape in buckets[0].shapes],
            shared_name=shared_name,
            name="top_queue",
        )

        def enqueue_where_it_belongs() -> Any:
            chosen = [
                cond_ops.cond(
                    math_ops.equal(which_bucket, index),
                    functools.partial(queue.enqueue, parts),
                    control_flow_ops.no_op,
                )
                for index, queue in enumerate(buckets)
            ]
            return control_flow_ops.group(*chosen, name="group_enqueues")

        enqueue = smart_cond.smart_cond(keep_input, enqueue_where_it_belongs, control_flow_ops.no_op)
        to_top = []
        for index, (queue, size) in enumerate(zip(buckets, sizes, strict=True)):
            take = queue.dequeue_up_to if allow_smaller_final_batch else queue.dequeue_many
            taken = take(size, name=f"read_bucket_{index}")
            taken = list(taken) if isinstance(taken, (list, tuple)) else [taken]
            to_top.append(top.enqueue([constant_op.constant(index), *taken], name=f"enqueue_from_bucket_{index}"))
        _run_queues(top, to_top, buckets, enqueue, num_threads)
        _summarize(top, buckets, capacity)
        number, *found = top.dequeue(name="dequeue_top")
        restored = input_ops._restore_sparse_tensors(found[0] if len(found) == 1 else found, sparse_info)
        return number, input_ops._as_original_type(tensors, restored)


def _check_boundaries(boundaries: Any) -> None:
    if not isinstance(boundaries, (list, tuple)):
        raise TypeError(f"bucket_boundaries must be a list or tuple, but received: {boundaries}")
    if not boundaries:
        raise ValueError("bucket_boundaries must not be empty")
    for one, other in zip(boundaries[:-1], boundaries[1:], strict=True):
        if not isinstance(one, int) or not isinstance(other, int):
            raise TypeError(f"bucket boundaries must be integers, but saw: {one} and {other}")
        if one >= other:
            raise ValueError(f"Buckets must contain sequential increasing lengths, but saw: {one} before {other}")


def bucket_by_sequence_length(
    input_length: Any,
    tensors: Any,
    batch_size: Any,
    bucket_boundaries: Any,
    num_threads: int = 1,
    capacity: int = 32,
    bucket_capacities: Any = None,
    shapes: Any = None,
    dynamic_pad: bool = False,
    allow_smaller_final_batch: bool = False,
    keep_input: Any = True,
    shared_name: str | None = None,
    name: str | None = None,
) -> Any:
    """Batches sequences of like lengths; bucket ``i`` holds those from boundary ``i - 1`` to below boundary ``i``.

    Args:
        input_length: The length of the sequence, an integer scalar.
        tensors: The tensors of an example, a list or dictionary.
        batch_size: As for ``bucket``.
        bucket_boundaries: Increasing lengths.
        num_threads: As for ``bucket``.
        capacity: As for ``bucket``.
        bucket_capacities: As for ``bucket``.
        shapes: As for ``bucket``.
        dynamic_pad: As for ``bucket``.
        allow_smaller_final_batch: As for ``bucket``.
        keep_input: As for ``bucket``.
        shared_name: As for ``bucket``.
        name: The name scope.

    Returns:
        The lengths of the sequences in a batch, and its tensors.

    Raises:
        TypeError: The boundaries are no list of integers.
        ValueError: They do not increase, or there are none.
    """
    parts = input_ops._as_tensor_list(tensors)
    _check_boundaries(bucket_boundaries)
    with ops.name_scope(name, "bucket_by_sequence_length", [input_length, *parts]):
        length = ops.convert_to_tensor(input_length, dtype=dtypes.int32, name="input_length")
        limits = np.iinfo(np.int32)
        lower, upper = [limits.min, *bucket_boundaries], [*bucket_boundaries, limits.max]
        within = math_ops.logical_and(math_ops.less_equal(lower, length), math_ops.less(length, upper))
        which = math_ops.cast(math_ops.reduce_min(array_ops.where_v2(within)), dtypes.int32)
        _, found = bucket(
            tensors=[length, *parts],
            which_bucket=which,
            batch_size=batch_size,
            num_buckets=len(bucket_boundaries) + 1,
            num_threads=num_threads,
            capacity=capacity,
            bucket_capacities=bucket_capacities,
            shapes=None if shapes is None else [tensor_shape.TensorShape([]), *shapes],
            dynamic_pad=dynamic_pad,
            allow_smaller_final_batch=allow_smaller_final_batch,
            keep_input=keep_input,
            shared_name=shared_name,
        )
        return found[0], input_ops._as_original_type(tensors, found[1:])
