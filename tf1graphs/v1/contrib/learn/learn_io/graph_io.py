"""``graph_io``: reads ``tf.train.Example``s from files, batches and parses them, in queues."""

from __future__ import annotations

from tf1graphs.v1.contrib.learn.learn_io._examples import (
    KEY_FEATURE_NAME,
    read_batch_examples,
    read_keyed_batch_examples,
    read_keyed_batch_examples_shared_queue,
)
from tf1graphs.v1.contrib.learn.learn_io._features import (
    read_batch_features,
    read_batch_record_features,
    read_keyed_batch_features,
    read_keyed_batch_features_shared_queue,
)
from tf1graphs.v1.contrib.learn.learn_io._parsed_queue import queue_parsed_features

__all__ = [
    "KEY_FEATURE_NAME",
    "queue_parsed_features",
    "read_batch_examples",
    "read_batch_features",
    "read_batch_record_features",
    "read_keyed_batch_examples",
    "read_keyed_batch_examples_shared_queue",
    "read_keyed_batch_features",
    "read_keyed_batch_features_shared_queue",
]
