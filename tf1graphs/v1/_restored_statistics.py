"""Statistics of input pipelines: the binary has kept their kernels, and TensorFlow has dropped what called them.

An aggregator that the options of a dataset name is set on the dataset when an iterator is made of it, as in 1.15.
Source: ``python/data/experimental/ops/stats_*.py`` and ``DatasetV2._apply_options`` of 1.15.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from tensorflow.python.data.util import options
from tensorflow.python.framework import dtypes, ops
from tensorflow.python.ops import gen_experimental_dataset_ops

from tf1graphs.v1 import _gone


class StatsAggregator:
    """Collects what the iterators of datasets report; ``tf.data.Options.experimental_stats`` connects it to them."""

    def __init__(self) -> None:
        self._resource = gen_experimental_dataset_ops.stats_aggregator_handle()

    def get_summary(self) -> Any:
        """Returns a scalar string tensor with a serialized ``tf.Summary`` of what has been collected so far."""
        return gen_experimental_dataset_ops.stats_aggregator_summary(self._resource)


class StatsOptions(options.OptionsBase):  # type: ignore[misc]
    """Which aggregator a dataset reports to, and under which names.

    Setting a value of another type raises ``TypeError``.
    """

    aggregator = options.create_option("aggregator", StatsAggregator, "The aggregator that the dataset reports to.")
    prefix = options.create_option("prefix", str, "What the tags of all statistics begin with.", str)
    counter_prefix = options.create_option("counter_prefix", str, "What the names of counters begin with.", str)
    latency_all_edges = options.create_option(
        "latency_all_edges", bool, "Whether every transformation reports how long its elements take."
    )


def _reporting(make_dataset: Callable[..., Any], tag: Any) -> Callable[[Any], Any]:
    def apply(dataset: Any) -> Any:
        label = ops.convert_to_tensor(tag, dtypes.string)
        return _unchanged(dataset, make_dataset(dataset._variant_tensor, label, **dataset._flat_structure))

    return apply


def _unchanged(dataset: Any, variant: Any) -> Any:
    """Returns a dataset of another variant whose elements are those of ``dataset``."""
    from tensorflow.python.data.ops import dataset_ops

    return dataset_ops.DatasetV1Adapter(dataset_ops.UnaryUnchangedStructureDataset(dataset, variant))


def bytes_produced_stats(tag: Any) -> Callable[[Any], Any]:
    """Returns the transformation that reports the number of bytes of each element under a tag."""
    return _reporting(gen_experimental_dataset_ops.bytes_produced_stats_dataset, tag)


def latency_stats(tag: Any) -> Callable[[Any], Any]:
    """Returns the transformation that reports how many microseconds each element takes under a tag."""
    return _reporting(gen_experimental_dataset_ops.latency_stats_dataset, tag)


def _read_when_asked(dataset: Any) -> Any:
    """Returns the dataset without the buffer that TensorFlow has come to add: it would report elements not yet read."""
    from tensorflow.python.data.ops import options as dataset_options

    unbuffered = dataset_options.Options()
    unbuffered.experimental_optimization.inject_prefetch = False
    return dataset.with_options(unbuffered)


def set_stats_aggregator(stats_aggregator: Any, prefix: str = "", counter_prefix: str = "") -> Callable[[Any], Any]:
    """Returns the transformation that lets a dataset report to an aggregator, under tags that begin with a prefix."""

    def apply(dataset: Any) -> Any:
        dataset = _read_when_asked(dataset)
        variant = gen_experimental_dataset_ops.set_stats_aggregator_dataset(
            dataset._variant_tensor,
            stats_aggregator._resource,
            prefix,
            counter_prefix,
            **dataset._flat_structure,
        )
        return _unchanged(dataset, variant)

    return apply


def _with_aggregator(dataset: Any) -> Any:
    """Returns the dataset reporting to the aggregator of its options, or itself if they name none.

    Raises:
        UnsupportedError: Every transformation is to report; the binary has lost the rewrite that did it.
    """
    statistics = getattr(dataset, "_dataset", dataset)._options_attr.experimental_stats
    if statistics.aggregator is None:
        return dataset
    if statistics.latency_all_edges:
        raise _gone.UnsupportedError(
            "tf.data.experimental.StatsOptions.latency_all_edges is not supported: the rewrite of datasets that it "
            "asks for is gone; apply tf.data.experimental.latency_stats where the latency matters"
        )
    return set_stats_aggregator(statistics.aggregator, statistics.prefix, statistics.counter_prefix)(dataset)


def restore(module: Any) -> None:
    """Lets datasets of ``tensorflow.python.data.ops.dataset_ops`` report to the aggregator of their options."""
    apply_options = module.DatasetV2._apply_debug_options

    @functools.wraps(apply_options)
    def apply(self: Any) -> Any:
        return _with_aggregator(apply_options(self))

    module.DatasetV2._apply_debug_options = apply
