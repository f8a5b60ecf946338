"""Columns of sequences: ``tf.contrib.feature_column``."""

import os
import tempfile


def _sparse(tf, rows, dtype=None):
    indices = [[row, step] for row, values in enumerate(rows) for step in range(len(values))]
    values = [value for each in rows for value in each]
    return tf.SparseTensor(indices, tf.constant(values, dtype), [len(rows), max(map(len, rows))])


def _words(tf):
    return {"words": _sparse(tf, [[b"a", b"c"], [b"b"], [b"z", b"b", b"a"]], tf.string)}


def _ids(tf):
    return {"ids": _sparse(tf, [[2, 0], [1], []], tf.int64)}


def _numbers(tf):
    return {"numbers": _sparse(tf, [[1.0, 2.0, 3.0, 4.0], [5.0, 6.0], []], tf.float32)}


def _embedded(features, column, *arguments, **options):
    def call(tf):
        sequence = getattr(tf.contrib.feature_column, "sequence_categorical_column_with_" + column)(
            *arguments, **options
        )
        columns = [tf.feature_column.embedding_column(sequence, 2)]
        return tf.contrib.feature_column.sequence_input_layer(features(tf), columns)

    return call


def _indicated(tf):
    sequence = tf.contrib.feature_column.sequence_categorical_column_with_identity("ids", 3)
    return tf.contrib.feature_column.sequence_input_layer(_ids(tf), [tf.feature_column.indicator_column(sequence)])


def _file(**options):
    def call(tf):
        path = os.path.join(tempfile.mkdtemp(), "words.txt")
        with open(path, "w") as file:
            file.write("a\nb\nc\n")
        return _embedded(_words, "vocabulary_file", "words", path, **options)(tf)

    return call


def _numeric(**options):
    def call(tf):
        column = tf.contrib.feature_column.sequence_numeric_column("numbers", **options)
        return tf.contrib.feature_column.sequence_input_layer(_numbers(tf), [column])

    return call


def _both(numbers):
    def call(tf):
        fc = tf.contrib.feature_column
        features = {"numbers": _sparse(tf, numbers, tf.float32)}
        features.update(_ids(tf))
        columns = [
            fc.sequence_numeric_column("numbers"),
            tf.feature_column.embedding_column(fc.sequence_categorical_column_with_identity("ids", 3), 2),
        ]
        return fc.sequence_input_layer(features, columns, ["mine"])

    return call


def _normalized(tf):
    return _numeric(normalizer_fn=lambda x: tf.SparseTensor(x.indices, x.values * 2.0, x.dense_shape))(tf)


def _not_dense(tf):
    column = tf.contrib.feature_column.sequence_categorical_column_with_identity("ids", 3)
    return tf.contrib.feature_column.sequence_input_layer(_ids(tf), [column])


def _not_a_sequence(tf):
    column = tf.feature_column.numeric_column("numbers")
    return tf.contrib.feature_column.sequence_input_layer(_numbers(tf), [column])


def _spec(tf):
    fc = tf.contrib.feature_column
    columns = [fc.sequence_numeric_column("numbers"), fc.sequence_categorical_column_with_hash_bucket("words", 5)]
    return str(sorted(tf.feature_column.make_parse_example_spec(columns).items()))


CALLS = {
    "identity": _embedded(_ids, "identity", "ids", 3),
    "identity with a default": _embedded(_ids, "identity", "ids", 2, default_value=0),
    "identity out of range": _embedded(_ids, "identity", "ids", 2),
    "identity of none": _embedded(_ids, "identity", "ids", 0),
    "hash_bucket": _embedded(_words, "hash_bucket", "words", 4),
    "hash_bucket of none": _embedded(_words, "hash_bucket", "words", 0),
    "vocabulary_list": _embedded(_words, "vocabulary_list", "words", ("a", "b", "c"), default_value=0),
    "vocabulary_list with more": _embedded(_words, "vocabulary_list", "words", ("a", "b", "c"), num_oov_buckets=2),
    "vocabulary_list of the same": _embedded(_words, "vocabulary_list", "words", ("a", "a")),
    "vocabulary_file": _file(default_value=1),
    "vocabulary_file with more": _file(num_oov_buckets=1),
    "vocabulary_file too short": _file(vocabulary_size=7),
    "indicator": _indicated,
    "numeric": _numeric(),
    "numeric of pairs": _numeric(shape=(2,), default_value=-1.0),
    "numeric normalized": _normalized,
    "numeric of no shape": _numeric(shape=(0,)),
    "numeric of strings": lambda tf: _numeric(dtype=tf.string)(tf),
    "numeric of no function": _numeric(normalizer_fn=3),
    "two columns": _both([[1.0, 2.0], [3.0], []]),
    "two columns of other lengths": _both([[1.0, 2.0], [3.0, 4.0], []]),
    "a categorical column alone": _not_dense,
    "a column of no sequences": _not_a_sequence,
    "make_parse_example_spec": _spec,
}
