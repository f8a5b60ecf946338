"""Generated reviews, and the TFRecord files that the estimator reads."""
from __future__ import absolute_import, division, print_function

import collections
import random

import tensorflow as tf

SUBJECTS = ['the waiter', 'our room', 'this film', 'that book', 'the soup', 'my seat', 'the café']
GOOD = ['wonderful', 'delightful', 'great', 'charming', 'lovely']
BAD = ['awful', 'dreadful', 'poor', 'boring', 'joyless']
PIECES = ['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]', '.', ',', '!', "'", 'the', 'our', 'this', 'that', 'my', 'was',
          'not', 'never', 'really', 'waiter', 'room', 'film', 'book', 'soup', 'seat', 'cafe', 'wonder', '##ful', 'light',
          'de', '##light', 'great', 'charm', '##ing', 'love', '##ly', 'awful', 'dread', 'poor', 'bor', 'joy', '##less',
          'it', 's']


class InputExample(object):
    def __init__(self, guid, text_a, text_b=None, label=None):
        self.guid, self.text_a, self.text_b, self.label = guid, text_a, text_b, label


def examples(count, seed, prefix):
    rng = random.Random(seed)
    made = []
    for i in range(count):
        label = 'good' if rng.random() < 0.5 else 'bad'
        said = (GOOD if label == 'good' else BAD)[int(rng.random() * 5)]
        subject, other = [SUBJECTS[int(rng.random() * len(SUBJECTS))] for _ in 'ab']
        text = '%s was really %s!' % (subject, said)
        made.append(InputExample('%s-%d' % (prefix, i), text.capitalize(), "It's %s." % other, label))
    return made


def convert_single_example(example, labels, length, tokenizer):
    first, second = tokenizer.tokenize(example.text_a), tokenizer.tokenize(example.text_b)
    while len(first) + len(second) > length - 3:
        (first if len(first) > len(second) else second).pop()
    tokens = ['[CLS]'] + first + ['[SEP]'] + second + ['[SEP]']
    types = [0] * (len(first) + 2) + [1] * (len(second) + 1)
    ids = tokenizer.convert_tokens_to_ids(tokens)
    padding = [0] * (length - len(ids))
    features = collections.OrderedDict()
    features['input_ids'] = ids + padding
    features['input_mask'] = [1] * len(ids) + padding
    features['segment_ids'] = types + padding
    features['label_ids'] = [labels.index(example.label)]
    return tokens, features


def mask_tokens(features, tokenizer, rng, predictions):
    """Hides a word or two; what was there is to be predicted."""
    ids = features['input_ids']
    places = [i for i, each in enumerate(ids) if each > 4]
    chosen = sorted(sorted(places, key=lambda _: rng.random())[:predictions])
    features['masked_positions'], features['masked_ids'] = chosen, [ids[i] for i in chosen]
    mask = tokenizer.vocab['[MASK]']
    features['input_ids'] = [mask if i in chosen else each for i, each in enumerate(ids)]
    return features


def write_records(all_features, path):
    writer = tf.python_io.TFRecordWriter(path)
    for features in all_features:
        feature = {key: tf.train.Feature(int64_list=tf.train.Int64List(value=list(values)))
                   for key, values in features.items()}
        writer.write(tf.train.Example(features=tf.train.Features(feature=feature)).SerializeToString())
    writer.close()


def file_based_input_fn_builder(input_file, sizes, is_training, drop_remainder):
    name_to_features = {name: tf.FixedLenFeature([size] if size else [], tf.int64) for name, size in sizes.items()}

    def decode_record(record):
        example = tf.parse_single_example(record, name_to_features)
        return {name: tf.to_int32(value) for name, value in example.items()}

    def input_fn(params):
        d = tf.data.TFRecordDataset(input_file)
        if is_training:
            d = d.repeat()
            d = d.shuffle(buffer_size=100)
        return d.apply(tf.contrib.data.map_and_batch(decode_record, batch_size=params['batch_size'],
                                                     drop_remainder=drop_remainder))

    return input_fn
