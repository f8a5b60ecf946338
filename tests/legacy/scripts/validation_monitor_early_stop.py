"""tf.contrib.learn with a ValidationMonitor that stops early, and a monitor of our own, in the style of 2016."""

import os
import tempfile

import numpy as np
import tensorflow as tf
from tensorflow.contrib import learn
from tensorflow.contrib.learn.python.learn import monitors as monitor_lib

tf.logging.set_verbosity(tf.logging.ERROR)

iris = learn.datasets.load_dataset("iris")
order = np.random.RandomState(5).permutation(150)
x, y = iris.data[order].astype(np.float32), iris.target[order]
x_train, y_train, x_val, y_val = x[:100], y[:100], x[100:], y[100:]


class LossHistory(monitor_lib.EveryN):
    """Remembers the loss every few steps."""

    def __init__(self, every_n_steps):
        super(LossHistory, self).__init__(every_n_steps=every_n_steps, first_n_steps=1)
        self.history = []

    def every_n_step_begin(self, step):
        return ["softmax/loss"]

    def every_n_step_end(self, step, outputs):
        self.history.append((int(step), float(outputs["softmax/loss"])))
        return False


def softmax_model(features, targets, mode):
    targets = tf.one_hot(targets, 3, 1.0, 0.0)
    hidden = tf.contrib.layers.stack(features, tf.contrib.layers.fully_connected, [10, 5], scope="layers")
    logits = tf.contrib.layers.fully_connected(hidden, 3, activation_fn=None, scope="logits")
    with tf.name_scope("softmax"):
        loss = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(labels=targets, logits=logits), name="loss")
    train_op = tf.contrib.layers.optimize_loss(
        loss, tf.contrib.framework.get_global_step(), optimizer="Adagrad", learning_rate=0.3
    )
    return {"class": tf.argmax(logits, 1), "prob": tf.nn.softmax(logits)}, loss, train_op


def run(name, early_stopping_rounds, metric, minimize):
    model_dir = tempfile.mkdtemp()
    config = learn.RunConfig(tf_random_seed=42, save_checkpoints_steps=10, save_checkpoints_secs=None)
    classifier = learn.Estimator(model_fn=softmax_model, model_dir=model_dir, config=config)
    metrics = {"accuracy": learn.MetricSpec(tf.contrib.metrics.streaming_accuracy, prediction_key="class")}
    validation = monitor_lib.ValidationMonitor(
        x_val,
        y_val,
        every_n_steps=10,
        metrics=metrics,
        early_stopping_rounds=early_stopping_rounds,
        early_stopping_metric=metric,
        early_stopping_metric_minimize=minimize,
        check_interval_secs=None,
    )
    history = LossHistory(25)
    weights = monitor_lib.CaptureVariable("logits/biases:0", every_n=40)
    classifier.fit(x_train, y_train, steps=120, batch_size=100, monitors=[validation, history, weights])
    print(name, "stopped early:", validation.early_stopped, "at best step", int(validation.best_step))
    print("  best %s %.4f" % (metric, validation.best_value))
    print("  metrics:", sorted(validation.best_metrics))
    for step, loss in history.history:
        print("  step %d loss %.4f" % (step, loss))
    for step in sorted(weights.values):
        print("  biases at %d: %s" % (step, np.round(weights.values[step], 3).tolist()))
    scores = classifier.evaluate(x_val, y_val, metrics=metrics)
    print("  global step %d, loss %.4f, accuracy %.4f" % (scores["global_step"], scores["loss"], scores["accuracy"]))
    print("  eval folders:", sorted(f for f in os.listdir(model_dir) if f.startswith("eval")))


run("loss", 50, "loss", True)
run("accuracy", 20, "accuracy", False)
