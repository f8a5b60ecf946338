"""Small uses of ``tf.keras.mixed_precision.experimental``."""

import numpy as np


def _policy(name, *loss_scale):
    def call(tf):
        policy = tf.keras.mixed_precision.experimental.Policy(name, *loss_scale)
        dtypes = [policy.name, policy.compute_dtype, policy.variable_dtype, policy.should_cast_variables]
        return dtypes + [str(policy.loss_scale), repr(policy)]

    return call


def _no_string(tf):
    return tf.keras.mixed_precision.experimental.Policy(tf.float16)


def _layer(policy, dtype="float32"):
    """Computes a dense layer of a policy, and says what dtypes it has."""

    def call(tf):
        dtype_of = getattr(tf, dtype)
        layer = tf.keras.layers.Dense(2, dtype=tf.keras.mixed_precision.experimental.Policy(policy), name="dense")
        output = layer(tf.constant([[1.0, 2.0, 3.0]], dtype_of))
        kept = [output.dtype.name, layer.dtype, type(layer.kernel).__name__, layer.kernel.dtype.name]
        return kept + [str(layer.get_config()["dtype"]), tf.cast(output, tf.float32)]

    return call


def _globally(policy, dtype="float16"):
    """Returns what a layer is like while a policy is set for all."""

    def call(tf):
        experimental = tf.keras.mixed_precision.experimental
        experimental.set_policy(policy)
        try:
            layer = tf.keras.layers.Dense(2, name="dense")
            output = layer(tf.ones([1, 3], getattr(tf, dtype)))
            name = experimental.global_policy().name
        finally:
            experimental.set_policy(None)
        return [name, experimental.global_policy().name, output.dtype.name, layer.dtype, tf.cast(output, tf.float32)]

    return call


def _optimizer(tf, scale, **settings):
    optimizer = tf.keras.optimizers.SGD(0.5, **settings)
    return tf.keras.mixed_precision.experimental.LossScaleOptimizer(optimizer, scale)


def _scaled(scale):
    def call(tf):
        optimizer = _optimizer(tf, scale)
        loss, half = optimizer.get_scaled_loss(tf.constant(2.0)), optimizer.get_scaled_loss(lambda: tf.constant(0.5))()
        return [loss, half] + optimizer.get_unscaled_gradients([tf.constant([4.0, 8.0]), None, tf.constant(2.0)])

    return call


def _minimized(scale, steps=3, power=2):
    """Returns the weights, scale and learning rate after steps."""

    def call(tf):
        weights = tf.keras.backend.variable([1.0, 2.0], name="weights")
        optimizer = _optimizer(tf, scale)
        step = optimizer.get_updates(tf.reduce_sum(weights**power), [weights])
        optimizer.lr = 0.25

        def run(session):
            session.run(weights.initializer)
            found = []
            for _ in range(steps):
                session.run(step)
                found += session.run([weights, optimizer.loss_scale(), optimizer.iterations])
            return found + session.run([optimizer.learning_rate, optimizer.lr])

        return run

    return call


def _overflow(tf):
    """A gradient that is not finite is not applied, and halves the scale."""
    weights = tf.keras.backend.variable([1.0], name="weights")
    optimizer = _optimizer(tf, tf.train.experimental.DynamicLossScale(8.0, increment_period=2))
    factor = tf.placeholder_with_default(2.0, [])
    step = optimizer.apply_gradients([(factor * weights, weights)])

    def run(session):
        session.run(weights.initializer)
        found = []
        for value in (2.0, np.inf, 2.0, 2.0, 2.0):
            session.run(step, {factor: value})
            found += session.run([weights, optimizer.loss_scale()])
        return found

    return run


def _model(tf, policy, optimizer):
    class Model(tf.keras.Model):
        def __init__(self):
            super(Model, self).__init__(dtype=policy)
            self.dense = tf.keras.layers.Dense(1, dtype=policy)

        def call(self, x):
            return tf.cast(self.dense(tf.cast(x, tf.float16)), tf.float32)

    model = Model()
    model.compile(optimizer, "mse")
    return model


def _trained(scale, optimizer="sgd"):
    def call(tf):
        policy = tf.keras.mixed_precision.experimental.Policy("mixed_float16", *scale)
        model = _model(tf, policy, optimizer)

        def run(session):
            # Sums of these are exact in float16.
            x = np.array([[0.25, -0.5, 1.0], [0.5, 0.0, -0.25], [-0.75, 0.25, 0.5], [0.125, 0.25, 0.0]])
            model.predict(x)
            model.set_weights([np.array([[0.5], [-0.25], [0.125]]), np.zeros(1)])
            losses = [model.train_on_batch(x, np.full([4, 1], 0.5)) for _ in range(2)]
            scale_of = getattr(model.optimizer, "loss_scale", None)
            return [type(model.optimizer).__name__, str(scale_of)] + losses + model.get_weights()

        return run

    return call


def _wrapped(optimizer):
    return lambda tf: tf.keras.mixed_precision.experimental.LossScaleOptimizer(optimizer(tf), 2.0)


CALLS = {
    "Policy float32": _policy("float32"),
    "Policy mixed_float16": _policy("mixed_float16"),
    "Policy mixed_bfloat16": _policy("mixed_bfloat16"),
    "Policy mixed_float16 without loss scale": _policy("mixed_float16", None),
    "Policy with a fixed loss scale": _policy("float16_with_float32_vars", 4.0),
    "Policy infer": _policy("infer"),
    "Policy infer_float32_vars": _policy("infer_float32_vars"),
    "Policy float32_with_float32_vars": _policy("float32_with_float32_vars"),
    "Policy refuses an unknown dtype": _policy("no_such_dtype"),
    "Policy refuses a dtype": _no_string,
    "layer of float16": _layer("float16", "float16"),
    "layer of mixed_float16": _layer("mixed_float16", "float16"),
    "layer of mixed_float16 on float32": _layer("mixed_float16"),
    "layer of infer": _layer("infer", "float64"),
    "layer of infer_with_float32_vars": _layer("infer_with_float32_vars", "float16"),
    "set_policy": _globally("infer_with_float32_vars"),
    "set_policy infer": _globally("infer"),
    "set_policy refuses a dtype": _globally("mixed_float16"),
    "LossScaleOptimizer scales": _scaled(4.0),
    "LossScaleOptimizer scales dynamically": _scaled("dynamic"),
    "LossScaleOptimizer fixed": _minimized(8.0),
    "LossScaleOptimizer dynamic": _minimized("dynamic"),
    "LossScaleOptimizer skips what is not finite": _overflow,
    "LossScaleOptimizer refuses clipnorm": lambda tf: _optimizer(tf, 2.0, clipnorm=1.0),
    "LossScaleOptimizer refuses clipvalue": lambda tf: _optimizer(tf, 2.0, clipvalue=1.0),
    "LossScaleOptimizer refuses an optimizer of tf.train": _wrapped(lambda tf: tf.train.GradientDescentOptimizer(0.1)),
    "LossScaleOptimizer refuses get_config": lambda tf: _optimizer(tf, 2.0).get_config(),
    "model of mixed_float16": _trained([]),
    "model of a fixed loss scale": _trained([16.0]),
    "model without loss scale": _trained([None]),
}
