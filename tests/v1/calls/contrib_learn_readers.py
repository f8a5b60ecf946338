"""``tf.contrib.learn``: readers of files of examples, by queues."""

import os
import tempfile


def _records(tf, number=7):
    path = os.path.join(tempfile.mkdtemp(), "examples.tfrecord")
    with tf.python_io.TFRecordWriter(path) as writer:
        for index in range(number):
            features = {
                "x": tf.train.Feature(float_list=tf.train.FloatList(value=[index, -index])),
                "w": tf.train.Feature(bytes_list=tf.train.BytesList(value=[b"a", b"b"][: index % 3])),
            }
            writer.write(tf.train.Example(features=tf.train.Features(feature=features)).SerializeToString())
    return path


def _specification(tf):
    return {"x": tf.FixedLenFeature([2], tf.float32), "w": tf.VarLenFeature(tf.string)}


def _queued(tf, output):
    def run(session):
        coordinator = tf.train.Coordinator()
        threads = tf.train.start_queue_runners(session, coordinator)
        found = []
        try:
            for _ in range(5):
                found.append(session.run(output))
        except tf.errors.OutOfRangeError:
            found.append("end")
        coordinator.request_stop()
        coordinator.join(threads)
        return found

    return run


def _read(name, **options):
    def call(tf):
        read = getattr(tf.contrib.learn, name)
        arguments = [_records(tf), 3] + ([_specification(tf)] if "features" in name else [])
        if "record" not in name:
            arguments.append(tf.TFRecordReader)
        found = read(*arguments, **options)
        keyed = "keyed" in name
        features = found[1] if keyed else found
        if isinstance(features, dict):
            features = [features["x"], features["w"].values]
        else:
            features = [tf.parse_example(features, _specification(tf))["x"]]
        keys = [tf.strings.length(found[0])] if keyed else []
        return _queued(tf, features + keys)

    return call


def _parsed(tf):
    def parse(example):
        return {"twice": 2 * tf.parse_single_example(example, _specification(tf))["x"]}

    found = tf.contrib.learn.read_batch_examples(
        _records(tf), 2, tf.TFRecordReader, randomize_input=False, num_epochs=1, parse_fn=parse
    )
    return _queued(tf, [found["twice"]])


def _endless(tf):
    read = tf.contrib.learn.read_keyed_batch_examples_shared_queue
    return read(_records(tf), 3, tf.TFRecordReader, queue_capacity=8, num_threads=2, seed=3)[1].op.name


def _bad_read(**options):
    def call(tf):
        arguments = dict({"file_pattern": _records(tf), "batch_size": 3, "reader": tf.TFRecordReader}, **options)
        return tf.contrib.learn.read_batch_examples(**arguments)

    return call


ORDERED = {"randomize_input": False, "num_epochs": 2}
ONE_THREAD = dict(ORDERED, num_enqueue_threads=1)

CALLS = {
    "read_keyed_batch_examples": _read("read_keyed_batch_examples", **ORDERED),
    "read_batch_examples": _read("read_batch_examples", read_batch_size=2, **ORDERED),
    "read_batch_examples of a function": _parsed,
    "read_keyed_batch_features": _read("read_keyed_batch_features", **ONE_THREAD),
    "read_keyed_batch_examples_shared_queue": _read("read_keyed_batch_examples_shared_queue", **ORDERED),
    "read_keyed_batch_features_shared_queue": _read(
        "read_keyed_batch_features_shared_queue", num_queue_runners=1, **ORDERED
    ),
    "read_keyed_batch_examples_shared_queue without end": _endless,
    "read_batch_features": _read("read_batch_features", **ONE_THREAD),
    "read_batch_features shuffled": lambda tf: tf.contrib.learn.read_batch_features(
        _records(tf), 3, _specification(tf), tf.TFRecordReader, queue_capacity=8
    )["x"].shape.as_list(),
    "read_batch_record_features": lambda tf: (
        tf.contrib.learn.read_batch_record_features(_records(tf), 3, _specification(tf))["x"].op.name
    ),
    "read_batch_examples of no files": _bad_read(file_pattern=[]),
    "read_batch_examples of a missing file": _bad_read(file_pattern="/tmp/no-such-file-*"),
    "read_batch_examples of a batch too large": _bad_read(queue_capacity=2),
    "read_batch_examples of no epochs": _bad_read(num_epochs=0),
    "read_batch_examples of no threads": _bad_read(num_threads=0),
    "read_batch_examples of no reads": _bad_read(read_batch_size=0),
    "read_batch_examples of no queue": _bad_read(queue_capacity=0),
}
