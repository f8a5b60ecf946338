"""A classifier trained by TPUEstimator on the CPU, from TFRecords, as it was written to run on either."""

from __future__ import absolute_import, division, print_function

import os
import tempfile

import numpy as np
import tensorflow as tf
from tensorflow.contrib.tpu.python.tpu import tpu_config, tpu_estimator

flags = tf.flags
FLAGS = flags.FLAGS
flags.DEFINE_bool("use_tpu", False, "Use a TPU rather than the CPU.")
flags.DEFINE_integer("train_batch_size", 16, "Batch size for training.")
flags.DEFINE_float("learning_rate", 0.05, "The learning rate.")
flags.DEFINE_integer("iterations_per_loop", 10, "Steps between calls of the host.")

FEATURES = 6


def write_records(path, seed, count):
    rng = np.random.RandomState(seed)
    with tf.python_io.TFRecordWriter(path) as writer:
        for _ in range(count):
            label = rng.randint(3)
            x = rng.randn(FEATURES) * 0.5 + np.eye(FEATURES)[label] * 2
            feature = {
                "x": tf.train.Feature(float_list=tf.train.FloatList(value=x)),
                "label": tf.train.Feature(int64_list=tf.train.Int64List(value=[label])),
            }
            writer.write(tf.train.Example(features=tf.train.Features(feature=feature)).SerializeToString())


def input_fn_builder(path, is_training):
    spec = {"x": tf.FixedLenFeature([FEATURES], tf.float32), "label": tf.FixedLenFeature([], tf.int64)}

    def decode(record):
        example = tf.parse_single_example(record, spec)
        for name in list(example.keys()):
            if example[name].dtype == tf.int64:
                example[name] = tf.to_int32(example[name])
        return example, example.pop("label")

    def input_fn(params):
        dataset = tf.data.TFRecordDataset(path)
        if is_training:
            dataset = dataset.repeat().shuffle(buffer_size=50, seed=1)
        return dataset.apply(
            tf.contrib.data.map_and_batch(decode, batch_size=params["batch_size"], drop_remainder=True)
        )

    return input_fn


def metric_fn(labels, logits):
    predictions = tf.argmax(logits, axis=-1, output_type=tf.int32)
    return {"eval_accuracy": tf.metrics.accuracy(labels, predictions)}


def model_fn(features, labels, mode, params):
    print("mode", mode, "batch", params["batch_size"], "tpu", params["use_tpu"])
    hidden = tf.layers.dense(features["x"], 8, activation=tf.nn.relu, name="hidden")
    logits = tf.layers.dense(hidden, 3, name="logits")
    if mode == tf.estimator.ModeKeys.PREDICT:
        return tpu_estimator.TPUEstimatorSpec(mode, predictions={"probabilities": tf.nn.softmax(logits)})
    loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels=labels, logits=logits))
    if mode == tf.estimator.ModeKeys.EVAL:
        return tpu_estimator.TPUEstimatorSpec(mode, loss=loss, eval_metrics=(metric_fn, [labels, logits]))
    optimizer = tf.train.AdamOptimizer(params["learning_rate"])
    if params["use_tpu"]:
        optimizer = tf.contrib.tpu.CrossShardOptimizer(optimizer)
    train_op = optimizer.minimize(loss, global_step=tf.train.get_global_step())
    return tpu_estimator.TPUEstimatorSpec(mode, loss=loss, train_op=train_op)


def main(_):
    folder = tempfile.mkdtemp()
    train, test = os.path.join(folder, "train.tfrecord"), os.path.join(folder, "test.tfrecord")
    write_records(train, 0, 120)
    write_records(test, 1, 40)
    config = tpu_config.RunConfig(
        model_dir=os.path.join(folder, "model"),
        tf_random_seed=11,
        save_checkpoints_steps=20,
        tpu_config=tpu_config.TPUConfig(
            iterations_per_loop=FLAGS.iterations_per_loop,
            num_shards=8,
            per_host_input_for_training=tpu_config.InputPipelineConfig.PER_HOST_V2,
        ),
    )
    estimator = tpu_estimator.TPUEstimator(
        use_tpu=FLAGS.use_tpu,
        model_fn=model_fn,
        config=config,
        params={"learning_rate": FLAGS.learning_rate},
        train_batch_size=FLAGS.train_batch_size,
        eval_batch_size=8,
        predict_batch_size=4,
    )
    estimator.train(input_fn=input_fn_builder(train, True), max_steps=40)
    result = estimator.evaluate(input_fn=input_fn_builder(test, False), steps=5)
    for key in sorted(result.keys()):
        print("  %s = %.5f" % (key, result[key]))
    for index, prediction in enumerate(estimator.predict(input_fn=input_fn_builder(test, False))):
        if index < 3:
            print("probabilities", " ".join("%.4f" % p for p in prediction["probabilities"]))
    print(index + 1, "predictions;", sorted(estimator.get_variable_names()))


if __name__ == "__main__":
    tf.logging.set_verbosity(tf.logging.ERROR)
    tf.app.run()
