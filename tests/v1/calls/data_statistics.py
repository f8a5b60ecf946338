"""Small uses of the statistics of ``tf.data``'s input pipelines."""


def _collected(tf, dataset, aggregator, elements):
    """Returns a function of the session that reads elements, and then what tags were reported how often."""
    iterator = tf.data.make_initializable_iterator(dataset)
    step, summary = iterator.get_next(), aggregator.get_summary()

    def run(session):
        session.run(iterator.initializer)
        read = [session.run(step) for _ in range(elements)]
        reported = {value.tag: value.histo for value in tf.Summary.FromString(session.run(summary)).value}
        return [read, [[tag, str(int(reported[tag].num))] for tag in sorted(reported)], reported]

    return run


def _connected(tf, dataset, **settings):
    options, aggregator = tf.data.Options(), tf.data.experimental.StatsAggregator()
    options.experimental_stats.aggregator = aggregator
    for name, value in settings.items():
        setattr(options.experimental_stats, name, value)
    return dataset.with_options(options), aggregator


def _bytes(elements=3, **settings):
    def call(tf):
        dataset = tf.data.Dataset.from_tensor_slices([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])
        dataset = dataset.apply(tf.data.experimental.bytes_produced_stats("bytes"))
        run = _collected(tf, *_connected(tf, dataset, **settings), elements)

        def read(session):
            found, counts, reported = run(session)
            histo = reported[settings.get("prefix", "") + ("::" if settings.get("prefix") else "") + "bytes"]
            return [found, counts, histo.sum, histo.min, histo.max, histo.sum_squares]

        return read

    return call


def _latency(tf):
    dataset = tf.data.Dataset.range(6).apply(tf.data.experimental.latency_stats(tf.constant("latency"))).batch(2)
    run = _collected(tf, *_connected(tf, dataset, prefix="reader"), 2)
    return lambda session: run(session)[:2]


def _both(tf):
    dataset = tf.data.Dataset.range(4).apply(tf.data.experimental.latency_stats("latency"))
    dataset = dataset.apply(tf.data.experimental.bytes_produced_stats("bytes"))
    dataset, aggregator = _connected(tf, dataset, counter_prefix="counted")
    run = _collected(tf, dataset.take(3), aggregator, 3)
    return lambda session: run(session)[:2]


def _two_datasets(tf):
    """One aggregator collects from two datasets under two prefixes."""
    first, aggregator = _connected(
        tf, tf.data.Dataset.range(3).apply(tf.data.experimental.latency_stats("a")), prefix="x"
    )
    options = tf.data.Options()
    options.experimental_stats.aggregator, options.experimental_stats.prefix = aggregator, "y"
    second = tf.data.Dataset.range(3).apply(tf.data.experimental.latency_stats("a")).with_options(options)
    other = tf.data.make_initializable_iterator(second)
    step = other.get_next()
    run = _collected(tf, first, aggregator, 1)

    def read(session):
        session.run(other.initializer)
        session.run(step)
        return run(session)[:2]

    return read


def _unconnected(tf):
    dataset = tf.data.Dataset.range(2).apply(tf.data.experimental.latency_stats("latency"))
    run = _collected(tf, dataset, tf.data.experimental.StatsAggregator(), 2)
    return lambda session: run(session)[:2]


def _defaults(tf):
    statistics = tf.data.Options().experimental_stats
    dataset = tf.data.Dataset.range(2).apply(tf.data.experimental.bytes_produced_stats("bytes"))
    return [
        isinstance(statistics, tf.data.experimental.StatsOptions),
        statistics.aggregator,
        statistics.prefix,
        statistics.counter_prefix,
        statistics.latency_all_edges,
        str(tf.compat.v1.data.get_output_types(dataset)),
        str(tf.compat.v1.data.get_output_shapes(dataset)),
    ]


def _set(name, value):
    def call(tf):
        setattr(tf.data.Options().experimental_stats, name, value)

    return call


def _one_shot(tf):
    dataset = tf.data.Dataset.range(2).apply(tf.data.experimental.latency_stats("latency"))
    return tf.data.make_one_shot_iterator(_connected(tf, dataset)[0]).get_next()


CALLS = {
    "StatsOptions": _defaults,
    "bytes_produced_stats": _bytes(),
    "bytes_produced_stats of some elements": _bytes(elements=2, prefix="train"),
    "latency_stats": _latency,
    "latency_stats and bytes_produced_stats": _both,
    "latency_stats of two datasets": _two_datasets,
    "latency_stats without aggregator": _unconnected,
    "StatsOptions refuses another aggregator": _set("aggregator", 1),
    "StatsOptions refuses another prefix": _set("prefix", 1),
    "StatsOptions refuses an unknown option": _set("no_such_option", 1),
    "StatsOptions refuses a one-shot iterator": _one_shot,
}
