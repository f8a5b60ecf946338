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


def _head_fn(tf, kind):
    """A model function of a linear network whose metrics and host call are given in one of their forms."""
    tpu, modes = tf.contrib.tpu, tf.estimator.ModeKeys

    def metrics_of_list(labels, predictions):
        return {"mae": tf.metrics.mean_absolute_error(labels, predictions), "mean": tf.metrics.mean(predictions)}

    def metrics_of_dict(predictions, labels):
        return metrics_of_list(labels, predictions)

    def host(step, loss):
        with tf.contrib.summary.record_summaries_every_n_global_steps(1):
            tf.contrib.summary.scalar("host", loss[0], step=step[0])
            return tf.contrib.summary.all_summary_ops()

    def model_fn(features, labels, mode, config, params):
        w = tf.get_variable("w", [1, 1], initializer=tf.constant_initializer(0.5))
        y = tf.matmul(tf.reshape(features["x"], [-1, 1]), w)
        if mode == modes.PREDICT:
            outputs = {"serving_default": tf.estimator.export.PredictOutput({"y": y})}
            return tpu.TPUEstimatorSpec(
                mode, predictions={"y": y, "size": y * 0 + params["batch_size"]}, export_outputs=outputs
            )
        labels = tf.reshape(labels, [-1, 1])
        loss = tf.losses.mean_squared_error(labels, y)
        metrics = (
            (metrics_of_list, [labels, y])
            if kind == "list"
            else (metrics_of_dict, {"labels": labels, "predictions": y})
        )
        if mode == modes.EVAL:
            return tpu.TPUEstimatorSpec(mode, loss=loss, eval_metrics=metrics)
        optimizer = tf.train.MomentumOptimizer(params["rate"], 0.9)
        if params["use_tpu"]:
            optimizer = tpu.CrossShardOptimizer(optimizer)
        train_op = optimizer.minimize(loss, tf.train.get_global_step())
        step = tf.reshape(tf.train.get_global_step(), [1])
        hooks = [_Steps(tf)] if kind == "hook" else None
        host_call = (host, [step, tf.reshape(loss, [1])]) if kind == "host" else None
        return tpu.TPUEstimatorSpec(mode, loss=loss, train_op=train_op, host_call=host_call, training_hooks=hooks)

    return model_fn


def _Steps(tf):
    class Steps(tf.train.SessionRunHook):
        def after_run(self, run_context, run_values):
            SEEN.append(1)

    return Steps()


SEEN = []


def _headed(kind, **options):
    def call(tf):
        tf.logging.set_verbosity(tf.logging.ERROR)
        del SEEN[:]
        estimator = _made(tf, _head_fn(tf, kind), **options)
        estimator.train(_input_fn(tf), steps=8)
        found = estimator.evaluate(_input_fn(tf), steps=3)
        first = next(iter(estimator.predict(_input_fn(tf))))
        names = sorted(estimator.get_variable_names())
        files = sorted(name for name in os.listdir(estimator.model_dir) if name.endswith(".index"))
        values = [estimator.get_variable_value(name) for name in names]
        return [sorted(found), [found[key] for key in sorted(found)], [first[key] for key in sorted(first)]] + [
            names,
            values,
            files,
            len(SEEN),
        ]

    return call


def _made(tf, model_fn, iterations=2, steps=4, batch=4, folder=None, **options):
    tpu = tf.contrib.tpu
    config = tpu.RunConfig(
        model_dir=folder or tempfile.mkdtemp(),
        save_checkpoints_steps=steps,
        tpu_config=tpu.TPUConfig(iterations_per_loop=iterations, num_shards=8),
        **options,
    )
    return tpu.TPUEstimator(
        model_fn,
        config=config,
        use_tpu=False,
        params={"rate": 0.05},
        train_batch_size=batch,
        eval_batch_size=batch,
        predict_batch_size=batch,
    )


def _exported(tf):
    """The signature of an exported model, and what it answers."""
    tf.logging.set_verbosity(tf.logging.ERROR)
    estimator = _made(tf, _head_fn(tf, "list"))
    estimator.train(_input_fn(tf), steps=4)

    def receiver():
        x = tf.placeholder(tf.float32, [None], "x")
        return tf.estimator.export.ServingInputReceiver({"x": x}, {"x": x})

    folder = estimator.export_saved_model(tempfile.mkdtemp(), receiver)
    other = tf.contrib.tpu.export_estimator_savedmodel(estimator, tempfile.mkdtemp(), receiver)
    predict = tf.contrib.predictor.from_saved_model(folder.decode())
    return [sorted(os.listdir(folder)), sorted(os.listdir(other)), predict({"x": [1.0, 2.0]})["y"]]


def _warm_started(tf):
    tf.logging.set_verbosity(tf.logging.ERROR)
    first = _made(tf, _head_fn(tf, "list"))
    first.train(_input_fn(tf), steps=8)
    second = tf.contrib.tpu.TPUEstimator(
        _head_fn(tf, "list"),
        config=tf.contrib.tpu.RunConfig(model_dir=tempfile.mkdtemp()),
        use_tpu=False,
        train_batch_size=2,
        params={"rate": 0.0},
        warm_start_from=first.model_dir,
    )
    second.train(_input_fn(tf), max_steps=1)
    return [first.get_variable_value("w"), second.get_variable_value("w")]


def _saved_in_a_thread(tf):
    """The checkpoints of a session with the hook, and what its listener was told."""
    tf.logging.set_verbosity(tf.logging.ERROR)
    folder, told = tempfile.mkdtemp(), []

    class Listener(tf.train.CheckpointSaverListener):
        def after_save(self, session, step):
            told.append(int(step))

        def end(self, session, step):
            told.append(-int(step))

    step = tf.train.get_or_create_global_step()
    increment = tf.assign_add(step, 1)
    hook = tf.contrib.tpu.AsyncCheckpointSaverHook(
        folder, save_steps=100, saver=tf.train.Saver(), listeners=[Listener()]
    )
    with tf.train.SingularMonitoredSession([hook]) as session:
        for _ in range(3):
            session.run(increment)
    return [told, sorted(name for name in os.listdir(folder) if not name.startswith("events"))]


def _config(tf):
    tpu = tf.contrib.tpu
    config = tpu.RunConfig(tpu_config=tpu.TPUConfig(), model_dir="/tmp/x", cluster=None)
    inputs = [name for name in dir(tpu.InputPipelineConfig) if not name.startswith("_")]
    shown = [str(each) for each in tpu.TPUConfig(iterations_per_loop=7, num_cores_per_replica=2)[:9]]
    return (
        [config.evaluation_master, config.master, config.keep_checkpoint_max, config.save_summary_steps]
        + inputs
        + shown
    )


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
    "metrics of a list": _headed("list"),
    "metrics of a dictionary": _headed("dict", keep_checkpoint_max=1),
    "host call": _headed("host"),
    "hooks see each step": _headed("hook", iterations=4),
    "export": _exported,
    "warm start": _warm_started,
    "checkpoints in a thread": _saved_in_a_thread,
    "checkpoints in a thread need a time": lambda tf: tf.contrib.tpu.AsyncCheckpointSaverHook("/tmp"),
    "checkpoints in a thread of one saver": lambda tf: tf.contrib.tpu.AsyncCheckpointSaverHook(
        "/tmp", 1, saver=3, scaffold=tf.train.Scaffold()
    ),
    "configuration": _config,
    "configuration of no iteration": lambda tf: tf.contrib.tpu.TPUConfig(iterations_per_loop=0),
    "specification of metrics that are no pair": lambda tf: tf.contrib.tpu.TPUEstimatorSpec(
        "eval", loss=tf.constant(1.0), eval_metrics={"a": 1}
    ),
    "specification of a wrong host call": lambda tf: tf.contrib.tpu.TPUEstimatorSpec(
        "train", loss=tf.constant(1.0), train_op=tf.no_op(), host_call=[tf.no_op()]
    ),
    "bfloat16 scope": _half,
    "cross shard optimizer": lambda tf: [tf.contrib.tpu.CrossShardOptimizer(tf.train.AdamOptimizer()).get_name()],
    "core": lambda tf: tf.contrib.tpu.core(3),
    "cluster": _cluster,
    "cluster of the environment": _from_environment,
    "cluster refuses a specification": lambda tf: tf.contrib.cluster_resolver.SimpleClusterResolver("a:1").master(),
}
