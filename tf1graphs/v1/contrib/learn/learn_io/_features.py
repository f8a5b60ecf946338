"""Batches of features, parsed from examples in files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from tensorflow.python.framework import ops
from tensorflow.python.ops import io_ops, parsing_ops

from tf1graphs.v1.contrib.learn.learn_io._examples import (
    read_keyed_batch_examples,
    read_keyed_batch_examples_shared_queue,
)
from tf1graphs.v1.contrib.learn.learn_io._parsed_queue import queue_parsed_features


def read_keyed_batch_features(
    file_pattern: Any,
    batch_size: Any,
    features: Mapping[str, Any],
    reader: Callable[[], Any],
    randomize_input: bool = True,
    num_epochs: int | None = None,
    queue_capacity: int = 10000,
    reader_num_threads: int = 1,
    feature_queue_capacity: int = 100,
    num_enqueue_threads: int = 2,
    parse_fn: Callable[[Any], Any] | None = None,
    name: str | None = None,
    read_batch_size: Any = None,
) -> tuple[Any, dict[str, Any]]:
    """Returns a batch of the keys of examples, and one of their features by name.

    Args:
        file_pattern: For this and what is not told here see ``read_keyed_batch_examples``.
        batch_size: The number of examples.
        features: Name -> ``tf.FixedLenFeature`` or ``tf.VarLenFeature``.
        reader: Makes a reader.
        randomize_input: Whether files and examples are shuffled.
        num_epochs: How often to read the files.
        queue_capacity: The size of the queue of examples.
        reader_num_threads: The number of threads that read.
        feature_queue_capacity: The size of the queue of batches of features.
        num_enqueue_threads: The number of threads that fill it; the order of the files is kept by one alone.
        parse_fn: Makes examples of what has been read.
        name: The scope of the ops.
        read_batch_size: The number of examples to read at a time; ``batch_size`` by default.

    Raises:
        ValueError: As ``read_keyed_batch_examples``.
    """
    with ops.name_scope(name, "read_batch_features", [file_pattern]) as scope:
        keys, examples = read_keyed_batch_examples(
            file_pattern,
            batch_size,
            reader,
            randomize_input=randomize_input,
            num_epochs=num_epochs,
            queue_capacity=queue_capacity,
            num_threads=reader_num_threads,
            read_batch_size=batch_size if read_batch_size is None else read_batch_size,
            parse_fn=parse_fn,
            name=scope,
        )
        parsed = parsing_ops.parse_example(examples, features)
        return queue_parsed_features(parsed, keys, feature_queue_capacity, num_enqueue_threads, scope)


def read_keyed_batch_features_shared_queue(
    file_pattern: Any,
    batch_size: Any,
    features: Mapping[str, Any],
    reader: Callable[[], Any],
    randomize_input: bool = True,
    num_epochs: int | None = None,
    queue_capacity: int = 10000,
    reader_num_threads: int = 1,
    feature_queue_capacity: int = 100,
    num_queue_runners: int = 2,
    parse_fn: Callable[[Any], Any] | None = None,
    name: str | None = None,
) -> tuple[Any, dict[str, Any]]:
    """Returns what ``read_keyed_batch_features`` does, of files that workers share by variables.

    Args:
        file_pattern: For this and what is not told here see ``read_keyed_batch_features``.
        batch_size: The number of examples, and of those that are read at a time.
        features: Name -> ``tf.FixedLenFeature`` or ``tf.VarLenFeature``.
        reader: Makes a reader.
        randomize_input: Whether files and examples are shuffled.
        num_epochs: How often to read the files.
        queue_capacity: The size of the queue of examples.
        reader_num_threads: The number of threads that read.
        feature_queue_capacity: The size of the queue of batches of features.
        num_queue_runners: The number of threads that fill it; the order of the files is kept by one alone.
        parse_fn: Makes examples of what has been read.
        name: The scope of the ops.

    Raises:
        ValueError: As ``read_keyed_batch_examples``.
    """
    with ops.name_scope(name, "read_batch_features", [file_pattern]) as scope:
        keys, examples = read_keyed_batch_examples_shared_queue(
            file_pattern,
            batch_size,
            reader,
            randomize_input=randomize_input,
            num_epochs=num_epochs,
            queue_capacity=queue_capacity,
            num_threads=reader_num_threads,
            read_batch_size=batch_size,
            parse_fn=parse_fn,
            name=scope,
        )
        parsed = parsing_ops.parse_example(examples, features)
        return queue_parsed_features(parsed, keys, feature_queue_capacity, num_queue_runners, scope)


def read_batch_features(
    file_pattern: Any,
    batch_size: Any,
    features: Mapping[str, Any],
    reader: Callable[[], Any],
    randomize_input: bool = True,
    num_epochs: int | None = None,
    queue_capacity: int = 10000,
    feature_queue_capacity: int = 100,
    reader_num_threads: int = 1,
    num_enqueue_threads: int = 2,
    parse_fn: Callable[[Any], Any] | None = None,
    name: str | None = None,
    read_batch_size: Any = None,
) -> dict[str, Any]:
    """Returns the features of ``read_keyed_batch_features`` without the keys."""
    _, found = read_keyed_batch_features(
        file_pattern,
        batch_size,
        features,
        reader,
        randomize_input=randomize_input,
        num_epochs=num_epochs,
        queue_capacity=queue_capacity,
        reader_num_threads=reader_num_threads,
        feature_queue_capacity=feature_queue_capacity,
        num_enqueue_threads=num_enqueue_threads,
        parse_fn=parse_fn,
        name=name,
        read_batch_size=read_batch_size,
    )
    return found


def read_batch_record_features(
    file_pattern: Any,
    batch_size: Any,
    features: Mapping[str, Any],
    randomize_input: bool = True,
    num_epochs: int | None = None,
    queue_capacity: int = 10000,
    reader_num_threads: int = 1,
    name: str = "dequeue_record_examples",
) -> dict[str, Any]:
    """Returns the features of ``read_batch_features`` from files of TFRecords."""
    return read_batch_features(
        file_pattern,
        batch_size,
        features,
        reader=io_ops.TFRecordReader,
        randomize_input=randomize_input,
        num_epochs=num_epochs,
        queue_capacity=queue_capacity,
        reader_num_threads=reader_num_threads,
        name=name,
    )
