"""String ops: split, join, substr, regex, hashing, numbers, base64, decode_raw, and a bag of words made from them."""
from __future__ import print_function

import tensorflow as tf


def text(value):
    if isinstance(value, bytes):
        return value.decode('utf-8')
    return [text(v) for v in value]


sess = tf.Session()
lines = tf.constant(['the quick brown fox', 'jumps over', 'the lazy dog the'])
split = tf.string_split(lines)
print(text(sess.run(split.values)), sess.run(split.dense_shape).tolist())
print(text(sess.run(tf.sparse_tensor_to_dense(split, default_value='<pad>'))))
print(text(sess.run(tf.string_join(['a', tf.constant(['b', 'c'])], separator='-'))))
print(text(sess.run(tf.reduce_join([['x', 'y'], ['z', 'w']], 1, separator='+'))))
print(text(sess.run(tf.substr(lines, 0, 5))), sess.run(tf.strings.length(lines)).tolist())
print(text(sess.run(tf.regex_replace(lines, '[aeiou]', '*'))))
print(text(sess.run(tf.string_strip([' a ', '\tb']))), sess.run(tf.strings.regex_full_match(lines, '.*the.*')).tolist())
print(sess.run(tf.string_to_number(['1.5', '-2e3'])).tolist(), sess.run(tf.string_to_number(['7'], tf.int32)).tolist())
print(text(sess.run(tf.as_string([3.14159, 2.0], precision=2))), text(sess.run(tf.as_string([7, 42], width=4, fill='0'))))
print(sess.run(tf.string_to_hash_bucket_fast(['fox', 'dog'], 100)).tolist(),
      sess.run(tf.string_to_hash_bucket_strong(['fox', 'dog'], 100, key=[1, 2])).tolist())
print(text(sess.run(tf.encode_base64('hello?>'))), text(sess.run(tf.decode_base64('aGVsbG8_Pg'))))
print(sess.run(tf.decode_raw(['abcd'], tf.uint8)).tolist(), text(sess.run(tf.strings.upper('abc'))))
print(sess.run(tf.decode_csv(['1,2.5,x', '3,,y'], [[0], [9.0], ['']]))[1].tolist())

# a bag of words: split, hash, count
buckets = tf.string_to_hash_bucket_fast(split.values, 6)
bag = tf.scatter_nd(tf.stack([split.indices[:, 0], buckets], axis=1), tf.ones_like(buckets), [3, 6])
print(sess.run(bag).tolist())
words, index, counts = sess.run(tf.unique_with_counts(split.values))
print(dict(zip(text(words), counts.tolist())) == {'the': 3, 'quick': 1, 'brown': 1, 'fox': 1, 'jumps': 1, 'over': 1,
                                                  'lazy': 1, 'dog': 1}, index.tolist())
name = tf.placeholder(tf.string)
print(sess.run(tf.string_join(['hello, ', name]), {name: 'wörld'}).decode('utf-8'))
try:
    sess.run(tf.string_to_number('seven'))
except tf.errors.InvalidArgumentError as e:
    print(e.message.split('\n')[0], e.error_code)
sess.close()
