"""Batches of sentences of similar lengths, whose iterators are initialized with the tables they use."""
import collections

import tensorflow as tf

BatchedInput = collections.namedtuple('BatchedInput', (
    'initializer', 'source', 'target_input', 'target_output', 'source_sequence_length', 'target_sequence_length'))


def get_iterator(src_dataset, tgt_dataset, src_vocab_table, tgt_vocab_table, batch_size, sos, eos, random_seed,
                 num_buckets, bucket_width=2):
    src_eos_id = tf.cast(src_vocab_table.lookup(tf.constant(eos)), tf.int32)
    tgt_sos_id = tf.cast(tgt_vocab_table.lookup(tf.constant(sos)), tf.int32)
    tgt_eos_id = tf.cast(tgt_vocab_table.lookup(tf.constant(eos)), tf.int32)
    dataset = tf.data.Dataset.zip((src_dataset, tgt_dataset))
    if random_seed is not None:
        dataset = dataset.shuffle(50, random_seed, True)
    dataset = dataset.map(lambda src, tgt: (tf.string_split([src]).values, tf.string_split([tgt]).values))
    dataset = dataset.filter(lambda src, tgt: tf.logical_and(tf.size(src) > 0, tf.size(tgt) > 0))
    dataset = dataset.map(lambda src, tgt: (tf.cast(src_vocab_table.lookup(src), tf.int32),
                                            tf.cast(tgt_vocab_table.lookup(tgt), tf.int32)))
    dataset = dataset.map(lambda src, tgt: (src, tf.concat(([tgt_sos_id], tgt), 0), tf.concat((tgt, [tgt_eos_id]), 0)))
    dataset = dataset.map(lambda src, tgt_in, tgt_out: (src, tgt_in, tgt_out, tf.size(src), tf.size(tgt_in)))

    def batching_func(x):
        return x.padded_batch(
            batch_size,
            padded_shapes=(tf.TensorShape([None]), tf.TensorShape([None]), tf.TensorShape([None]), tf.TensorShape([]),
                           tf.TensorShape([])),
            padding_values=(src_eos_id, tgt_eos_id, tgt_eos_id, 0, 0))

    def key_func(unused_1, unused_2, unused_3, src_len, tgt_len):
        bucket_id = tf.maximum(src_len // bucket_width, tgt_len // bucket_width)
        return tf.to_int64(tf.minimum(num_buckets, bucket_id))

    if num_buckets > 1:
        dataset = dataset.apply(tf.contrib.data.group_by_window(
            key_func=key_func, reduce_func=lambda key, windowed: batching_func(windowed), window_size=batch_size))
    else:
        dataset = batching_func(dataset)
    iterator = dataset.make_initializable_iterator()
    source, target_input, target_output, source_length, target_length = iterator.get_next()
    return BatchedInput(iterator.initializer, source, target_input, target_output, source_length, target_length)


def get_infer_iterator(src_dataset, src_vocab_table, batch_size, eos):
    src_eos_id = tf.cast(src_vocab_table.lookup(tf.constant(eos)), tf.int32)
    dataset = src_dataset.map(lambda src: tf.string_split([src]).values)
    dataset = dataset.map(lambda src: tf.cast(src_vocab_table.lookup(src), tf.int32))
    dataset = dataset.map(lambda src: (src, tf.size(src)))
    dataset = dataset.padded_batch(batch_size, padded_shapes=(tf.TensorShape([None]), tf.TensorShape([])),
                                   padding_values=(src_eos_id, 0))
    iterator = dataset.make_initializable_iterator()
    source, lengths = iterator.get_next()
    return BatchedInput(iterator.initializer, source, None, None, lengths, None)
