"""Small uses of ``tf.contrib.opt``: two or three steps of each optimizer on dense and sparse gradients."""

import numpy as np

START = np.arange(1, 7, dtype=np.float32).reshape(3, 2) / 4


def _loss(tf, matrix, rows, sparse):
    """Returns a loss of which one row of ``rows`` has no gradient."""
    picked = tf.gather(rows, [2, 0, 2]) if sparse else rows
    target = tf.constant(START * 0.5 - 1)
    return tf.reduce_sum(tf.square(matrix - target)) + tf.reduce_sum(tf.square(picked) * 0.3)


def _variables(tf, resource):
    with tf.variable_scope("model", use_resource=resource):
        return tf.get_variable("matrix", initializer=START), tf.get_variable("rows", initializer=-START)


def _trained(session, step, fetched, steps):
    for _ in range(steps):
        session.run(step)
    return session.run(fetched)


def _steps(make, sparse=False, resource=False, steps=3, with_step=False):
    """Returns what the variables and slots are after some steps."""

    def call(tf):
        matrix, rows = _variables(tf, resource)
        step = tf.train.get_or_create_global_step()
        optimizer = make(tf)
        train = optimizer.minimize(_loss(tf, matrix, rows, sparse), global_step=step if with_step else None)
        return lambda session: _trained(session, train, tf.global_variables(), steps)

    return call


def _all_kinds(name, make, **options):
    return {
        name: _steps(make, **options),
        name + " with sparse gradient": _steps(make, sparse=True, **options),
        name + " of resource with sparse gradient": _steps(make, sparse=True, resource=True, steps=2, **options),
    }


def _opt(name, *args, **options):
    return lambda tf: getattr(tf.contrib.opt, name)(*args, **options)


def _global_step_adam(name):
    return lambda tf: getattr(tf.contrib.opt, name)(tf.train.get_or_create_global_step(), 0.1)


def _decayed(name, decay, **options):
    def make(tf):
        from importlib import import_module

        module = tf.contrib.opt if hasattr(tf.contrib.opt, decay) else None
        module = module or import_module("tensorflow.contrib.opt.python.training.sign_decay")
        return getattr(tf.contrib.opt, name)(0.1, sign_decay_fn=getattr(module, decay)(5, **options))

    return _steps(make, with_step=True)


def _wrapped(make):
    def call(tf):
        matrix, rows = _variables(tf, False)
        step = tf.train.get_or_create_global_step()
        optimizer = make(tf, matrix, rows)
        train = optimizer.minimize(_loss(tf, matrix, rows, True), global_step=step)
        return lambda session: _trained(session, train, tf.global_variables(), 2)

    return call


def _multitask(tf, matrix, rows):
    return tf.contrib.opt.MultitaskOptimizerWrapper(tf.train.MomentumOptimizer(0.1, 0.9))


def _multitask_of_zero_gradient(tf):
    matrix, rows = _variables(tf, False)
    optimizer = tf.contrib.opt.MultitaskOptimizerWrapper(tf.train.MomentumOptimizer(0.1, 0.9))
    first = optimizer.apply_gradients([(tf.ones([3, 2]), matrix), (tf.ones([3, 2]), rows)])
    second = optimizer.apply_gradients([(tf.zeros([3, 2]), matrix), (tf.ones([3, 2]), rows)])

    def run(session):
        session.run(first)
        return _after(session, second, tf)

    return run


def _after(session, op, tf):
    session.run(op)
    return session.run(tf.global_variables())


def _clipped_by_norm(tf):
    grads = [tf.fill([2], 30.0), None, tf.zeros([3]), tf.fill([2], -40.0)]
    pairs, norm = tf.contrib.opt.clip_gradients_by_global_norm(list(zip(grads, "abcd")))
    return [pairs[0][0], pairs[2][0], pairs[3][0], norm, "".join(name for _, name in pairs)]


def _clipping(tf, matrix, rows):
    return tf.contrib.opt.VariableClippingOptimizer(
        tf.train.GradientDescentOptimizer(0.1), {matrix: [1], rows: [1]}, 0.5, colocate_clip_ops_with_vars=True
    )


def _clipping_of_all_rows(tf, matrix, rows):
    return tf.contrib.opt.VariableClippingOptimizer(tf.train.GradientDescentOptimizer(0.1), {rows: [0]}, 0.5)


def _stale(tf, matrix, rows):
    return tf.contrib.opt.DropStaleGradientOptimizer(tf.train.GradientDescentOptimizer(0.1), 0)


def _averaged(tf):
    matrix, rows = _variables(tf, False)
    optimizer = tf.contrib.opt.MovingAverageOptimizer(tf.train.GradientDescentOptimizer(0.1), 0.5)
    train = optimizer.minimize(_loss(tf, matrix, rows, False))
    saver = optimizer.swapping_saver()
    restored = sorted(variable.op.name for variable in saver._var_list.values())
    return lambda session: [_trained(session, train, tf.global_variables(), 2), restored]


def _average_before_training(tf):
    return tf.contrib.opt.MovingAverageOptimizer(tf.train.GradientDescentOptimizer(0.1)).swapping_saver()


def _regularized_adagrad(tf):
    matrix, rows = _variables(tf, False)
    optimizer = tf.contrib.opt.RegAdagradOptimizer(0.1)
    pairs = [(tf.ones([3, 2]), matrix), (tf.IndexedSlices(tf.ones([2, 2]), [0, 2]), rows)]
    first = optimizer.apply_gradients(pairs)
    with optimizer.avoid_updating_slots():
        second = optimizer.apply_gradients(pairs)
    return lambda session: _after(session, second, tf) + _after(session, first, tf)


def _given_gradients(make, resource=False, some=False):
    """Returns what the variables are after two steps with gradients that do not wait for the decay."""

    def call(tf):
        matrix, rows = _variables(tf, resource)
        pairs = [(tf.constant(START), matrix), (tf.IndexedSlices(tf.ones([2, 2]), tf.constant([0, 2])), rows)]
        options = {"decay_var_list": [rows]} if some else {}
        train = make(tf).apply_gradients(pairs, **options)
        return lambda session: _trained(session, train, tf.global_variables(), 2)

    return call


def _minimized_with_decay(tf):
    rows = _variables(tf, False)[1]
    train = tf.contrib.opt.AdamWOptimizer(0.1).minimize(tf.reduce_sum(rows), decay_var_list=[rows])
    return lambda session: _trained(session, train, [rows], 2)


def _extended(tf):
    return tf.contrib.opt.extend_with_decoupled_weight_decay(tf.train.GradientDescentOptimizer)(
        weight_decay=0.1, learning_rate=0.1
    )


def _external(tf):
    class Descent(tf.contrib.opt.ExternalOptimizerInterface):
        def _minimize(self, initial_val, loss_grad_func, packed_bounds, optimizer_kwargs, step_callback, **unused):
            for _ in range(3):
                initial_val = initial_val - optimizer_kwargs["rate"] * loss_grad_func(initial_val)[1]
                step_callback(initial_val)
            seen.append(packed_bounds[-1])
            return np.maximum(initial_val, [low for low, _ in packed_bounds])

    seen = []
    matrix, rows = _variables(tf, False)
    scale = tf.placeholder(tf.float32, [])
    bounds = {rows: (-1.0, [1.0, 2.0])}
    optimizer = Descent(scale * _loss(tf, matrix, rows, False), var_to_bounds=bounds, rate=0.1)

    def run(session):
        losses = []
        optimizer.minimize(session, {scale: 2.0}, [matrix[0, 0]], loss_callback=losses.append)
        return [session.run([matrix, rows]), losses, seen]

    return run


def _external_without_method(tf):
    matrix, rows = _variables(tf, False)
    optimizer = tf.contrib.opt.ExternalOptimizerInterface(_loss(tf, matrix, rows, False))
    return lambda session: optimizer.minimize(session)


def _scipy(**options):
    def call(tf):
        matrix, rows = _variables(tf, False)
        optimizer = tf.contrib.opt.ScipyOptimizerInterface(_loss(tf, matrix, rows, False), **options)
        return lambda session: optimizer.minimize(session)

    return call


def _workers(getter, make, steps=3, **options):
    """Returns the variables of a single worker after some steps."""

    def call(tf):
        opt = tf.contrib.opt
        custom = getattr(opt, getter)("/cpu:0")
        with tf.variable_scope("", custom_getter=custom):
            matrix, rows = _variables(tf, False)
            tf.get_variable("untrained", initializer=1.0, trainable=False, collections=["global_variables"])
        step = tf.train.get_or_create_global_step()
        optimizer = make(tf, custom)
        train = optimizer.apply_gradients(optimizer.compute_gradients(_loss(tf, matrix, rows, False)), step)
        init = optimizer.get_init_op(0) if getter != "ModelAverageCustomGetter" else optimizer.get_init_op()
        local = [variable for variable in tf.local_variables() if variable.dtype.base_dtype == tf.float32]

        def run(session):
            # The variables' first values were set by now; the worker takes the shared ones.
            session.run(init)
            for _ in range(steps):
                session.run(train)
            return session.run(tf.global_variables() + local)

        return run

    return call


def _elastic(tf, getter):
    return tf.contrib.opt.ElasticAverageOptimizer(
        tf.train.GradientDescentOptimizer(0.1), 1, getter, communication_period=2
    )


CALLS = {
    "AGNOptimizer": _workers(
        "AGNCustomGetter",
        lambda tf, getter: tf.contrib.opt.AGNOptimizer(tf.train.MomentumOptimizer(0.1, 0.9), 1, getter, 2),
    ),
    "ElasticAverageOptimizer": _workers("ElasticAverageCustomGetter", _elastic),
    "ModelAverageOptimizer": _workers(
        "ModelAverageCustomGetter",
        lambda tf, getter: tf.contrib.opt.ModelAverageOptimizer(
            tf.train.GradientDescentOptimizer(0.1), 1, True, getter, interval_steps=2
        ),
    ),
    "AddSignOptimizer": _steps(_opt("AddSignOptimizer"), resource=True),
    "AddSignOptimizer with sparse gradient": _steps(_opt("AddSignOptimizer"), sparse=True),
    "PowerSignOptimizer": _steps(_opt("PowerSignOptimizer"), resource=True),
    "PowerSignOptimizer with sparse gradient": _steps(_opt("PowerSignOptimizer"), sparse=True),
    "AddSignOptimizer with linear decay": _decayed("AddSignOptimizer", "get_linear_decay_fn"),
    "AddSignOptimizer with restarts": _decayed("AddSignOptimizer", "get_restart_decay_fn", num_periods=2, zero_after=1),
    "PowerSignOptimizer with cosine decay": _decayed("PowerSignOptimizer", "get_cosine_decay_fn", zero_after=0.3),
    "AddSignOptimizer with decay but no step": _steps(
        lambda tf: tf.contrib.opt.AddSignOptimizer(sign_decay_fn=lambda step: step + 1)
    ),
    "LARSOptimizer without list": _steps(_opt("LARSOptimizer", 0.5, skip_list=["rows"], use_nesterov=True)),
    "LARSOptimizer of negative decay": _opt("LARSOptimizer", 0.1, weight_decay=-1.0),
    "RegAdagradOptimizer.avoid_updating_slots": _regularized_adagrad,
    "AdamWOptimizer.minimize": _minimized_with_decay,
    "AdamWOptimizer of some": _given_gradients(_opt("AdamWOptimizer", 0.1, learning_rate=0.01), some=True),
    "AdamWOptimizer": _given_gradients(_opt("AdamWOptimizer", 0.1, learning_rate=0.01)),
    "MomentumWOptimizer": _given_gradients(_opt("MomentumWOptimizer", 0.1, 0.1, 0.9, use_nesterov=True), True),
    "extend_with_decoupled_weight_decay": _given_gradients(_extended),
    "GGTOptimizer": _steps(_opt("GGTOptimizer", 0.1, window=3, svd_eps=0.1)),
    "GGTOptimizer of the window only": _steps(_opt("GGTOptimizer", 0.1, window=3, svd_eps=0.1, eps=10.0)),
    "GGTOptimizer with sparse gradient": _steps(_opt("GGTOptimizer", 0.1), sparse=True),
    "ShampooOptimizer": _steps(_opt("ShampooOptimizer", learning_rate=0.1, epsilon=0.1)),
    "ShampooOptimizer of iterative roots": _steps(
        _opt("ShampooOptimizer", learning_rate=0.1, use_iterative_root=True, gbar_decay=0.5, epsilon=0.5)
    ),
    "ShampooOptimizer of diagonals": _steps(
        _opt("ShampooOptimizer", max_matrix_size=2, learning_rate=lambda step: 0.1 / step), sparse=True
    ),
    "ShampooOptimizer at intervals": _steps(
        _opt(
            "ShampooOptimizer",
            svd_interval=2,
            precond_update_interval=2,
            mat_gbar_decay=0.5,
            learning_rate=0.1,
            epsilon=0.1,
        )
    ),
    "MultitaskOptimizerWrapper": _wrapped(_multitask),
    "MultitaskOptimizerWrapper of zero gradient": _multitask_of_zero_gradient,
    "MultitaskOptimizerWrapper of no optimizer": _opt("MultitaskOptimizerWrapper", 3),
    "clip_gradients_by_global_norm": _clipped_by_norm,
    "VariableClippingOptimizer": _wrapped(_clipping),
    "VariableClippingOptimizer of all rows": _wrapped(_clipping_of_all_rows),
    "DropStaleGradientOptimizer": _wrapped(_stale),
    "MovingAverageOptimizer": _averaged,
    "MovingAverageOptimizer before training": _average_before_training,
    "ExternalOptimizerInterface": _external,
    "ExternalOptimizerInterface without a method": _external_without_method,
    "ScipyOptimizerInterface of bounds": _scipy(bounds=[(0, 1)]),
    "ScipyOptimizerInterface of jac": _scipy(jac=False),
}
CALLS.update(_all_kinds("AdaMaxOptimizer", _opt("AdaMaxOptimizer", 0.1)))
CALLS["AdamGSOptimizer"] = _steps(_global_step_adam("AdamGSOptimizer"), sparse=True, with_step=True)
CALLS.update(_all_kinds("LazyAdamGSOptimizer", _global_step_adam("LazyAdamGSOptimizer"), with_step=True))
CALLS.update(_all_kinds("LazyAdamOptimizer", _opt("LazyAdamOptimizer", 0.1)))
CALLS.update(_all_kinds("NadamOptimizer", _opt("NadamOptimizer", 0.1)))
CALLS["RegAdagradOptimizer"] = _steps(_opt("RegAdagradOptimizer", 0.1))
CALLS["LARSOptimizer"] = _steps(_opt("LARSOptimizer", 0.5))
CALLS["LARSOptimizer with sparse gradient"] = _steps(_opt("LARSOptimizer", 0.5), sparse=True, steps=2)
