"""An autoregressive model of a noisy sine: windows of the series, evaluation, and a forecast with its bounds."""
from __future__ import absolute_import
from __future__ import division
from __future__ import print_function

import tempfile

import numpy as np
import tensorflow as tf
from tensorflow.contrib.timeseries.python.timeseries import NumpyReader

tf.logging.set_verbosity(tf.logging.ERROR)

PERIOD = 20
WINDOW_IN, WINDOW_OUT = 15, 5


def make_series(length, seed=1):
    rng = np.random.RandomState(seed)
    x = np.arange(length)
    y = np.sin(2 * np.pi * x / PERIOD) + x / 100.0 + rng.uniform(-0.05, 0.05, length)
    return {
        tf.contrib.timeseries.TrainEvalFeatures.TIMES: x,
        tf.contrib.timeseries.TrainEvalFeatures.VALUES: y,
    }


def windows_input_fn(data, size):
    """Every window once, in its order, so that two runs see the same batches."""
    starts = range(0, len(data['times']) - size + 1, 4)
    features = {
        'times': np.array([data['times'][s:s + size] for s in starts]),
        'values': np.array([data['values'][s:s + size, None] for s in starts], np.float32),
    }
    return lambda: ({key: tf.constant(value) for key, value in features.items()}, None)


def main(_):
    data = make_series(160)
    reader = NumpyReader(data)
    ar = tf.contrib.timeseries.ARRegressor(
        periodicities=PERIOD, input_window_size=WINDOW_IN, output_window_size=WINDOW_OUT,
        num_features=1,
        loss=tf.contrib.timeseries.ARModel.NORMAL_LIKELIHOOD_LOSS,
        model_dir=tempfile.mkdtemp(),
        config=tf.estimator.RunConfig(tf_random_seed=4))
    ar.train(input_fn=windows_input_fn(data, WINDOW_IN + WINDOW_OUT), steps=40)

    evaluation_input_fn = tf.contrib.timeseries.WholeDatasetInputFn(reader)
    # keys of evaluation: ['covariance', 'loss', 'mean', 'observed', 'start_tuple', 'times', 'global_step']
    evaluation = ar.evaluate(input_fn=evaluation_input_fn, steps=1)
    print('step %d, loss %.4f' % (evaluation['global_step'], evaluation['loss']))
    error = evaluation['mean'] - evaluation['observed']
    print('evaluated %s, mean squared error %.4f' % (evaluation['mean'].shape, np.mean(error ** 2)))

    (predictions,) = tuple(ar.predict(
        input_fn=tf.contrib.timeseries.predict_continuation_input_fn(evaluation, steps=12)))
    mean = predictions['mean'].reshape(-1)
    bound = np.sqrt(predictions['covariance'].reshape(-1))
    for time, value, sigma in zip(predictions['times'], mean, bound):
        print('%d: %.3f +- %.3f' % (time, value, sigma))
    print(sorted(name for name in ar.get_variable_names() if 'Adagrad' not in name))


if __name__ == '__main__':
    tf.app.run()
