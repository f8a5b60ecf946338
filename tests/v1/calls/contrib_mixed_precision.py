"""Small uses of ``tf.contrib.mixed_precision``."""

import numpy as np


def _weights(tf):
    return tf.get_variable("weights", [3], initializer=tf.constant_initializer(0.5))


def _trained(make, factors, optimizer=None, half=False):
    """Takes a step for each factor of the loss; infinite factors make infinite gradients."""

    def call(tf):
        weights = _weights(tf)
        factor = tf.placeholder(tf.float32, [])
        used = tf.cast(weights, tf.float16) if half else weights
        loss = tf.reduce_sum(tf.square(used)) * tf.cast(factor, used.dtype)
        manager = make(tf.contrib.mixed_precision)
        inner = optimizer(tf) if optimizer else tf.train.GradientDescentOptimizer(0.01)
        step = tf.train.get_or_create_global_step()
        train = tf.contrib.mixed_precision.LossScaleOptimizer(inner, manager).minimize(loss, global_step=step)

        def train_all(session):
            seen = []
            for each in factors:
                session.run(train, {factor: each})
                seen.append(session.run([weights, manager.get_loss_scale(), step] + tf.global_variables()))
            return seen

        return train_all

    return call


def _exponential(*arguments, **options):
    return lambda module: module.ExponentialUpdateLossScaleManager(*arguments, **options)


def _fixed(scale):
    return lambda module: module.FixedLossScaleManager(scale)


def _gradients(half):
    def call(tf):
        weights = _weights(tf)
        other = tf.get_variable("other", [2])
        used = tf.cast(weights, tf.float16) if half else weights
        manager = tf.contrib.mixed_precision.FixedLossScaleManager(1000)
        optimizer = tf.contrib.mixed_precision.LossScaleOptimizer(tf.train.AdamOptimizer(), manager)
        pairs = optimizer.compute_gradients(lambda: tf.reduce_sum(used * used) * 1e-6, [weights, other])
        return [grad for grad, _ in pairs] + [variable.op.name for _, variable in pairs]

    return call


def _without_gradient(tf):
    weights, other = _weights(tf), tf.get_variable("other", [2])
    manager = tf.contrib.mixed_precision.FixedLossScaleManager(10)
    optimizer = tf.contrib.mixed_precision.LossScaleOptimizer(tf.train.AdamOptimizer(), manager)
    return optimizer.minimize(tf.reduce_sum(weights), var_list=[weights, other])


def _abstract(tf):
    return tf.contrib.mixed_precision.LossScaleManager()


GOOD, BAD = 1.0, np.inf

CALLS = {
    "LossScaleOptimizer": _trained(_fixed(128.0), [GOOD, 2.0]),
    "LossScaleOptimizer of Adam": _trained(_fixed(8), [GOOD, BAD, GOOD], lambda tf: tf.train.AdamOptimizer()),
    "LossScaleOptimizer of float16": _trained(_fixed(64), [GOOD, 2.0], half=True),
    "ExponentialUpdateLossScaleManager": _trained(_exponential(2.0**3, 2), [GOOD, GOOD, GOOD, BAD, GOOD, BAD, GOOD]),
    "ExponentialUpdateLossScaleManager with options": _trained(
        _exponential(4, 3, 1, incr_ratio=10.0, decr_ratio=0.1), [BAD, BAD, GOOD, GOOD, GOOD, GOOD]
    ),
    "ExponentialUpdateLossScaleManager near overflow": _trained(_exponential(3e38, 1), [1e-10, 1e-10]),
    "compute_gradients": _gradients(False),
    "compute_gradients of float16": _gradients(True),
    "a variable without gradient": _without_gradient,
    "FixedLossScaleManager below 1": lambda tf: tf.contrib.mixed_precision.FixedLossScaleManager(0.5),
    "LossScaleManager": _abstract,
}
