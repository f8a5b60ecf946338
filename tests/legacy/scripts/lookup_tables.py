"""Hash tables: contrib.lookup, mutable tables, vocabulary files, out-of-vocabulary buckets."""
from __future__ import print_function

import os
import tempfile

import tensorflow as tf

vocabulary_file = os.path.join(tempfile.mkdtemp(), 'vocabulary.txt')
with tf.gfile.Open(vocabulary_file, 'w') as f:
    f.write('emerson\nlake\npalmer\n')

features = tf.constant(['emerson', 'lake', 'and', 'palmer'])
from_list = tf.contrib.lookup.index_table_from_tensor(mapping=['emerson', 'lake', 'palmer'], num_oov_buckets=2)
from_file = tf.contrib.lookup.index_table_from_file(vocabulary_file, default_value=-7)
to_string = tf.contrib.lookup.index_to_string_table_from_file(vocabulary_file, default_value='UNKNOWN')
names = tf.contrib.lookup.index_to_string_table_from_tensor(tf.constant(['a', 'b']))
table = tf.contrib.lookup.HashTable(
    tf.contrib.lookup.KeyValueTensorInitializer(['one', 'two'], [1, 2], tf.string, tf.int64), -1)
core_table = tf.lookup.StaticVocabularyTable(
    tf.lookup.TextFileInitializer(vocabulary_file, tf.string, tf.lookup.TextFileIndex.WHOLE_LINE, tf.int64,
                                  tf.lookup.TextFileIndex.LINE_NUMBER), 1)
mutable = tf.contrib.lookup.MutableHashTable(key_dtype=tf.string, value_dtype=tf.float32, default_value=[-1.0, -1.0])
insert = mutable.insert(tf.constant(['x', 'y']), tf.constant([[1.0, 2.0], [3.0, 4.0]]))
ids = tf.placeholder(tf.int64, [None])

with tf.Session() as sess:
    try:
        sess.run(table.lookup(tf.constant(['one'])))
    except tf.errors.FailedPreconditionError as e:
        print(type(e).__name__, 'not initialized' in e.message)
    tf.tables_initializer().run()
    print('from list', sess.run(from_list.lookup(features)).tolist(), 'size', sess.run(from_list.size()))
    print('from file', from_file.lookup(features).eval().tolist())
    print('strings', [w.decode() for w in sess.run(to_string.lookup(ids), {ids: [2, 0, 9]})])
    print('default', [w.decode() for w in sess.run(names.lookup(ids), {ids: [1, 5]})])
    print('hash table', sess.run(table.lookup(tf.constant(['two', 'three']))).tolist(), table.key_dtype.name)
    print('vocabulary table', sess.run(core_table.lookup(features)).tolist())
    sparse = tf.SparseTensor([[0, 0], [1, 1]], tf.constant(['lake', 'sea']), [2, 2])
    print('sparse', sess.run(from_file.lookup(sparse)).values.tolist())
    print('before', sess.run(mutable.lookup(tf.constant(['x']))).tolist(), mutable.size().eval())
    sess.run(insert)
    print('after', sess.run(mutable.lookup(tf.constant(['y', 'z']))).tolist(), mutable.size().eval())
    keys, values = sess.run(mutable.export())
    print('export', sorted(zip([k.decode() for k in keys], values.tolist())))
print(len(tf.get_collection(tf.GraphKeys.TABLE_INITIALIZERS)), 'initializers')
