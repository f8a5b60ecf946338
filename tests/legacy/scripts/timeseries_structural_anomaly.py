"""A structural ensemble with a known anomaly: an exogenous column says at which times the level changes."""
from __future__ import absolute_import
from __future__ import division
from __future__ import print_function

import os
import tempfile

import numpy as np
import tensorflow as tf

tf.logging.set_verbosity(tf.logging.ERROR)

LENGTH, CHANGE = 60, 36


def write_csv(path):
    rng = np.random.RandomState(5)
    with open(path, 'w') as csv_file:
        for time in range(LENGTH):
            value = 3.0 + time * 0.1 + rng.normal(0, 0.2)
            value += 8.0 if time >= CHANGE else 0.0
            csv_file.write('%d,%.5f,%s\n' % (time, value, 'yes' if time == CHANGE else 'no'))
    return path


def train_and_evaluate(csv_file_name):
    # Indicate the format of our CSV file. The 'is_changepoint' feature is a string.
    string_feature = tf.feature_column.categorical_column_with_vocabulary_list(
        key='is_changepoint', vocabulary_list=['no', 'yes'])
    one_hot_feature = tf.feature_column.indicator_column(string_feature)
    estimator = tf.contrib.timeseries.StructuralEnsembleRegressor(
        periodicities=None, num_features=1, moving_average_order=1,
        exogenous_feature_columns=[one_hot_feature],
        # Update the state by the exogenous feature only where it says that something has changed.
        exogenous_update_condition=lambda times, features: tf.equal(features['is_changepoint'], 'yes'),
        optimizer=tf.train.AdamOptimizer(0.1),
        model_dir=tempfile.mkdtemp(),
        config=tf.estimator.RunConfig(tf_random_seed=2))
    reader = tf.contrib.timeseries.CSVReader(
        csv_file_name,
        column_names=(tf.contrib.timeseries.TrainEvalFeatures.TIMES,
                      tf.contrib.timeseries.TrainEvalFeatures.VALUES, 'is_changepoint'),
        column_dtypes=(tf.int64, tf.float32, tf.string))

    def input_fn():
        features, labels = tf.contrib.timeseries.WholeDatasetInputFn(reader)()
        # Exogenous features are batch x time; the CSV has a dimension of columns.
        features['is_changepoint'] = tf.squeeze(features['is_changepoint'], axis=-1)
        return features, labels

    estimator.train(input_fn=input_fn, steps=4)
    evaluation = estimator.evaluate(input_fn=input_fn, steps=1)
    future = {'is_changepoint': [['no'] * 6]}
    (predictions,) = tuple(estimator.predict(input_fn=tf.contrib.timeseries.predict_continuation_input_fn(
        evaluation, steps=6, exogenous_features=future)))
    return evaluation, predictions


def main(_):
    path = write_csv(os.path.join(tempfile.mkdtemp(), 'changepoints.csv'))
    evaluation, predictions = train_and_evaluate(path)
    print('loss %.3f' % evaluation['loss'])
    print('around the change:', np.round(evaluation['mean'][0, CHANGE - 2:CHANGE + 3, 0], 2).tolist())
    print('forecast:', np.round(predictions['mean'][:, 0], 2).tolist())
    print('deviations:', np.round(np.sqrt(predictions['covariance'][:, 0, 0]), 2).tolist())


if __name__ == '__main__':
    tf.app.run()
