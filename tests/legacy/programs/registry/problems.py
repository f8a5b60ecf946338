"""Sequences to be reversed or sorted, as files of examples."""
import os

import numpy as np
import tensorflow as tf

import registry

DIGITS, EOS = 6, 1


class Algorithmic(object):
    vocab_size = DIGITS + 2

    def target(self, digits):
        raise NotImplementedError('Abstract Method')

    def generate_data(self, data_dir, part, count, seed):
        path = os.path.join(data_dir, '%s-%s' % (type(self).__name__, part))
        rng = np.random.RandomState(seed)
        with tf.python_io.TFRecordWriter(path) as writer:
            for _ in range(count):
                digits = (rng.randint(0, DIGITS, rng.randint(3, 7)) + 2).tolist()
                feature = {name: tf.train.Feature(int64_list=tf.train.Int64List(value=list(values) + [EOS]))
                           for name, values in [('inputs', digits), ('targets', self.target(digits))]}
                writer.write(tf.train.Example(features=tf.train.Features(feature=feature)).SerializeToString())
        return path

    def input_fn(self, path, mode, hparams):
        def parse(record):
            fields = {'inputs': tf.VarLenFeature(tf.int64), 'targets': tf.VarLenFeature(tf.int64)}
            parsed = tf.parse_single_example(record, fields)
            return {name: tf.to_int32(tf.sparse_tensor_to_dense(value)) for name, value in parsed.items()}

        def input_fn():
            dataset = tf.data.TFRecordDataset(path).map(parse, num_parallel_calls=2)
            if mode == tf.estimator.ModeKeys.TRAIN:
                dataset = dataset.repeat().shuffle(64, seed=3)
                boundaries = [4, 6]
                dataset = dataset.apply(tf.data.experimental.bucket_by_sequence_length(
                    lambda example: tf.size(example['inputs']), boundaries, [hparams.batch_size] * 3))
            else:
                dataset = dataset.padded_batch(hparams.batch_size, {'inputs': [None], 'targets': [None]})
            return dataset.map(lambda example: (example, example['targets']))

        return input_fn


@registry.register_problem
class AlgorithmicReverse(Algorithmic):
    def target(self, digits):
        return digits[::-1]


@registry.register_problem('algorithmic_sort')
class Sorting(Algorithmic):
    def target(self, digits):
        return sorted(digits)
