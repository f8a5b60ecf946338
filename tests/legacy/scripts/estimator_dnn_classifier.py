"""The canned DNNClassifier on three flower-like classes held in a pandas-free dict of columns."""
from __future__ import print_function

import shutil
import tempfile

import numpy as np
import tensorflow as tf

tf.logging.set_verbosity(tf.logging.ERROR)
COLUMN_NAMES = ['SepalLength', 'SepalWidth', 'PetalLength']
SPECIES = ['Setosa', 'Versicolor', 'Virginica']


def make_flowers(count, seed):
    rng = np.random.RandomState(seed)
    y = rng.randint(0, 3, count)
    centers = np.array([[5.0, 3.4, 1.5], [5.9, 2.8, 4.3], [6.6, 3.0, 5.6]])
    x = centers[y] + rng.randn(count, 3) * 0.3
    return {name: x[:, i].astype('float32') for i, name in enumerate(COLUMN_NAMES)}, y.astype('int32')


def input_fn(features, labels=None, training=False):
    tensors = {name: np.asarray(values, np.float32) for name, values in features.items()}
    dataset = tf.data.Dataset.from_tensor_slices(tensors if labels is None else (tensors, labels))
    if training:
        dataset = dataset.shuffle(200, seed=5).repeat()
    return dataset.batch(24)


train_x, train_y = make_flowers(120, 1)
test_x, test_y = make_flowers(30, 2)
columns = [tf.feature_column.numeric_column(key=key) for key in COLUMN_NAMES]

model_dir = tempfile.mkdtemp()
classifier = tf.estimator.DNNClassifier(
    feature_columns=columns,
    hidden_units=[10, 10],
    n_classes=3,
    model_dir=model_dir,
    optimizer=tf.train.AdamOptimizer(0.02),
    config=tf.estimator.RunConfig(tf_random_seed=1234))
classifier.train(input_fn=lambda: input_fn(train_x, train_y, training=True), steps=50)

eval_result = classifier.evaluate(input_fn=lambda: input_fn(test_x, test_y))
for key in sorted(eval_result):
    print('  %-22s %.6f' % (key, eval_result[key]))

predict_x = {'SepalLength': [5.0, 6.0, 6.7], 'SepalWidth': [3.5, 2.9, 3.0], 'PetalLength': [1.4, 4.4, 5.7]}
predictions = classifier.predict(input_fn=lambda: input_fn(predict_x))
for prediction, species in zip(predictions, SPECIES):
    winner = prediction['class_ids'][0]
    print('%s: %s with %.6f' % (species, SPECIES[winner], prediction['probabilities'][winner]))
print(sorted(n for n in classifier.get_variable_names() if 'Adam' not in n and 'power' not in n))
shutil.rmtree(model_dir)
