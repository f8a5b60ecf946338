"""A custom Estimator of tf.contrib.learn, as for the age of shells: model_fn with params, metrics and predictions."""
from __future__ import print_function

import numpy as np
import tensorflow as tf
from tensorflow.contrib import layers, learn
from tensorflow.contrib.learn.python.learn import metric_spec
from tensorflow.contrib.learn.python.learn.estimators import model_fn as model_fn_lib

tf.logging.set_verbosity(tf.logging.ERROR)
LEARNING_RATE = 0.01

rng = np.random.RandomState(8)
shells = rng.uniform(0.1, 1.0, (160, 7)).astype(np.float32)
rings = (10 * shells[:, 0] + 5 * shells[:, 3] ** 2 + rng.randn(160) * 0.2).astype(np.float32)
train_x, train_y, test_x, test_y = shells[:128], rings[:128], shells[128:], rings[128:]


def model_fn(features, targets, mode, params):
    """Two hidden layers and a linear output."""
    first_hidden_layer = layers.relu(features, 10, weights_initializer=layers.xavier_initializer(seed=3))
    second_hidden_layer = layers.relu(
        first_hidden_layer, 10, weights_initializer=layers.xavier_initializer(seed=4))
    output_layer = layers.linear(second_hidden_layer, 1)
    predictions = tf.reshape(output_layer, [-1])
    predictions_dict = {"ages": predictions, "rounded": tf.round(predictions)}
    if mode == learn.ModeKeys.INFER:
        return model_fn_lib.ModelFnOps(mode=mode, predictions=predictions_dict)

    loss = tf.losses.mean_squared_error(targets, predictions)
    train_op = layers.optimize_loss(
        loss=loss, global_step=tf.contrib.framework.get_global_step(),
        learning_rate=params["learning_rate"], optimizer="Adam")
    eval_metric_ops = {
        "rmse": tf.metrics.root_mean_squared_error(targets, predictions),
        "largest": tf.contrib.metrics.streaming_percentage_less(tf.abs(targets - predictions), 1.0),
    }
    return model_fn_lib.ModelFnOps(
        mode=mode, predictions=predictions_dict, loss=loss, train_op=train_op, eval_metric_ops=eval_metric_ops)


def normalized(features, targets):
    return (features - 0.55) / 0.26, targets


class LossLogger(tf.train.SessionRunHook):
    """Prints the loss of a few steps."""

    def begin(self):
        self._step = 0
        self._loss = tf.get_collection(tf.GraphKeys.LOSSES)[0]

    def before_run(self, run_context):
        return tf.train.SessionRunArgs(self._loss)

    def after_run(self, run_context, run_values):
        if self._step % 20 == 0:
            print('step %d loss %.5f' % (self._step, run_values.results))
        self._step += 1


nn = learn.Estimator(
    model_fn=model_fn, params={"learning_rate": LEARNING_RATE}, feature_engineering_fn=normalized,
    config=learn.RunConfig(tf_random_seed=5))
nn.fit(x=train_x, y=train_y, steps=100, batch_size=32, monitors=[LossLogger()])

ev = nn.evaluate(x=test_x, y=test_y, metrics={
    "mae": metric_spec.MetricSpec(tf.contrib.metrics.streaming_mean_absolute_error, prediction_key="ages"),
})
for name in ("loss", "rmse", "mae", "largest"):
    print("%s: %.5f" % (name, ev[name]))

for i, p in enumerate(nn.predict(x=test_x[:5], as_iterable=True)):
    print("Prediction %s: %.4f, rounded %d" % (i + 1, p["ages"], p["rounded"]))
together = nn.predict(x=test_x, as_iterable=False)
print(sorted(together), together["ages"].shape, '%.4f' % together["ages"].sum())
nn.partial_fit(x=train_x, y=train_y, batch_size=128)
print('global step', nn.get_variable_value('global_step'))
print([name for name in nn.get_variable_names() if 'Adam' not in name])
try:
    learn.Estimator(model_fn=lambda features, targets: None, params={})
except ValueError as error:
    print('ValueError', str(error)[:22])
