"""Small uses of ``tf.contrib.constrained_optimization``: three steps of each optimizer, and choices of candidates."""

import numpy as np

X = np.array([[1.0, 2.0], [-1.0, 0.5], [0.3, -1.2]], np.float32)


def _problem(tf, proxies=False, dtype=None, before=None):
    weights = tf.get_variable("weights", [2])
    scores = tf.tensordot(tf.constant(X), weights, 1)

    class Problem(tf.contrib.constrained_optimization.ConstrainedMinimizationProblem):
        @property
        def objective(self):
            return tf.reduce_mean(tf.square(scores - 1.0))

        @property
        def constraints(self):
            return tf.cast(tf.stack([scores[0] - 0.2, 0.5 - scores[1]]), dtype or tf.float32)

        @property
        def proxy_constraints(self):
            return tf.stack([tf.tanh(scores[0]), -scores[1]]) if proxies else None

        @property
        def pre_train_ops(self):
            return before

    return Problem(), weights


def _optimized(name, own=False, step=False, steps=None, **options):
    proxies = options.pop("proxies", False)

    def call(tf):
        problem, weights = _problem(tf, proxies)
        inner = tf.train.GradientDescentOptimizer(0.3)
        if own:
            options["constraint_optimizer"] = tf.train.GradientDescentOptimizer(2.0)
        optimizer = getattr(tf.contrib.constrained_optimization, name)(inner, **options)
        count = tf.train.get_or_create_global_step() if step else None
        op = optimizer.minimize(problem, unconstrained_steps=steps, global_step=count)
        states = [v for v in tf.global_variables() if "state" in v.name]

        def train(session):
            if not own:
                # Without an optimizer of its own, the state may be updated before or after the weights' step reads it.
                session.run(op)
                return session.run(states)
            for _ in range(3):
                session.run(op)
            return session.run([weights] + states + ([count] if step else []))

        return train

    return call


def _counted(tf):
    before = tf.assign_add(tf.get_variable("count", [], initializer=tf.zeros_initializer()), 1.0)
    problem, _ = _problem(tf, before=[before])
    optimizer = tf.contrib.constrained_optimization.AdditiveExternalRegretOptimizer(tf.train.AdamOptimizer(0.1))
    op = optimizer.minimize_unconstrained(problem)

    def train(session):
        session.run(op)
        session.run(op)
        return session.run([v for v in tf.global_variables() if v.op.name in ("count", "weights")])

    return train


def _other_dtype(tf):
    problem, _ = _problem(tf, dtype=tf.float64)
    inner = tf.train.GradientDescentOptimizer(0.3)
    return tf.contrib.constrained_optimization.AdditiveSwapRegretOptimizer(inner).minimize(problem)


def _no_step(tf):
    problem, _ = _problem(tf)
    inner = tf.train.GradientDescentOptimizer(0.3)
    return tf.contrib.constrained_optimization.AdditiveSwapRegretOptimizer(inner).minimize(problem, 3)


def _made(name, **options):
    def call(tf):
        getattr(tf.contrib.constrained_optimization, name)(tf.train.AdamOptimizer(), **options)
        return True

    return call


def _best(name, objectives, constraints, **options):
    def call(tf):
        found = getattr(tf.contrib.constrained_optimization, name)(
            np.array(objectives), np.array(constraints), **options
        )
        return np.round(np.asarray(found, np.float64), 5)

    return call


EXTERNAL, ADDITIVE = "AdditiveExternalRegretOptimizer", "AdditiveSwapRegretOptimizer"
MULTIPLICATIVE = "MultiplicativeSwapRegretOptimizer"
INDEX, DISTRIBUTION = "find_best_candidate_index", "find_best_candidate_distribution"
OBJECTIVES, FEASIBLE = [1.0, 3.0, 2.0], [[0.5, -1.0, -0.1], [0.3, -0.2, 0.4]]

CALLS = {
    "external": _optimized(EXTERNAL),
    "external with proxies": _optimized(EXTERNAL, proxies=True),
    "external with an optimizer of its own": _optimized(EXTERNAL, own=True, step=True),
    "external within a radius": _optimized(EXTERNAL, own=True, maximum_multiplier_radius=0.5),
    "external after steps without": _optimized(EXTERNAL, step=True, steps=2),
    "external of a wrong radius": _made(EXTERNAL, maximum_multiplier_radius=-1.0),
    "additive swap": _optimized(ADDITIVE),
    "additive swap with an optimizer of its own": _optimized(ADDITIVE, own=True, proxies=True),
    "additive swap counts steps": _optimized(ADDITIVE, step=True),
    "multiplicative swap": _optimized(MULTIPLICATIVE),
    "multiplicative swap with an optimizer of its own": _optimized(MULTIPLICATIVE, own=True, step=True),
    "multiplicative swap of another start": _optimized(MULTIPLICATIVE, initial_multiplier_radius=0.5),
    "multiplicative swap of a wrong minimum": _made(MULTIPLICATIVE, minimum_multiplier_radius=1.0),
    "multiplicative swap of a wrong start": _made(MULTIPLICATIVE, initial_multiplier_radius=0.0001),
    "unconstrained": _counted,
    "constraints of another dtype": _other_dtype,
    "steps without a global step": _no_step,
    "index": _best(INDEX, OBJECTIVES, FEASIBLE),
    "index with objectives": _best(INDEX, OBJECTIVES, FEASIBLE, rank_objectives=True),
    "index of equals": _best(INDEX, [1.0, 1.0, 2.0], [[-1.0, -2.0, 0.0]]),
    "index of wrong shapes": _best(INDEX, [1.0], FEASIBLE),
    "distribution": _best(DISTRIBUTION, OBJECTIVES, FEASIBLE),
    "distribution of none that is feasible": _best(DISTRIBUTION, OBJECTIVES, [[0.5, 1.0, 0.2]], epsilon=1e-3),
    "distribution of a wrong epsilon": _best(DISTRIBUTION, OBJECTIVES, FEASIBLE, epsilon=-1.0),
    "distribution of wrong shapes": _best(DISTRIBUTION, [1.0], FEASIBLE),
}
