"""Small uses of ``tf.contrib.data``."""

import os
import tempfile

import numpy as np


def _file(text, name="data.csv"):
    path = os.path.join(tempfile.mkdtemp(), name)
    with open(path, "w") as file:
        file.write(text)
    return path


def _all(tf, dataset):
    """Returns a function of the session that gives all elements, and the static shapes."""
    step = dataset.make_one_shot_iterator().get_next()
    shapes = str(tf.nest.map_structure(lambda shape: shape.as_list(), tf.compat.v1.data.get_output_shapes(dataset)))

    def run(session):
        found = []
        try:
            while True:
                found.append(session.run(step))
        except tf.errors.OutOfRangeError:
            return [found, shapes]

    return run


def _applied(transformation, number=6):
    return lambda tf: _all(tf, tf.data.Dataset.range(number).apply(transformation(tf.contrib.data, tf)))


def _reducer(tf):
    return tf.contrib.data.Reducer(
        lambda _: np.int64(0), lambda total, each: total + each, lambda total: tf.cast(total, tf.float32) / 2
    )


def _reduced(tf):
    return tf.contrib.data.reduce_dataset(tf.data.Dataset.range(5), _reducer(tf))


def _datasets(tf):
    return [tf.data.Dataset.from_tensors(value).repeat(3) for value in (1, 2)]


def _shapes(expected):
    def call(tf):
        dataset = tf.data.Dataset.range(1, 3).map(lambda value: tf.range(tf.cast(value, tf.int64) * 0 + 3))
        return _all(tf, dataset.apply(tf.contrib.data.assert_element_shape(tf.TensorShape(expected))))

    return call


def _several_shapes(tf):
    dataset = tf.data.Dataset.range(2).map(lambda value: (tf.range(value * 0 + 3), value))
    return _all(tf, dataset.apply(tf.contrib.data.assert_element_shape((tf.TensorShape([None]), tf.TensorShape([])))))


def _csv(tf):
    path = _file("a,b\n1,x\n2,\n")
    return _all(tf, tf.contrib.data.CsvDataset(path, [tf.int32, "none"], header=True))


def _make_csv(tf):
    path = _file("a,b,c\n1,x,0.5\n2,y,0.25\n")
    dataset = tf.contrib.data.make_csv_dataset(path, 2, label_name="c", shuffle=False, num_epochs=1)
    features, label = dataset.make_one_shot_iterator().get_next()
    return lambda session: session.run([features["a"], features["b"], label])


def _examples(tf):
    path = os.path.join(tempfile.mkdtemp(), "examples")
    with tf.python_io.TFRecordWriter(path) as writer:
        for value in (3, 4):
            feature = {"n": tf.train.Feature(int64_list=tf.train.Int64List(value=[value]))}
            writer.write(tf.train.Example(features=tf.train.Features(feature=feature)).SerializeToString())
    return path


def _batched_features(tf):
    features = {"n": tf.FixedLenFeature([], tf.int64)}
    dataset = tf.contrib.data.make_batched_features_dataset(_examples(tf), 2, features, shuffle=False, num_epochs=1)
    return _all(tf, dataset.map(lambda parsed: parsed["n"]))


def _read_features(tf):
    features = {"n": tf.FixedLenFeature([], tf.int64)}
    return tf.contrib.data.read_batch_features(_examples(tf), 2, features, randomize_input=False, num_epochs=1)


def _parsed(tf):
    features = {"n": tf.FixedLenFeature([], tf.int64)}
    dataset = tf.data.TFRecordDataset(_examples(tf)).batch(2).apply(tf.contrib.data.parse_example_dataset(features))
    return _all(tf, dataset.map(lambda parsed: parsed["n"]))


def _written(tf):
    path = os.path.join(tempfile.mkdtemp(), "written")
    op = tf.contrib.data.TFRecordWriter(path).write(tf.data.Dataset.from_tensor_slices(["a", "bc"]))

    def run(session):
        session.run(op)
        return list(tf.python_io.tf_record_iterator(path))

    return run


def _optional(tf):
    iterator = tf.data.Dataset.range(1).make_one_shot_iterator()
    found = tf.contrib.data.get_next_as_optional(iterator)
    return [found.has_value(), isinstance(found, tf.contrib.data.Optional)]


def _saved(tf):
    iterator = tf.data.Dataset.range(5).make_initializable_iterator()
    step = iterator.get_next()
    saver = tf.train.Saver([tf.contrib.data.make_saveable_from_iterator(iterator)])

    def run(session):
        session.run(iterator.initializer)
        first = session.run([step])
        path = saver.save(session, os.path.join(tempfile.mkdtemp(), "iterator"))
        second = session.run([step])
        session.run(iterator.initializer)
        saver.restore(session, path)
        return first + second + session.run([step])

    return run


def _buckets(tf):
    dataset = tf.data.Dataset.range(1, 7).map(lambda value: tf.range(value))
    return _all(tf, dataset.apply(tf.contrib.data.bucket_by_sequence_length(tf.size, [3, 5], [2, 2, 2])))


def _on_device(tf):
    dataset = tf.data.Dataset.range(3).apply(tf.contrib.data.copy_to_device("/cpu:0"))
    iterator = dataset.make_initializable_iterator()
    step = iterator.get_next()

    def run(session):
        session.run(iterator.initializer)
        return [session.run(step) for _ in range(3)]

    return run


def _checkpointed(tf):
    """Returns the elements that two trainings of one step each see."""

    def input_fn():
        dataset = tf.data.Dataset.range(10).map(lambda value: (tf.cast([value], tf.float32), value))
        iterator = dataset.make_initializable_iterator()
        tf.add_to_collection(tf.GraphKeys.TABLE_INITIALIZERS, iterator.initializer)
        return iterator.get_next()

    def model_fn(features, labels, mode):
        seen.append(1)
        step = tf.train.get_global_step()
        value = tf.get_variable("value", initializer=0.0)
        train_op = tf.group(tf.assign_add(step, 1), tf.assign_add(value, features[0]))
        return tf.estimator.EstimatorSpec(mode, loss=tf.reduce_sum(features), train_op=train_op)

    def run(session):
        folder = tempfile.mkdtemp()
        estimator = tf.estimator.Estimator(model_fn, folder)
        for _ in range(2):
            estimator.train(input_fn, steps=2, hooks=[tf.contrib.data.CheckpointInputPipelineHook(estimator)])
        return [float(estimator.get_variable_value("value"))]

    seen = []
    return run


CALLS = {
    "CheckpointInputPipelineHook": _checkpointed,
    "Counter": lambda tf: _all(tf, tf.contrib.data.Counter(3, 2).take(3)),
    "CsvDataset": _csv,
    "Optional": _optional,
    "RandomDataset": lambda tf: _all(tf, tf.contrib.data.RandomDataset(seed=5).take(3)),
    "TFRecordWriter": _written,
    "SqlDataset of no driver": lambda tf: _all(tf, tf.contrib.data.SqlDataset("none", "", "", [tf.int32])),
    "assert_element_shape": _shapes([3]),
    "assert_element_shape of several": _several_shapes,
    "assert_element_shape of other size": _shapes([4]),
    "batch_and_drop_remainder": _applied(lambda data, tf: data.batch_and_drop_remainder(4)),
    "padded_batch_and_drop_remainder": _applied(lambda data, tf: data.padded_batch_and_drop_remainder(4, [])),
    "bucket_by_sequence_length": _buckets,
    "choose_from_datasets": lambda tf: _all(
        tf, tf.contrib.data.choose_from_datasets(_datasets(tf), tf.data.Dataset.from_tensor_slices(np.int64([1, 0, 1])))
    ),
    "copy_to_device": _on_device,
    "dense_to_sparse_batch": lambda tf: (
        tf.data.Dataset.range(1, 3)
        .map(lambda value: tf.range(value))
        .apply(tf.contrib.data.dense_to_sparse_batch(2, [4]))
        .make_one_shot_iterator()
        .get_next()
    ),
    "enumerate_dataset": _applied(lambda data, tf: data.enumerate_dataset(3), 2),
    "get_single_element": lambda tf: tf.contrib.data.get_single_element(tf.data.Dataset.range(7, 8)),
    "get_single_element of two": lambda tf: tf.contrib.data.get_single_element(tf.data.Dataset.range(2)),
    "group_by_reducer": _applied(lambda data, tf: data.group_by_reducer(lambda value: value % 2, _reducer(tf))),
    "group_by_window": _applied(
        lambda data, tf: data.group_by_window(lambda value: value % 2, lambda key, rows: rows.batch(2), window_size=2)
    ),
    "ignore_errors": lambda tf: _all(
        tf,
        tf.data.Dataset.from_tensor_slices([1.0, 0.0, 2.0])
        .map(lambda value: tf.check_numerics(1 / value, ""))
        .apply(tf.contrib.data.ignore_errors()),
    ),
    "make_batched_features_dataset": _batched_features,
    "make_csv_dataset": _make_csv,
    "make_saveable_from_iterator": _saved,
    "map_and_batch": _applied(lambda data, tf: data.map_and_batch(lambda value: value * 2, 4)),
    "parallel_interleave": _applied(
        lambda data, tf: data.parallel_interleave(
            lambda value: tf.data.Dataset.from_tensors(value).repeat(2), cycle_length=2, block_length=2
        ),
        2,
    ),
    "sloppy_interleave": _applied(
        lambda data, tf: data.sloppy_interleave(lambda value: tf.data.Dataset.from_tensors(value), cycle_length=1), 2
    ),
    "parse_example_dataset": _parsed,
    "read_batch_features": _read_features,
    "reduce_dataset": _reduced,
    "reduce_dataset of no dataset": lambda tf: tf.contrib.data.reduce_dataset(3, _reducer(tf)),
    "rejection_resample": _applied(
        lambda data, tf: data.rejection_resample(lambda value: tf.cast(value % 2, tf.int32), [0.0, 1.0], [0.5, 0.5])
    ),
    "sample_from_datasets": lambda tf: _all(
        tf, tf.contrib.data.sample_from_datasets(_datasets(tf), [1.0, 0.0]).take(2)
    ),
    "scan": _applied(lambda data, tf: data.scan(np.int64(0), lambda total, value: (total + value, total))),
    "shuffle_and_repeat": _applied(lambda data, tf: data.shuffle_and_repeat(1, 2), 2),
    "sliding_window_batch": _applied(lambda data, tf: data.sliding_window_batch(3, window_shift=2, window_stride=1)),
    "sliding_window_batch of stride": _applied(lambda data, tf: data.sliding_window_batch(2, stride=3)),
    "sliding_window_batch of both": _applied(lambda data, tf: data.sliding_window_batch(2, stride=3, window_shift=1)),
    "unbatch": lambda tf: _all(tf, tf.data.Dataset.from_tensors([1, 2]).apply(tf.contrib.data.unbatch())),
    "unique": lambda tf: _all(tf, tf.data.Dataset.from_tensor_slices([1, 2, 1]).apply(tf.contrib.data.unique())),
}
