"""The iris tutorial of tf.contrib.learn: a DNNClassifier trained on CSV files, evaluated and asked about new flowers."""
from __future__ import absolute_import
from __future__ import division
from __future__ import print_function

import os
import shutil
import tempfile

import numpy as np
import tensorflow as tf
from tensorflow.contrib.learn.python.learn.estimators import run_config

tf.logging.set_verbosity(tf.logging.ERROR)

# Split the flowers into two files with the header that the tutorial's files had.
DATA_DIR = tempfile.mkdtemp()
iris = tf.contrib.learn.datasets.load_iris()
order = np.random.RandomState(0).permutation(150)
splits = {'iris_training.csv': order[:120], 'iris_test.csv': order[120:]}
for name, rows in splits.items():
    with open(os.path.join(DATA_DIR, name), 'w') as f:
        f.write('%d,4,setosa,versicolor,virginica\n' % len(rows))
        for row in rows:
            f.write(','.join('%g' % value for value in iris.data[row]) + ',%d\n' % iris.target[row])

training_set = tf.contrib.learn.datasets.base.load_csv_with_header(
    filename=os.path.join(DATA_DIR, 'iris_training.csv'), target_dtype=np.int32, features_dtype=np.float32)
test_set = tf.contrib.learn.datasets.base.load_csv_with_header(
    filename=os.path.join(DATA_DIR, 'iris_test.csv'), target_dtype=np.int32, features_dtype=np.float32)
print(training_set.data.shape, test_set.data.shape)

feature_columns = [tf.contrib.layers.real_valued_column("", dimension=4)]
model_dir = os.path.join(DATA_DIR, 'iris_model')
classifier = tf.contrib.learn.DNNClassifier(
    feature_columns=feature_columns,
    hidden_units=[10, 20, 10],
    n_classes=3,
    model_dir=model_dir,
    config=run_config.RunConfig(tf_random_seed=1, save_checkpoints_steps=50))


def get_train_inputs():
    return tf.constant(training_set.data), tf.constant(training_set.target)


def get_test_inputs():
    return tf.constant(test_set.data), tf.constant(test_set.target)


classifier.fit(input_fn=get_train_inputs, steps=100)
# Training goes on where it stopped.
classifier.fit(input_fn=get_train_inputs, steps=100)

metrics = {
    'accuracy': tf.contrib.learn.MetricSpec(
        metric_fn=tf.contrib.metrics.streaming_accuracy, prediction_key='classes'),
    'recall': tf.contrib.learn.MetricSpec(
        metric_fn=tf.contrib.metrics.streaming_recall, prediction_key='classes'),
}
scores = classifier.evaluate(input_fn=get_test_inputs, steps=1, metrics=metrics)
for key in sorted(scores):
    print('%s: %.6f' % (key, scores[key]))


def new_samples():
    return np.array([[6.4, 3.2, 4.5, 1.5], [5.8, 3.1, 5.0, 1.7]], dtype=np.float32)


predictions = list(classifier.predict(input_fn=lambda: tf.constant(new_samples())))
print('New Samples, Class Predictions:    {}'.format([int(p) for p in predictions]))
for row in classifier.predict_proba(input_fn=lambda: tf.constant(new_samples())):
    print(['%.5f' % p for p in row])
print(sorted(os.listdir(model_dir))[:2], classifier.get_variable_value('global_step'))
print('%.6f' % np.abs(classifier.get_variable_value('dnn/hiddenlayer_1/weights')).sum())
shutil.rmtree(DATA_DIR)
