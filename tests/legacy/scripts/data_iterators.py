"""tf.data: one-shot, initializable, reinitializable and feedable iterators."""
from __future__ import print_function

import numpy as np
import tensorflow as tf

tf.set_random_seed(10)
sess = tf.Session()


def drain(fetch, feed_dict=None):
    values = []
    try:
        while True:
            values.append(sess.run(fetch, feed_dict))
    except tf.errors.OutOfRangeError:
        return values


# one shot
dataset = tf.data.Dataset.range(10).filter(lambda v: tf.equal(v % 3, 1)).map(lambda v: v * v)
print('one shot', drain(dataset.make_one_shot_iterator().get_next()))

# initializable, fed
max_value = tf.placeholder(tf.int64, shape=[])
iterator = tf.data.Dataset.range(max_value).shuffle(5, seed=3).repeat(2).batch(4).make_initializable_iterator()
next_element = iterator.get_next()
for limit in (3, 6):
    sess.run(iterator.initializer, feed_dict={max_value: limit})
    print('initializable', [batch.tolist() for batch in drain(next_element)])

# reinitializable
training = tf.data.Dataset.range(4).map(lambda v: tf.to_float(v) + tf.random_uniform([], -1, 1, seed=7))
validation = tf.data.Dataset.range(3).map(tf.to_float)
iterator = tf.data.Iterator.from_structure(training.output_types, training.output_shapes)
element = iterator.get_next()
for name, source in (('training', training), ('validation', validation), ('training', training)):
    sess.run(iterator.make_initializer(source))
    print(name, [float(v) for v in drain(element)])

# feedable
handle = tf.placeholder(tf.string, shape=[])
counts = tf.data.Dataset.from_tensors(1).repeat()
letters = tf.data.Dataset.from_tensor_slices([10, 20, 30])
feedable = tf.data.Iterator.from_string_handle(handle, counts.output_types, counts.output_shapes)
value = feedable.get_next()
count_handle = sess.run(counts.make_one_shot_iterator().string_handle())
letter_iterator = letters.make_initializable_iterator()
letter_handle = sess.run(letter_iterator.string_handle())
sess.run(letter_iterator.initializer)
print('feedable', [int(sess.run(value, {handle: h})) for h in (count_handle, letter_handle, letter_handle, count_handle)])

# structure
nested = tf.data.Dataset.zip(({'a': tf.data.Dataset.range(3)}, tf.data.Dataset.from_tensor_slices(np.eye(3))))
print(nested.output_types, nested.output_shapes)
sess.close()
