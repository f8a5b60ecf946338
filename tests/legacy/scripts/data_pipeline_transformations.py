"""tf.data: from_generator, padded_batch, flat_map, interleave, window by group_by_window, and tf.contrib.data."""
from __future__ import print_function

import tensorflow as tf

SENTENCES = ['the cat sat', 'a dog', 'birds fly over the old town', 'it rains', 'we sleep now']


def generator():
    for i, sentence in enumerate(SENTENCES):
        yield [len(w) for w in sentence.split()], i


def show(title, dataset, convert=lambda v: v):
    element = dataset.make_one_shot_iterator().get_next()
    print(title)
    with tf.Session() as sess:
        try:
            while True:
                print('  ', convert(sess.run(element)))
        except tf.errors.OutOfRangeError:
            pass


lengths = tf.data.Dataset.from_generator(generator, (tf.int32, tf.int64), (tf.TensorShape([None]), tf.TensorShape([])))
padded = lengths.padded_batch(2, padded_shapes=([None], []), padding_values=(-1, tf.constant(0, tf.int64)))
show('padded', padded, lambda v: (v[0].tolist(), v[1].tolist()))

words = tf.data.Dataset.from_tensor_slices(SENTENCES).flat_map(
    lambda s: tf.data.Dataset.from_tensor_slices(tf.string_split([s]).values))
show('words', words.skip(2).take(4), lambda w: w.decode())

interleaved = tf.data.Dataset.range(1, 4).interleave(
    lambda v: tf.data.Dataset.from_tensors(v).repeat(3), cycle_length=2, block_length=2)
show('interleaved', interleaved.batch(9), lambda v: v.tolist())

bucketed = tf.data.Dataset.range(8).apply(tf.contrib.data.group_by_window(
    key_func=lambda v: v % 2, reduce_func=lambda key, window: window.batch(3), window_size=3))
show('grouped', bucketed, lambda v: v.tolist())

fused = tf.data.Dataset.range(6).apply(tf.contrib.data.shuffle_and_repeat(6, 2, seed=4))
fused = fused.apply(tf.contrib.data.map_and_batch(lambda v: v + 100, batch_size=4))
show('shuffle_and_repeat', fused, lambda v: sorted(v.tolist()))

scanned = tf.data.Dataset.range(5).apply(tf.data.experimental.scan(
    tf.constant(0, tf.int64), lambda state, v: (state + v, state + v)))
show('running sums', scanned.concatenate(tf.data.Dataset.from_tensors(tf.constant(-1, tf.int64))), int)
