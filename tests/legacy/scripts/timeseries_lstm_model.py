"""A custom model of two series: an LSTM below tf.contrib.timeseries, trained and continued by TimeSeriesRegressor."""
from __future__ import absolute_import
from __future__ import division
from __future__ import print_function

import functools
import tempfile

import numpy as np
import tensorflow as tf
from tensorflow.contrib.timeseries.python.timeseries import NumpyReader
from tensorflow.contrib.timeseries.python.timeseries import estimators as ts_estimators
from tensorflow.contrib.timeseries.python.timeseries import model as ts_model
from tensorflow.contrib.timeseries.python.timeseries import state_management

tf.logging.set_verbosity(tf.logging.ERROR)


class LSTMModel(ts_model.SequentialTimeSeriesModel):
    """Reads values and predicts the next ones from its state."""

    def __init__(self, num_units, num_features, dtype=tf.float32):
        super(LSTMModel, self).__init__(
            train_output_names=['mean'], predict_output_names=['mean'],
            num_features=num_features, dtype=dtype)
        self._num_units = num_units
        self._lstm_cell = None
        self._lstm_cell_run = None
        self._predict_from_lstm_output = None

    def initialize_graph(self, input_statistics=None):
        super(LSTMModel, self).initialize_graph(input_statistics=input_statistics)
        with tf.variable_scope('', use_resource=True):
            self._lstm_cell = tf.nn.rnn_cell.LSTMCell(num_units=self._num_units)
            self._lstm_cell_run = tf.make_template(
                name_='lstm_cell', func_=self._lstm_cell, create_scope_now_=True)
            self._predict_from_lstm_output = tf.make_template(
                name_='predict_from_lstm_output',
                func_=functools.partial(tf.layers.dense, units=self.num_features),
                create_scope_now_=True)

    def get_start_state(self):
        return (
            tf.zeros([], dtype=tf.int64),
            tf.zeros([self.num_features], dtype=self.dtype),
            [tf.squeeze(state_element, axis=0)
             for state_element in self._lstm_cell.zero_state(batch_size=1, dtype=self.dtype)])

    def _transform(self, data):
        mean, variance = self._input_statistics.overall_feature_moments
        return (data - mean) / variance

    def _de_transform(self, data):
        mean, variance = self._input_statistics.overall_feature_moments
        return data * variance + mean

    def _filtering_step(self, current_times, current_values, state, predictions):
        state_from_time, prediction, lstm_state = state
        with tf.control_dependencies([tf.assert_equal(current_times, state_from_time)]):
            transformed_values = self._transform(current_values)
            predictions['loss'] = tf.reduce_mean((prediction - transformed_values) ** 2, axis=-1)
            new_state_tuple = (current_times, transformed_values, lstm_state)
        return (new_state_tuple, predictions)

    def _prediction_step(self, current_times, state):
        _, previous_observation_or_prediction, lstm_state = state
        lstm_output, new_lstm_state = self._lstm_cell_run(
            inputs=previous_observation_or_prediction, state=lstm_state)
        next_prediction = self._predict_from_lstm_output(lstm_output)
        new_state_tuple = (current_times, next_prediction, new_lstm_state)
        return new_state_tuple, {'mean': self._de_transform(next_prediction)}

    def _imputation_step(self, current_times, state):
        return state

    def _exogenous_input_step(self, current_times, current_exogenous_regressors, state):
        raise NotImplementedError('Exogenous inputs are not implemented for this example.')


def main(_):
    x = np.arange(80)
    y = np.stack([np.sin(x / 4.0), np.cos(x / 6.0) + x / 80.0], axis=1).astype(np.float32)
    reader = NumpyReader({'times': x, 'values': y})
    starts = range(0, 65, 8)
    windows = {'times': np.array([x[s:s + 16] for s in starts]), 'values': np.array([y[s:s + 16] for s in starts])}
    train_input_fn = lambda: ({key: tf.constant(value) for key, value in windows.items()}, None)

    estimator = ts_estimators.TimeSeriesRegressor(
        model=LSTMModel(num_features=2, num_units=12),
        state_manager=state_management.ChainingStateManager(),
        optimizer=tf.train.AdamOptimizer(0.03),
        model_dir=tempfile.mkdtemp(),
        config=tf.estimator.RunConfig(tf_random_seed=9))
    for steps in (1, 30):
        estimator.train(input_fn=train_input_fn, steps=steps)
        evaluation = estimator.evaluate(input_fn=tf.contrib.timeseries.WholeDatasetInputFn(reader), steps=1)
        print('step %d, loss %.4f' % (evaluation['global_step'], evaluation['loss']))
    (predictions,) = tuple(estimator.predict(
        input_fn=tf.contrib.timeseries.predict_continuation_input_fn(evaluation, steps=8)))
    print('observed', evaluation['observed'][0, -1].tolist())
    for time, mean in zip(predictions['times'], predictions['mean']):
        print('%d: %.3f %.3f' % (time, mean[0], mean[1]))
    print(sorted(name for name in estimator.get_variable_names() if 'Adam' not in name and 'statistics' not in name))


if __name__ == '__main__':
    tf.app.run()
