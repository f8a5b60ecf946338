"""The fields of a line, and the columns made of them."""
import tensorflow as tf

NAMES = ['clicked', 'user', 'article', 'device', 'hour', 'age']
DEFAULTS = [[0.], ['?'], ['?'], ['?'], [0], [0.]]


def categorical():
    fc = tf.feature_column
    hour = fc.categorical_column_with_identity('hour', 24, default_value=0)
    return [fc.categorical_column_with_hash_bucket('user', 20), fc.categorical_column_with_hash_bucket('article', 24),
            fc.categorical_column_with_vocabulary_list('device', ['phone', 'tablet', 'desk'], num_oov_buckets=1), hour]


def linear():
    fc = tf.feature_column
    age = fc.bucketized_column(fc.numeric_column('age'), [18., 25., 35., 50.])
    evening = fc.crossed_column(['device', fc.categorical_column_with_identity('hour', 24, default_value=0)], 32)
    return categorical() + [age, evening]


def embedded(size):
    return [tf.feature_column.embedding_column(column, size) for column in categorical()]
