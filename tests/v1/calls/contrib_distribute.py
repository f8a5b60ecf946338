"""``tf.contrib.distribute`` on one machine, and ``tf.estimator`` with its strategies."""

import tempfile

import numpy as np

X = np.arange(16, dtype=np.float32).reshape(8, 2) / 16
Y = X.sum(1, keepdims=True) * 2


def _model_fn(tf):
    def model_fn(features, labels, mode):
        y = tf.layers.dense(features["x"], 1, kernel_initializer=tf.constant_initializer(0.1))
        if mode == tf.estimator.ModeKeys.PREDICT:
            return tf.estimator.EstimatorSpec(mode, predictions={"y": y})
        loss = tf.losses.mean_squared_error(labels, y)
        metrics = {"mae": tf.metrics.mean_absolute_error(labels, y)}
        train_op = tf.train.MomentumOptimizer(0.1, 0.9).minimize(loss, tf.train.get_global_step())
        return tf.estimator.EstimatorSpec(mode, loss=loss, train_op=train_op, eval_metric_ops=metrics)

    return model_fn


def _trained(make):
    def call(tf):
        tf.logging.set_verbosity(tf.logging.ERROR)
        strategy = make(tf)
        config = tf.estimator.RunConfig(
            tempfile.mkdtemp(), tf_random_seed=1, train_distribute=strategy, eval_distribute=strategy
        )
        estimator = tf.estimator.Estimator(_model_fn(tf), config=config)

        def input_fn():
            return tf.data.Dataset.from_tensor_slices(({"x": X}, Y)).repeat(2).batch(4)

        estimator.train(input_fn, steps=4)
        found = estimator.evaluate(input_fn, steps=2)
        names = sorted(estimator.get_variable_names())
        first = next(iter(estimator.predict(input_fn)))
        return [[found[key] for key in sorted(found)], names, estimator.get_variable_value("dense/kernel"), first["y"]]

    return call


def _stepped(tf):
    """A ``Monitor`` that runs a ``Step`` to the end of its data, in the session."""
    strategy = tf.contrib.distribute.OneDeviceStrategy("/cpu:0")
    with strategy.scope():
        w = tf.get_variable("w", [2, 1], initializer=tf.zeros_initializer())

    class Step(tf.contrib.distribute.Step):
        def __call__(self):
            return tf.assign_add(w, tf.ones([2, 1]))

    session = tf.get_default_session()
    monitor = tf.contrib.distribute.Monitor(Step(strategy), session)
    monitor.run_steps(3)
    value = session.run(w)
    return lambda session: value


def _contexts(tf):
    distribute = tf.contrib.distribute
    before = [distribute.has_distribution_strategy(), distribute.in_cross_replica_context()]
    strategy = distribute.MirroredStrategy(["/cpu:0"])
    with strategy.scope():
        inside = [distribute.has_strategy(), distribute.in_cross_replica_context()]
        inside += [distribute.get_distribution_strategy() is strategy, strategy.num_replicas_in_sync]
    return before + inside


def _made(name, **options):
    return lambda tf: getattr(tf.contrib.distribute, name)(**options).num_replicas_in_sync


def _strategy(name, *arguments):
    return lambda tf: getattr(tf.contrib.distribute, name)(*arguments)


CALLS = {
    "an estimator on the core's MirroredStrategy": _trained(lambda tf: tf.distribute.MirroredStrategy(["/cpu:0"])),
    "an estimator on MirroredStrategy": _trained(_strategy("MirroredStrategy", None, 0)),
    "an estimator on OneDeviceStrategy": _trained(_strategy("OneDeviceStrategy", "/cpu:0")),
    "an estimator on ParameterServerStrategy": _trained(_strategy("ParameterServerStrategy")),
    "an estimator on CollectiveAllReduceStrategy": _trained(_strategy("CollectiveAllReduceStrategy")),
    "contexts": _contexts,
    "Monitor": _stepped,
    "Monitor without a session": lambda tf: tf.contrib.distribute.Monitor(None),
    "MirroredStrategy of two numbers of GPUs": _made("MirroredStrategy", num_gpus=1, num_gpus_per_worker=1),
    "MirroredStrategy of devices and GPUs": _made("MirroredStrategy", devices=["/cpu:0"], num_gpus=1),
    "DistributeConfig": lambda tf: [str(each) for each in tf.contrib.distribute.DistributeConfig(eval_distribute=3)],
}
