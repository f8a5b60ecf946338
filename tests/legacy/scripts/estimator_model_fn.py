"""A custom Estimator: model_fn for the three modes, params, eval_metric_ops and predictions."""
from __future__ import absolute_import
from __future__ import division
from __future__ import print_function

import tempfile

import numpy as np
import tensorflow as tf

tf.logging.set_verbosity(tf.logging.ERROR)

rng = np.random.RandomState(31)
FEATURES = rng.uniform(-1, 1, (120, 2)).astype(np.float32)
LABELS = (FEATURES[:, 0] * FEATURES[:, 1] > 0).astype(np.int32)


def quadrants(features, labels, mode, params):
    net = features['x']
    for units in params['hidden_units']:
        net = tf.layers.dense(net, units=units, activation=tf.nn.tanh)
    logits = tf.layers.dense(net, params['n_classes'], activation=None)
    winner = tf.argmax(logits, 1)
    if mode == tf.estimator.ModeKeys.PREDICT:
        predictions = {'winner': winner, 'probabilities': tf.nn.softmax(logits)}
        return tf.estimator.EstimatorSpec(mode, predictions=predictions)

    loss = tf.losses.sparse_softmax_cross_entropy(labels=labels, logits=logits)
    accuracy = tf.metrics.accuracy(labels=labels, predictions=winner)
    if mode == tf.estimator.ModeKeys.EVAL:
        return tf.estimator.EstimatorSpec(mode, loss=loss, eval_metric_ops={'accuracy': accuracy})

    tf.summary.scalar('accuracy', accuracy[1])
    optimizer = tf.train.AdagradOptimizer(learning_rate=params['learning_rate'])
    train_op = optimizer.minimize(loss, global_step=tf.train.get_global_step())
    return tf.estimator.EstimatorSpec(mode, loss=loss, train_op=train_op)


def train_input_fn():
    dataset = tf.data.Dataset.from_tensor_slices(({'x': FEATURES}, LABELS))
    return dataset.shuffle(120, seed=1).repeat().batch(30)


def main(argv):
    classifier = tf.estimator.Estimator(
        model_fn=quadrants,
        model_dir=tempfile.mkdtemp(),
        config=tf.estimator.RunConfig(tf_random_seed=17, save_summary_steps=100),
        params={'hidden_units': [10, 6], 'n_classes': 2, 'learning_rate': 0.3})
    classifier.train(input_fn=train_input_fn, steps=60)
    eval_fn = tf.estimator.inputs.numpy_input_fn({'x': FEATURES}, LABELS, batch_size=40, num_epochs=1, shuffle=False)
    result = classifier.evaluate(input_fn=eval_fn)
    for key in sorted(result):
        print('%s: %.6f' % (key, result[key]))

    predict_x = {'x': np.array([[.5, .5], [-.6, .4], [.9, -.9]], np.float32)}
    predict_fn = tf.estimator.inputs.numpy_input_fn(predict_x, num_epochs=1, shuffle=False)
    for prediction, expected in zip(classifier.predict(predict_fn), [1, 0, 0]):
        class_id = prediction['winner']
        print('class %d with %.6f, should be %d' % (class_id, prediction['probabilities'][class_id], expected))
    print(sorted(name for name in classifier.get_variable_names() if 'Adagrad' not in name))
    print(classifier.get_variable_value('dense_2/bias').tolist())


if __name__ == '__main__':
    tf.app.run(main)
