"""DNNLinearCombinedClassifier on csv files read by an input_fn, with wide and deep feature columns."""
from __future__ import print_function

import argparse
import os
import shutil
import tempfile

import numpy as np
import tensorflow as tf

_CSV_COLUMNS = ['age', 'workclass', 'education_num', 'occupation', 'income_bracket']
_CSV_COLUMN_DEFAULTS = [[0], [''], [0.0], [''], ['']]

parser = argparse.ArgumentParser()
parser.add_argument('--model_type', type=str, default='wide_deep', choices=['wide', 'deep', 'wide_deep'])
parser.add_argument('--train_steps', type=int, default=25)
parser.add_argument('--batch_size', type=int, default=20)


def write_csv(path, n, seed):
    rng = np.random.RandomState(seed)
    with open(path, 'w') as f:
        for _ in range(n):
            age, edu = rng.randint(18, 80), rng.randint(1, 16)
            work, job = rng.choice(['Private', 'State', 'Self']), rng.choice(['Sales', 'Tech', 'Craft', 'Other'])
            rich = age / 40. + edu / 8. + (job == 'Tech') + rng.randn() * 0.3 > 2.6
            f.write('%d,%s,%d,%s,%s\n' % (age, work, edu, job, '>50K' if rich else '<=50K'))


def build_model_columns():
    age = tf.feature_column.numeric_column('age')
    education_num = tf.feature_column.numeric_column('education_num')
    workclass = tf.feature_column.categorical_column_with_vocabulary_list('workclass', ['Private', 'State', 'Self'])
    occupation = tf.feature_column.categorical_column_with_hash_bucket('occupation', hash_bucket_size=12)
    age_buckets = tf.feature_column.bucketized_column(age, boundaries=[25, 35, 45, 60])
    wide = [workclass, occupation, age_buckets]
    deep = [age, education_num, tf.feature_column.indicator_column(workclass),
            tf.feature_column.embedding_column(occupation, dimension=3)]
    return wide, deep


def input_fn(data_file, num_epochs, batch_size):
    def parse_csv(value):
        columns = tf.decode_csv(value, record_defaults=_CSV_COLUMN_DEFAULTS)
        features = dict(zip(_CSV_COLUMNS, columns))
        labels = features.pop('income_bracket')
        return features, tf.equal(labels, '>50K')
    return tf.data.TextLineDataset(data_file).map(parse_csv).repeat(num_epochs).batch(batch_size)


def main(unused_argv):
    wide, deep = build_model_columns()
    config = tf.estimator.RunConfig(tf_random_seed=63)
    model = tf.estimator.DNNLinearCombinedClassifier(
        model_dir=os.path.join(work_dir, FLAGS.model_type), linear_feature_columns=wide, dnn_feature_columns=deep,
        dnn_hidden_units=[8, 4], dnn_optimizer=tf.train.ProximalAdagradOptimizer(0.05), config=config)
    model.train(lambda: input_fn(train_file, None, FLAGS.batch_size), max_steps=FLAGS.train_steps)
    results = model.evaluate(input_fn=lambda: input_fn(test_file, 1, FLAGS.batch_size))
    for key in sorted(results):
        print('%s: %.6f' % (key, results[key]))
    print(len(model.get_variable_names()), model.get_variable_value('dnn/logits/bias').tolist())


if __name__ == '__main__':
    tf.logging.set_verbosity(tf.logging.ERROR)
    FLAGS, unparsed = parser.parse_known_args()
    work_dir = tempfile.mkdtemp()
    train_file, test_file = os.path.join(work_dir, 'adult.data'), os.path.join(work_dir, 'adult.test')
    write_csv(train_file, 200, 1)
    write_csv(test_file, 60, 2)
    main(unparsed)
    shutil.rmtree(work_dir)
