"""``tf.contrib.tpu`` without a TPU, and ``tf.contrib.cluster_resolver``."""

import os
import tempfile

import numpy as np


def _model_fn(tf):
    tpu, modes = tf.contrib.tpu, tf.estimator.ModeKeys

    def metrics(labels, predictions):
        return {"mse": tf.metrics.mean_squared_error(labels, predictions)}

    def model_fn(features, labels, mode, params):
        w = tf.get_variable("w", [], initializer=tf.zeros_initializer())
        predictions = features["x"] * w
        if mode == modes.PREDICT:
            return tpu.TPUEstimatorSpec(mode, predictions={"y": predictions})
        loss = tf.reduce_mean(tf.square(predictions - labels))
        if mode == modes.EVAL:
            return tpu.TPUEstimatorSpec(mode, loss=loss, eval_metrics=(metrics, [labels, predictions]))
        optimizer = tf.train.GradientDescentOptimizer(params["rate"])
        return tpu.TPUEstimatorSpec(mode, loss=loss, train_op=optimizer.minimize(loss, tf.train.get_global_step()))

    return model_fn


def _estimator(tf, **options):
    tpu = tf.contrib.tpu
    pipeline = tpu.InputPipelineConfig.PER_HOST_V2
    config = tpu.RunConfig(
        model_dir=tempfile.mkdtemp(),
        save_checkpoints_steps=5,
        log_step_count_steps=None,
        tpu_config=tpu.TPUConfig(iterations_per_loop=5, num_shards=8, per_host_input_for_training=pipeline),
    )
    return tpu.TPUEstimator(_model_fn(tf), config=config, use_tpu=False, params={"rate": 0.1}, **options)


def _input_fn(tf):
    def input_fn(params):
        x = np.arange(8, dtype=np.float32) / 8
        dataset = tf.data.Dataset.from_tensor_slices(({"x": x}, x * 3))
        return dataset.repeat(5).batch(params["batch_size"], drop_remainder=True)

    return input_fn


def _trained(tf):
    tf.logging.set_verbosity(tf.logging.ERROR)
    estimator = _estimator(tf, train_batch_size=4, eval_batch_size=4, predict_batch_size=4)
    estimator.train(_input_fn(tf), max_steps=10)
    found = estimator.evaluate(_input_fn(tf), steps=2)
    predictions = [each["y"] for each, _ in zip(estimator.predict(_input_fn(tf)), range(3))]
    return [found[name] for name in sorted(found)] + predictions + [estimator.get_variable_value("w")]


def _half(tf):
    with tf.contrib.tpu.bfloat16_scope():
        half = tf.get_variable("half", [2], tf.bfloat16, initializer=tf.ones_initializer())
        whole = tf.get_variable("whole", [2], tf.float32, initializer=tf.ones_initializer())
    return [half.dtype.name, whole.dtype.name, tf.cast(half, tf.float32) + whole]


def _cluster(tf):
    spec = tf.train.ClusterSpec({"worker": ["a:1", "b:2"]})
    resolver = tf.contrib.cluster_resolver.SimpleClusterResolver(spec, task_type="worker", task_id=1)
    other = tf.contrib.cluster_resolver.SimpleClusterResolver(tf.train.ClusterSpec({"ps": ["c:3"]}))
    union = tf.contrib.cluster_resolver.UnionClusterResolver(resolver, other)
    jobs = union.cluster_spec().as_dict()
    return [resolver.master("worker", 0), resolver.task_id] + [str((job, jobs[job])) for job in sorted(jobs)]


def _from_environment(tf):
    os.environ["TF_CONFIG"] = '{"cluster": {"worker": ["a:1"]}, "task": {"type": "worker", "index": 0}}'
    try:
        resolver = tf.contrib.cluster_resolver.TFConfigClusterResolver()
        return [resolver.task_type, resolver.task_id, resolver.cluster_spec().job_tasks("worker")[0]]
    finally:
        del os.environ["TF_CONFIG"]


CALLS = {
    "estimator without a tpu": _trained,
    "estimator needs a batch size": lambda tf: _estimator(tf).train(_input_fn(tf), max_steps=1),
    "estimator refuses an own batch_size": lambda tf: tf.contrib.tpu.TPUEstimator(
        _model_fn(tf), params={"batch_size": 1}, use_tpu=False, train_batch_size=1
    ),
    "bfloat16 scope": _half,
    "cross shard optimizer": lambda tf: [tf.contrib.tpu.CrossShardOptimizer(tf.train.AdamOptimizer()).get_name()],
    "core": lambda tf: tf.contrib.tpu.core(3),
    "cluster": _cluster,
    "cluster of the environment": _from_environment,
    "cluster refuses a specification": lambda tf: tf.contrib.cluster_resolver.SimpleClusterResolver("a:1").master(),
}
