"""train_and_evaluate with hooks, then export_savedmodel and contrib.predictor on what it wrote."""
from __future__ import print_function

import os
import tempfile

import numpy as np
import tensorflow as tf

tf.logging.set_verbosity(tf.logging.ERROR)


class StepCounter(tf.train.SessionRunHook):
    """Keeps the loss of every step."""

    def __init__(self):
        self.losses = []

    def begin(self):
        self.loss = tf.get_collection(tf.GraphKeys.LOSSES)[0]

    def before_run(self, run_context):
        return tf.train.SessionRunArgs(self.loss)

    def after_run(self, run_context, run_values):
        self.losses.append(float(run_values.results))


def model_fn(features, labels, mode):
    hidden = tf.layers.dense(features['x'], 8, activation=tf.nn.relu, name='hidden')
    output = tf.squeeze(tf.layers.dense(hidden, 1, name='output'), axis=1)
    export_outputs = {'serving_default': tf.estimator.export.PredictOutput({'y': output})}
    if mode == tf.estimator.ModeKeys.PREDICT:
        return tf.estimator.EstimatorSpec(mode, predictions={'y': output}, export_outputs=export_outputs)
    loss = tf.losses.mean_squared_error(labels, output)
    metrics = {'rmse': tf.metrics.root_mean_squared_error(labels, output)}
    if mode == tf.estimator.ModeKeys.EVAL:
        return tf.estimator.EstimatorSpec(mode, loss=loss, eval_metric_ops=metrics)
    train_op = tf.contrib.layers.optimize_loss(loss, tf.train.get_global_step(), 0.05, 'Adam', summaries=[])
    return tf.estimator.EstimatorSpec(mode, loss=loss, train_op=train_op)


x = np.linspace(-1, 1, 60).reshape(30, 2).astype(np.float32)
y = (x[:, 0] ** 2 - x[:, 1]).astype(np.float32)


def input_fn():
    return tf.data.Dataset.from_tensor_slices(({'x': x}, y)).repeat().batch(15)


def serving_input_receiver_fn():
    inputs = {'x': tf.placeholder(tf.float32, [None, 2])}
    return tf.estimator.export.ServingInputReceiver(inputs, inputs)


counter = StepCounter()
estimator = tf.estimator.Estimator(model_fn, model_dir=tempfile.mkdtemp(),
                                   config=tf.estimator.RunConfig(tf_random_seed=9, save_checkpoints_steps=20))
train_spec = tf.estimator.TrainSpec(input_fn, max_steps=40, hooks=[counter])
eval_spec = tf.estimator.EvalSpec(input_fn, steps=2, throttle_secs=0)
result, _ = tf.estimator.train_and_evaluate(estimator, train_spec, eval_spec)
print({key: round(float(value), 6) for key, value in sorted(result.items())})
print(len(counter.losses), ['%.6f' % loss for loss in counter.losses[::10]])

export_dir = estimator.export_savedmodel(tempfile.mkdtemp(), serving_input_receiver_fn)
print(sorted(os.listdir(export_dir)))
predict = tf.contrib.predictor.from_saved_model(export_dir)
print(sorted(predict.feed_tensors), sorted(predict.fetch_tensors))
print(predict({'x': x[:3]})['y'].tolist())
