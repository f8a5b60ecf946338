"""Small uses of what ``tf.contrib.layers`` has for training: initializers, regularizers, optimizers, summaries."""

import numpy as np

from .inputs import VECTORS


def _initial(make, shape):
    """Returns a call that gives the standard deviation, in hundredths, and the mean of the initial values."""

    def call(tf):
        tf.set_random_seed(1)
        values = make(tf.contrib.layers)(shape)
        return lambda session: [round(float(np.std(session.run(values))), 2)]

    return call


def _initial_values(make, shape):
    def call(tf):
        tf.set_random_seed(3)
        variable = tf.get_variable("v", shape, initializer=make(tf.contrib.layers), trainable=False)
        return variable + 0.0

    return call


def _regularized(tf, regularizer):
    for name, shape in (("a", [2, 3]), ("b", [4])):
        variable = tf.get_variable(name, shape)
        tf.add_to_collection(tf.GraphKeys.WEIGHTS, variable)
    loss = tf.contrib.layers.apply_regularization(regularizer(tf.contrib.layers))
    return [loss, loss.op.name]


def _regularizer(make):
    return lambda tf: make(tf.contrib.layers)(tf.constant([1.0, -2.0, 3.0]))


def _train(optimizer, rate=0.1, steps=3, **options):
    """Returns a call that trains ``(w - 3)^2`` and gives w, the loss, and the names of variables and summaries."""

    def call(tf):
        options_now = {name: make(tf) if callable(make) else make for name, make in options.items()}
        chosen = optimizer(tf) if callable(optimizer) else optimizer
        rate_now = rate(tf) if callable(rate) else rate
        w = tf.get_variable("w", [], initializer=tf.zeros_initializer())
        step = tf.train.get_or_create_global_step()
        op = tf.contrib.layers.optimize_loss(tf.square(w - 3.0), step, rate_now, chosen, **options_now)
        names = sorted(found.op.name for found in tf.get_collection(tf.GraphKeys.SUMMARIES))

        def run(session):
            losses = [session.run(op) for _ in range(steps)]
            return [losses, session.run(w), session.run(step), op.op.name] + names

        return run

    return call


def _decayed(rate, step):
    return rate / 2.0


def _summaries(call):
    def names(tf):
        call(tf, tf.contrib.layers)
        return sorted(found.op.name + " " + found.op.type for found in tf.get_collection(tf.GraphKeys.SUMMARIES))

    return names


def _summarize_tensors(tf, layers):
    layers.summarize_tensors([tf.constant(1.0, name="scalar"), tf.constant([1.0], name="vector")])
    layers.summarize_tensor(tf.constant([True], name="flags"), "tagged")


def _summarize_activations(tf, layers):
    layers.fully_connected(VECTORS(tf), 2, outputs_collections=tf.GraphKeys.ACTIVATIONS, scope="fc")
    layers.summarize_activations()
    layers.summarize_activation(tf.constant([1.0], name="linear"))
    layers.summarize_collection(tf.GraphKeys.GLOBAL_VARIABLES, name_filter="fc/w")


CALLS = {
    "xavier_initializer": _initial(lambda layers: layers.xavier_initializer(), [40, 60]),
    "xavier_initializer normal": _initial(lambda layers: layers.xavier_initializer(uniform=False), [40, 60]),
    "xavier_initializer_conv2d": _initial(lambda layers: layers.xavier_initializer_conv2d(), [3, 3, 10, 20]),
    "xavier_initializer values": _initial_values(lambda layers: layers.xavier_initializer(seed=5), [2, 3]),
    "variance_scaling_initializer": _initial(lambda layers: layers.variance_scaling_initializer(), [40, 60]),
    "variance_scaling_initializer values": _initial_values(
        lambda layers: layers.variance_scaling_initializer(1.0, "FAN_AVG", True), [2, 3]
    ),
    "variance_scaling_initializer of integers": lambda tf: tf.contrib.layers.variance_scaling_initializer(
        dtype=tf.int32
    ),
    "variance_scaling_initializer of an unknown mode": lambda tf: tf.contrib.layers.variance_scaling_initializer(
        mode="FAN"
    ),
    "l1_regularizer": _regularizer(lambda layers: layers.l1_regularizer(0.1)),
    "l2_regularizer": _regularizer(lambda layers: layers.l2_regularizer(0.1)),
    "l1_l2_regularizer": _regularizer(lambda layers: layers.l1_l2_regularizer(0.1, 0.2)),
    "sum_regularizer": _regularizer(
        lambda layers: layers.sum_regularizer([layers.l1_regularizer(0.1), layers.l2_regularizer(0.2)])
    ),
    "l2_regularizer of zero": lambda tf: tf.contrib.layers.l2_regularizer(0.0)(tf.constant([1.0])),
    "l2_regularizer of an integer": lambda tf: tf.contrib.layers.l2_regularizer(1),
    "l1_regularizer below zero": lambda tf: tf.contrib.layers.l1_regularizer(-1.0),
    "apply_regularization": lambda tf: _regularized(tf, lambda layers: layers.l2_regularizer(0.1)),
    "apply_regularization to nothing": lambda tf: tf.contrib.layers.apply_regularization(
        tf.contrib.layers.l2_regularizer(0.1), []
    ),
    "optimize_loss by name": _train("SGD"),
    "optimize_loss Momentum": _train("Momentum"),
    "optimize_loss Adam": _train("Adam"),
    "optimize_loss Adagrad": _train("Adagrad"),
    "optimize_loss Ftrl": _train("Ftrl"),
    "optimize_loss RMSProp": _train("RMSProp"),
    "optimize_loss by class": _train(lambda tf: tf.train.AdamOptimizer),
    "optimize_loss by object": _train(lambda tf: tf.train.GradientDescentOptimizer(0.2), None),
    "optimize_loss by function": _train(lambda tf: lambda rate: tf.train.GradientDescentOptimizer(rate * 2.0)),
    "optimize_loss with clipping": _train("SGD", clip_gradients=0.5),
    "optimize_loss with adaptive clipping": _train(
        "SGD", clip_gradients=lambda tf: tf.contrib.slim.adaptive_clipping_fn(decay=0.5)
    ),
    "optimize_loss with multipliers": _train("SGD", gradient_multipliers={"w": 0.1}),
    "optimize_loss with decay": _train("SGD", learning_rate_decay_fn=lambda tf: _decayed),
    "optimize_loss with all summaries": _train("SGD", summaries=lambda tf: tf.contrib.layers.OPTIMIZER_SUMMARIES),
    "optimize_loss without a step": _train("SGD", increment_global_step=False, name="train"),
    "optimize_loss of a tensor's rate": _train("SGD", lambda tf: tf.constant(0.1)),
    "optimize_loss of an unknown optimizer": _train("Newton"),
    "optimize_loss of a bad rate": _train("SGD", -1.0),
    "optimize_loss of unknown summaries": _train("SGD", summaries=lambda tf: ["weights"]),
    "summarize_tensors": _summaries(_summarize_tensors),
    "summarize_activations": _summaries(_summarize_activations),
}
