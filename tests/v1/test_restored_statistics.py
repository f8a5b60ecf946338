"""Statistics of input pipelines: what ``tests/v1/calls/data_statistics.py`` cannot compare with 1.15."""

from __future__ import annotations

import pytest

import tf1graphs.v1 as tf


def _dataset(aggregator: object = None, **settings: object) -> tf.data.Dataset:
    options = tf.data.Options()
    if aggregator:
        options.experimental_stats.aggregator = aggregator
    for name, value in settings.items():
        setattr(options.experimental_stats, name, value)
    return tf.data.Dataset.range(2).with_options(options)


def test_all_edges_without_aggregator_report_nothing():
    with tf.Graph().as_default(), tf.Session() as session:
        element = tf.data.make_one_shot_iterator(_dataset(latency_all_edges=True)).get_next()
        assert session.run(element) == 0


def test_all_edges_with_an_aggregator_are_refused():
    with tf.Graph().as_default():
        dataset = _dataset(tf.data.experimental.StatsAggregator(), latency_all_edges=True)
        with pytest.raises(RuntimeError, match=r"latency_all_edges is not supported.*apply tf\.data"):
            tf.data.make_initializable_iterator(dataset)
