"""A regression as an Experiment that learn_runner trains, evaluates and exports, in the style of 2017."""

import os
import tempfile

import numpy as np
import tensorflow as tf
from tensorflow.contrib.learn.python.learn import learn_runner
from tensorflow.contrib.learn.python.learn.estimators import run_config as run_config_lib
from tensorflow.contrib.learn.python.learn.utils import saved_model_export_utils

tf.logging.set_verbosity(tf.logging.ERROR)

rng = np.random.RandomState(12)
ROOMS = rng.uniform(1, 6, size=(64, 1)).astype(np.float32)
AGE = rng.uniform(0, 40, size=(64, 1)).astype(np.float32)
PRICE = 0.8 * ROOMS - 0.02 * AGE + 1.0


def get_input_fn(start, end, batch_size):
    def input_fn():
        features = {"rooms": ROOMS[start:end], "age": AGE[start:end] / 40.0}
        dataset = tf.data.Dataset.from_tensor_slices((features, PRICE[start:end]))
        dataset = dataset.repeat().batch(batch_size)
        return dataset.make_one_shot_iterator().get_next()

    return input_fn


def model_fn(features, labels, mode, params):
    net = tf.concat([features["rooms"], features["age"]], axis=1)
    for i, units in enumerate(params.hidden):
        net = tf.contrib.layers.fully_connected(net, units, activation_fn=tf.nn.tanh, scope="hidden_%d" % i)
    price = tf.contrib.layers.fully_connected(net, 1, activation_fn=None, scope="price")
    if mode == tf.estimator.ModeKeys.PREDICT:
        outputs = {"serving_default": tf.estimator.export.PredictOutput({"price": price})}
        return tf.estimator.EstimatorSpec(mode, predictions={"price": price}, export_outputs=outputs)
    loss = tf.losses.mean_squared_error(labels, price)
    train_op = tf.contrib.layers.optimize_loss(
        loss, tf.train.get_global_step(), learning_rate=params.learning_rate, optimizer="Adam"
    )
    metrics = {"rmse": tf.metrics.root_mean_squared_error(labels, price)}
    return tf.estimator.EstimatorSpec(mode, loss=loss, train_op=train_op, eval_metric_ops=metrics)


def serving_input_fn():
    inputs = {name: tf.placeholder(tf.float32, [None, 1], name=name) for name in ("rooms", "age")}
    return tf.estimator.export.ServingInputReceiver(inputs, inputs)


def experiment_fn(run_config, hparams):
    estimator = tf.estimator.Estimator(model_fn=model_fn, params=hparams, config=run_config)
    return tf.contrib.learn.Experiment(
        estimator=estimator,
        train_input_fn=get_input_fn(0, 48, 16),
        eval_input_fn=get_input_fn(48, 64, 16),
        train_steps=hparams.train_steps,
        eval_steps=1,
        min_eval_frequency=20,
        export_strategies=[saved_model_export_utils.make_export_strategy(serving_input_fn, exports_to_keep=1)],
    )


def main(_):
    hparams = tf.contrib.training.HParams(hidden=[8, 4], learning_rate=0.02, train_steps=60)
    hparams.parse("learning_rate=0.03")
    run_config = run_config_lib.RunConfig(tf_random_seed=7, save_checkpoints_steps=20)
    run_config = run_config.replace(model_dir=tempfile.mkdtemp())
    print("chief:", run_config.is_chief, "master: %r" % run_config.master, "workers:", run_config.num_worker_replicas)
    metrics, exports = learn_runner.run(
        experiment_fn=experiment_fn, run_config=run_config, schedule="train_and_evaluate", hparams=hparams
    )
    for name in sorted(metrics):
        print("%s = %.5f" % (name, metrics[name]))
    exported = exports[0].decode()
    print("exported:", sorted(os.listdir(exported)))
    with tf.Session(graph=tf.Graph()) as sess:
        graph = tf.saved_model.loader.load(sess, ["serve"], exported)
        signature = graph.signature_def["serving_default"]
        feed = {signature.inputs["rooms"].name: [[2.0], [5.0]], signature.inputs["age"].name: [[0.5], [0.1]]}
        for value in sess.run(signature.outputs["price"].name, feed):
            print("price %.4f" % value[0])


if __name__ == "__main__":
    tf.app.run()
