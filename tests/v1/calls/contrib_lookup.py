"""Small uses of ``tf.contrib.lookup``."""

import os
import tempfile

import numpy as np

WORDS = ["apple", "pear", "plum"]


def _file(text):
    path = os.path.join(tempfile.mkdtemp(), "words.txt")
    with open(path, "w") as file:
        file.write(text)
    return path


def _words():
    return _file("\n".join(WORDS) + "\n")


def _looked_up(make, keys):
    def call(tf):
        table = make(tf.contrib.lookup, tf)
        found = table.lookup(tf.constant(keys))
        return [found, table.size()]

    return call


def _hash_table(lookup, tf):
    initializer = lookup.KeyValueTensorInitializer(WORDS, [5, 6, 7], tf.string, tf.int64)
    return lookup.HashTable(initializer, -1, name="mine")


def _exported(tf):
    table = _hash_table(tf.contrib.lookup, tf)
    keys, values = table.export()

    def run(session):
        session.run(table.init)
        found = session.run([keys, values])
        return [sorted(key.decode() for key in found[0]), sorted(found[1]), table.name]

    return run


def _mutable(tf):
    table = tf.contrib.lookup.MutableHashTable(tf.string, tf.float32, [0.5, 0.5])
    insert = table.insert(tf.constant(["a", "b"]), tf.constant([[1.0, 2.0], [3.0, 4.0]]))

    def run(session):
        session.run(insert)
        return session.run([table.lookup(tf.constant(["b", "c"])), table.size()])

    return run


def _dense(tf):
    table = tf.contrib.lookup.MutableDenseHashTable(tf.int64, tf.int64, -1, empty_key=0, deleted_key=9)
    insert = table.insert(tf.constant([3, 4], tf.int64), tf.constant([30, 40], tf.int64))

    def run(session):
        session.run(insert)
        return session.run([table.lookup(tf.constant([4, 5], tf.int64)), table.size()])

    return run


def _from_files(make, keys):
    return _looked_up(lambda lookup, tf: lookup.HashTable(make(lookup, tf), -1), keys)


def _with_buckets(tf):
    lookup = tf.contrib.lookup
    table = lookup.IdTableWithHashBuckets(_hash_table(lookup, tf), 4, lookup.StrongHashSpec([3, 4]))
    return table.lookup(tf.constant(["pear", "fig", "kiwi"]))


FRUIT = ["plum", "fig", "apple"]
INDICES = np.int64([1, 7, 8])

CALLS = {
    "HashTable": _looked_up(_hash_table, FRUIT),
    "HashTable.export": _exported,
    "HashTable of other dtype": _looked_up(_hash_table, [1, 2]),
    "MutableHashTable": _mutable,
    "MutableDenseHashTable": _dense,
    "TextFileInitializer": _from_files(
        lambda lookup, tf: lookup.TextFileInitializer(
            _words(), tf.string, lookup.TextFileIndex.WHOLE_LINE, tf.int64, lookup.TextFileIndex.LINE_NUMBER
        ),
        FRUIT,
    ),
    "TextFileIdTableInitializer": _from_files(lambda lookup, tf: lookup.TextFileIdTableInitializer(_words()), FRUIT),
    "TextFileStringTableInitializer": _looked_up(
        lambda lookup, tf: lookup.HashTable(lookup.TextFileStringTableInitializer(_words(), vocab_size=3), "?"), INDICES
    ),
    "IdTableWithHashBuckets": _with_buckets,
    "HasherSpec": lambda tf: [str(tf.contrib.lookup.HasherSpec("fasthash", None).hasher)],
    "StrongHashSpec of one key": lambda tf: tf.contrib.lookup.StrongHashSpec([3]),
    "index_table_from_file": _looked_up(lambda lookup, tf: lookup.index_table_from_file(_words(), 2), FRUIT),
    "index_table_from_file of columns": _looked_up(
        lambda lookup, tf: lookup.index_table_from_file(
            _file("a 3\nplum 8\n"), key_column_index=0, value_column_index=1, delimiter=" "
        ),
        FRUIT,
    ),
    "index_table_from_file of none": lambda tf: tf.contrib.lookup.index_table_from_file(),
    "index_table_from_tensor": _looked_up(lambda lookup, tf: lookup.index_table_from_tensor(WORDS), FRUIT),
    "index_table_from_tensor of numbers": _looked_up(
        lambda lookup, tf: lookup.index_table_from_tensor([7, 8], 1, dtype=tf.int64), INDICES
    ),
    "index_table_from_tensor of none": lambda tf: tf.contrib.lookup.index_table_from_tensor(None),
    "index_to_string_table_from_file": _looked_up(
        lambda lookup, tf: lookup.index_to_string_table_from_file(_words()), INDICES
    ),
    "index_to_string_table_from_tensor": lambda tf: tf.contrib.lookup.index_to_string_table_from_tensor(WORDS).lookup(
        tf.constant([2, 3], tf.int64)
    ),
    "index_to_string_table_from_tensor of none": lambda tf: tf.contrib.lookup.index_to_string_table_from_tensor(None),
    "string_to_index": lambda tf: tf.contrib.lookup.string_to_index(tf.constant(FRUIT), WORDS),
    "index_to_string": lambda tf: tf.contrib.lookup.index_to_string(tf.constant([0, 9], tf.int64), WORDS, "none"),
    "string_to_index_table_from_file": _looked_up(
        lambda lookup, tf: lookup.string_to_index_table_from_file(_words(), default_value=-5), FRUIT
    ),
    "string_to_index_table_from_tensor": _looked_up(
        lambda lookup, tf: lookup.string_to_index_table_from_tensor(WORDS), FRUIT
    ),
    "string_to_index_table_from_tensor of numbers": lambda tf: tf.contrib.lookup.string_to_index_table_from_tensor([1]),
}
