"""Batches of examples, or of what a function makes of each, from files."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tensorflow.python.framework import constant_op, dtypes, ops, smart_cond, tensor
from tensorflow.python.ops import data_flow_ops
from tensorflow.python.platform import gfile
from tensorflow.python.training import input as input_ops
from tensorflow.python.training import queue_runner

from tf1graphs.v1.contrib.input_pipeline import seek_next

# Where the keys are in a dictionary of parsed examples.
KEY_FEATURE_NAME = "__key__"


def read_keyed_batch_examples(
    file_pattern: Any,
    batch_size: Any,
    reader: Callable[[], Any],
    randomize_input: bool = True,
    num_epochs: int | None = None,
    queue_capacity: int = 10000,
    num_threads: int = 1,
    read_batch_size: Any = 1,
    parse_fn: Callable[[Any], Any] | None = None,
    name: str | None = None,
    seed: int | None = None,
) -> Any:
    """Returns a batch of the keys of examples and one of the examples, by queues of files and of examples.

    Args:
        file_pattern: A pattern of the names of files, or a list of patterns.
        batch_size: The number of examples, a number or a scalar.
        reader: Makes a reader, such as the class ``tf.TFRecordReader``.
        randomize_input: Whether files and examples are shuffled.
        num_epochs: How often to read the files; it makes a local variable. Without end by default.
        queue_capacity: The size of the queue of examples.
        num_threads: The number of threads that read.
        read_batch_size: The number of examples to read at a time.
        parse_fn: Returns a tensor, or a dictionary of tensors, of what has been read.
        name: The scope of the ops.
        seed: The seed of the shuffling.

    Raises:
        ValueError: There are no files, or a number is none that can be.
    """
    return _batches(
        _own_queue, file_pattern, batch_size, reader, randomize_input, num_epochs, queue_capacity, num_threads,
        read_batch_size, parse_fn, name, seed,
    )  # fmt: skip


def read_keyed_batch_examples_shared_queue(
    file_pattern: Any,
    batch_size: Any,
    reader: Callable[[], Any],
    randomize_input: bool = True,
    num_epochs: int | None = None,
    queue_capacity: int = 10000,
    num_threads: int = 1,
    read_batch_size: Any = 1,
    parse_fn: Callable[[Any], Any] | None = None,
    name: str | None = None,
    seed: int | None = None,
) -> Any:
    """Returns what ``read_keyed_batch_examples`` does, of files that workers share by variables, each taking the next.

    Args:
        file_pattern: For this and what follows see ``read_keyed_batch_examples``.
        batch_size: The number of examples.
        reader: Makes a reader.
        randomize_input: Whether files and examples are shuffled.
        num_epochs: How often to read the files.
        queue_capacity: The size of the queue of examples.
        num_threads: The number of threads that read.
        read_batch_size: The number of examples to read at a time.
        parse_fn: Returns a tensor, or a dictionary of tensors, of what has been read.
        name: The scope of the ops.
        seed: The seed of the shuffling.

    Raises:
        ValueError: As ``read_keyed_batch_examples``.
    """
    return _batches(
        _shared_queue, file_pattern, batch_size, reader, randomize_input, num_epochs, queue_capacity, num_threads,
        read_batch_size, parse_fn, name, seed,
    )  # fmt: skip


def _own_queue(names: list[str], shuffle: bool, num_epochs: int | None, seed: int | None, scope: str) -> Any:
    strings = constant_op.constant(names, name="input")
    return input_ops.string_input_producer(strings, shuffle=shuffle, num_epochs=num_epochs, name=scope, seed=seed)


def _shared_queue(names: list[str], shuffle: bool, num_epochs: int | None, seed: int | None, scope: str) -> Any:
    queue = data_flow_ops.FIFOQueue(capacity=1, dtypes=[dtypes.string], shapes=[[]])
    enqueue = queue.enqueue(seek_next(names, shuffle=shuffle, num_epochs=num_epochs, seed=seed))
    queue_runner.add_queue_runner(queue_runner.QueueRunner(queue, [enqueue]))
    return queue


def _batches(
    queue_of: Callable[..., Any],
    file_pattern: Any,
    batch_size: Any,
    reader: Callable[[], Any],
    randomize_input: bool,
    num_epochs: int | None,
    queue_capacity: int,
    num_threads: int,
    read_batch_size: Any,
    parse_fn: Callable[[Any], Any] | None,
    name: str | None,
    seed: int | None,
) -> Any:
    names = _file_names(file_pattern, randomize_input)
    _check(batch_size, queue_capacity, read_batch_size, num_threads, num_epochs)
    with ops.name_scope(name, "read_batch_examples", [file_pattern]) as scope:
        with ops.name_scope("file_name_queue") as files_scope:
            queue = queue_of(names, randomize_input, num_epochs, seed, files_scope)
        with ops.name_scope("read"):
            examples = [_parsed(queue, reader, read_batch_size, parse_fn) for _ in range(num_threads)]
        options = {
            "capacity": queue_capacity,
            "enqueue_many": read_batch_size > 1,
            "name": scope,
            "allow_smaller_final_batch": num_epochs is not None,
        }
        if randomize_input:
            least = _least_in_queue(batch_size, queue_capacity)
            batch = input_ops.shuffle_batch_join(examples, batch_size, min_after_dequeue=least, seed=seed, **options)
        else:
            batch = input_ops.batch_join(examples, batch_size, **options)
    if parse_fn and isinstance(batch, dict):
        return batch.pop(KEY_FEATURE_NAME), batch
    return batch


def read_batch_examples(
    file_pattern: Any,
    batch_size: Any,
    reader: Callable[[], Any],
    randomize_input: bool = True,
    num_epochs: int | None = None,
    queue_capacity: int = 10000,
    num_threads: int = 1,
    read_batch_size: Any = 1,
    parse_fn: Callable[[Any], Any] | None = None,
    name: str | None = None,
    seed: int | None = None,
) -> Any:
    """Returns the examples of ``read_keyed_batch_examples`` without their keys."""
    _, examples = read_keyed_batch_examples(
        file_pattern, batch_size, reader, randomize_input, num_epochs, queue_capacity, num_threads, read_batch_size,
        parse_fn, name, seed,
    )  # fmt: skip
    return examples


def _least_in_queue(batch_size: Any, queue_capacity: int) -> int:
    if isinstance(batch_size, tensor.Tensor):
        return int(queue_capacity * 0.4)
    return max(queue_capacity - 3 * int(batch_size), int(batch_size))


def _file_names(file_pattern: Any, randomize_input: bool) -> list[str]:
    if isinstance(file_pattern, list) and not file_pattern:
        raise ValueError("No files given to dequeue_examples.")
    patterns = file_pattern if isinstance(file_pattern, list) else [file_pattern]
    names = [name for pattern in patterns for name in gfile.Glob(pattern)]
    if not names:
        raise ValueError(f"No files match {file_pattern}.")
    return names if randomize_input else sorted(names)


def _check(batch_size: Any, queue_capacity: int, read_batch_size: Any, num_threads: int, num_epochs: Any) -> None:
    if not queue_capacity or queue_capacity <= 0:
        raise ValueError(f"Invalid queue_capacity {queue_capacity}.")
    if batch_size is None or (not isinstance(batch_size, tensor.Tensor) and not 0 < batch_size < queue_capacity):
        raise ValueError(f"Invalid batch_size {batch_size}, with queue_capacity {queue_capacity}.")
    if read_batch_size is None or (not isinstance(read_batch_size, tensor.Tensor) and read_batch_size <= 0):
        raise ValueError(f"Invalid read_batch_size {read_batch_size}.")
    if not num_threads or num_threads <= 0:
        raise ValueError(f"Invalid num_threads {num_threads}.")
    if num_epochs is not None and num_epochs <= 0:
        raise ValueError(f"Invalid num_epochs {num_epochs}.")


def _parsed(queue: Any, reader: Callable[[], Any], read_batch_size: Any, parse_fn: Callable[[Any], Any] | None) -> Any:
    keys, examples = smart_cond.smart_cond(
        read_batch_size > 1,
        lambda: reader().read_up_to(queue, read_batch_size),
        lambda: reader().read(queue),
    )
    parsed = parse_fn(examples) if parse_fn else examples
    if isinstance(parsed, dict):
        parsed[KEY_FEATURE_NAME] = keys
        return parsed
    return keys, parsed
