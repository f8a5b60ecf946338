"""Small uses of ``tf.contrib.factorization``: Gaussian mixtures."""

import os
import tempfile

import numpy as np

POINTS = np.float32(
    [[0, 0], [0.5, 0.2], [4, 4], [4.2, 3.9], [8, 0.5], [7.5, 0], [0.2, 0.4], [4, 3.5], [7.7, 0.4], [0.3, 0.1]]
)
MEANS = POINTS[[0, 2, 4]]


def _trained(steps=3, split=False, start="random", seed=0, graph_seed=None, **options):
    """Trains in a graph of its own: means have no static shape, which the record of a graph asks for."""

    def call(tf):
        def run(unused_session):
            with tf.Graph().as_default(), tf.Session() as session:
                tf.set_random_seed(graph_seed)
                points = [tf.constant(POINTS[:5]), tf.constant(POINTS[5:])] if split else tf.constant(POINTS)
                loss, scores, assignments, train, init, initialized = tf.contrib.factorization.gmm(
                    points, start, 3, seed, **options
                )
                names = [each.op.name for each in tf.global_variables()]
                session.run(tf.global_variables_initializer())
                before = session.run(initialized)
                session.run(init)
                for _ in range(steps):
                    session.run(train)
                found = session.run([loss, scores, assignments, initialized] + tf.global_variables())
                return [bool(before), names] + [np.asarray(each) for each in found[:2]] + found[2:]

        return run

    return call


def _algorithm(tf):
    def run(unused_session):
        with tf.Graph().as_default(), tf.Session() as session:
            mixture = tf.contrib.factorization.GmmAlgorithm([tf.constant(POINTS)], 3, tf.constant(MEANS))
            session.run(tf.global_variables_initializer())
            session.run(mixture.init_ops())
            session.run(mixture.training_ops())
            parts = [mixture.alphas(), mixture.clusters(), mixture.covariances(), mixture.is_initialized()]
            parts += [mixture.scores(), mixture.log_likelihood_op()] + mixture.assignments()
            return session.run(parts) + [mixture.CLUSTERS_WEIGHT, mixture.CLUSTERS_VARIABLE]

    return run


def _estimator(as_dictionary=False, **options):
    def call(tf):
        tf.logging.set_verbosity(tf.logging.ERROR)

        def input_fn():
            points = tf.constant(POINTS)
            return ({"b": points[:, 1:], "a": points[:, :1]} if as_dictionary else points), None

        def run(unused_session):
            folder = tempfile.mkdtemp()
            config = tf.contrib.learn.RunConfig(tf_random_seed=3)
            model = tf.contrib.factorization.GMM(3, folder, config=config, **options)
            model.fit(input_fn=input_fn, steps=4)
            found = model.evaluate(input_fn=input_fn, steps=1)
            # Points are predicted without end.
            predicted = model.predict_assignments(input_fn=input_fn)
            assigned = [int(next(predicted)) for _ in range(len(POINTS))]
            names = sorted(name for name in os.listdir(folder) if "tfevents" not in name and "data" not in name)
            variables = sorted(model.get_variable_names())
            results = [found[key] for key in sorted(found)] + [model.score(input_fn=input_fn, steps=1)]
            return results + [model.weights(), model.clusters(), model.covariances(), assigned, names, variables]

        return run

    return call


CALLS = {
    "gmm": _trained(start=MEANS),
    "gmm of diagonals": _trained(start=MEANS, covariance_type="diag"),
    "gmm of random points": _trained(steps=1),
    "gmm of a seed": _trained(steps=1, seed=7),
    "gmm of a graph's seed": _trained(steps=1, seed=None, graph_seed=5),
    "gmm of parts": _trained(split=True),
    "gmm of parts of diagonals": _trained(split=True, covariance_type="diag"),
    "gmm of weights alone": _trained(start=MEANS, params="w"),
    "gmm of means alone": _trained(start=MEANS, params="m"),
    "gmm of an unknown covariance": lambda tf: tf.contrib.factorization.gmm(
        tf.constant(POINTS), MEANS, 3, 0, covariance_type="other"
    ),
    "GmmAlgorithm": _algorithm,
    "GMM": _estimator(initial_clusters=MEANS),
    "GMM of diagonals": _estimator(initial_clusters=MEANS, covariance_type="diag", params="wm"),
    "GMM of random points": _estimator(random_seed=5),
    "GMM of features by name": _estimator(as_dictionary=True),
}
