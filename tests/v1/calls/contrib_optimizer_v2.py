"""Small uses of ``tf.contrib.optimizer_v2``."""

import numpy as np

OPTIMIZERS = {
    "AdadeltaOptimizer": ({"learning_rate": 1.0}, {"rho": 0.5, "epsilon": 1e-2, "name": "Other"}),
    "AdagradOptimizer": ({"learning_rate": 0.1}, {"learning_rate": 0.2, "initial_accumulator_value": 0.5}),
    "AdamOptimizer": ({}, {"learning_rate": 0.1, "beta1": 0.5, "beta2": 0.7, "epsilon": 0.1, "use_locking": True}),
    "GradientDescentOptimizer": ({"learning_rate": 0.1}, {"learning_rate": 0.2, "use_locking": True, "name": "SGD"}),
    "MomentumOptimizer": (
        {"learning_rate": 0.1, "momentum": 0.9},
        {"learning_rate": 0.1, "momentum": 0.5, "use_nesterov": True},
    ),
    "RMSPropOptimizer": (
        {"learning_rate": 0.1},
        {"learning_rate": 0.1, "decay": 0.5, "momentum": 0.3, "epsilon": 1e-3, "centered": True},
    ),
}


def _loss(tf, use_resource, dtype="float32"):
    """A dense and a sparse gradient; a row is there twice."""
    dense = tf.get_variable("dense", [2, 3], dtype, use_resource=use_resource)
    sparse = tf.get_variable("sparse", [4, 2], dtype, use_resource=use_resource)
    rows = tf.nn.embedding_lookup(sparse, [1, 3, 1])
    return tf.reduce_sum(tf.square(dense)) + tf.reduce_sum(rows * rows * tf.constant([[1.0], [2.0], [3.0]], dtype))


def _trained(kind, use_resource=False, dtype="float32", **options):
    def call(tf):
        loss = _loss(tf, use_resource, dtype)
        optimizer = getattr(tf.contrib.optimizer_v2, kind)(**options)
        step = tf.train.get_or_create_global_step()
        train = optimizer.minimize(loss, global_step=step)

        def train_all(session):
            for _ in range(3):
                session.run(train)
            slots = [slot for slot in optimizer.get_slot_names() if slot]
            variables = [variable.op.name for variable in optimizer.variables()]
            collected = len(tf.get_collection(tf.GraphKeys.TRAIN_OP))
            return [session.run(tf.global_variables()), slots, variables, train.name, collected]

        return train_all

    return call


def _hyper(kind):
    """A hyperparameter that is a tensor or a function."""

    def call(tf):
        loss = _loss(tf, False)
        rate = tf.placeholder_with_default(0.5, [])
        given = rate if kind == "tensor" else lambda: rate
        optimizer = tf.contrib.optimizer_v2.MomentumOptimizer(given, 0.9)
        trains = [optimizer.minimize(loss), optimizer.minimize(loss, name="again")]

        def train_all(session):
            session.run(trains[0])
            session.run(trains[1], {rate: 0.1})
            return [session.run(tf.global_variables())] + [train.name for train in trains]

        return train_all

    return call


def _gradients(**options):
    def call(tf):
        weights = tf.get_variable("weights", [3])
        middle = weights * 2.0
        optimizer = tf.contrib.optimizer_v2.GradientDescentOptimizer(0.1)
        options_of = dict(options)
        if options_of.pop("stopped", False):
            options_of["stop_gradients"] = [middle]
        if options_of.pop("weighted", False):
            options_of["grad_loss"] = tf.constant([1.0, 2.0, 3.0])
        loss = lambda: middle * middle + weights  # noqa: E731
        if not options_of.pop("function", False):
            loss = loss()
        return [grad for grad, _ in optimizer.compute_gradients(loss, **options_of)]

    return call


def _own(tf):
    class Halving(tf.contrib.optimizer_v2.OptimizerV2):
        def __init__(self):
            super().__init__(False, "Halving")
            self._set_hyper("factor", 0.5)

        def _create_vars(self, var_list, state):
            for variable in var_list:
                state.create_slot(variable, variable.initialized_value(), "start")
            state.create_non_slot(3.0, "count")

        def _prepare(self, state):
            self.hyper = state.get_hyper("factor")

        def _apply_dense(self, grad, var, state):
            start = state.get_slot(var, "start")
            return tf.assign(var, start * state.get_hyper("factor", var.dtype.base_dtype) + 0.0 * grad)

        def _finish(self, state):
            return state.get_non_slot("count").assign_add(1.0)

    weights = tf.get_variable("weights", [3], initializer=tf.constant_initializer(0.7))
    train = Halving().minimize(tf.reduce_sum(weights))

    def run(session):
        session.run(train)
        return session.run(tf.global_variables())

    return run


def _constrained(tf):
    weights = tf.get_variable("weights", [3], constraint=lambda value: tf.clip_by_value(value, -0.5, 0.5))
    train = tf.contrib.optimizer_v2.GradientDescentOptimizer(0.1).minimize(tf.reduce_sum(weights))

    def run(session):
        session.run(train)
        return session.run(weights)

    return run


def _slots(tf):
    class Old(tf.contrib.optimizer_v2.OptimizerV2):
        def _create_slots(self, var_list):
            return var_list

    return Old(False, "Old")


def _minimize(make_loss, **options):
    def call(tf):
        tf.get_variable("weights", [3])
        return tf.contrib.optimizer_v2.GradientDescentOptimizer(0.1).minimize(make_loss(tf), **options)

    return call


def _applied(make_pairs):
    def call(tf):
        weights = tf.get_variable("weights", [3])
        return tf.contrib.optimizer_v2.GradientDescentOptimizer(0.1).apply_gradients(make_pairs(tf, weights))

    return call


CALLS = {}
for _name, (_defaults, _options) in OPTIMIZERS.items():
    CALLS[_name] = _trained(_name, **_defaults)
    CALLS[_name + " with options"] = _trained(_name, **_options)
    CALLS[_name + " of resources"] = _trained(_name, use_resource=True, **_defaults)
    CALLS[_name + " of resources with options"] = _trained(_name, use_resource=True, **_options)
CALLS.update(
    {
        "AdamOptimizer of float64": _trained("AdamOptimizer", dtype="float64"),
        "a tensor as learning rate": _hyper("tensor"),
        "a function as learning rate": _hyper("function"),
        "compute_gradients": _gradients(),
        "compute_gradients of a function": _gradients(function=True),
        "compute_gradients gated": _gradients(gate_gradients=2),
        "compute_gradients ungated": _gradients(gate_gradients=0),
        "compute_gradients stopped": _gradients(stopped=True),
        "compute_gradients weighted": _gradients(weighted=True),
        "compute_gradients gated otherwise": _gradients(gate_gradients=3),
        "an own optimizer": _own,
        "a constraint": _constrained,
        "_create_slots": _slots,
        "no name": lambda tf: tf.contrib.optimizer_v2.GradientDescentOptimizer(0.1, name=""),
        "no gradient": _minimize(lambda tf: tf.constant(1.0)),
        "no variable": _minimize(lambda tf: tf.constant(1.0), var_list=[]),
        "an integer loss": _minimize(lambda tf: tf.constant(1)),
        "no pair": _applied(lambda tf, weights: []),
        "pairs without gradient": _applied(lambda tf, weights: [(None, weights)]),
        "a gradient that is none": _applied(lambda tf, weights: [("x", weights)]),
        "AdagradOptimizer from nothing": lambda tf: tf.contrib.optimizer_v2.AdagradOptimizer(
            0.1, initial_accumulator_value=-np.float32(1)
        ),
    }
)
