"""``tf.contrib.distributions``: densities, moments, divergences and samples."""

import numpy as np

POINTS = [0.2, 0.5, 0.9]


def _described(name, *arguments, **options):
    points = options.pop("points", POINTS)
    left_out = options.pop("left_out", ())

    def call(tf):
        distribution = getattr(tf.contrib.distributions, name)(*arguments, **options)
        facts = [getattr(distribution, fact)() for fact in ("mean", "variance", "entropy") if fact not in left_out]
        samples = distribution.sample(4, seed=3)
        return [distribution.log_prob(points), distribution.batch_shape.as_list(), samples.shape.as_list()] + facts

    return call


def _sampled(tf):
    tf.set_random_seed(1)
    ds = tf.contrib.distributions
    return [ds.Normal([0.0, 5.0], [1.0, 2.0]).sample(2, seed=7), ds.Uniform(1.0, 3.0).sample(3, seed=8)]


def _trained(tf):
    ds = tf.contrib.distributions
    loc = tf.get_variable("loc", [2])
    policy = ds.Normal(loc, tf.nn.softplus(tf.get_variable("scale", [2])))
    prior = ds.Normal([0.0, 0.0], [1.0, 1.0])
    inside = [policy.cdf(0.5), policy.prob([0.1, 0.2]), policy.quantile(0.3)]
    return inside + [ds.kl_divergence(policy, prior), -policy.log_prob([0.3, -0.2]) * 2.0]


def _divergences(tf):
    ds = tf.contrib.distributions
    pairs = [
        (ds.Categorical(logits=[0.1, 0.5, 0.2]), ds.Categorical(probs=[0.2, 0.5, 0.3])),
        (ds.Bernoulli(probs=0.3), ds.Bernoulli(logits=0.4)),
        (ds.Beta(2.0, 3.0), ds.Beta(1.0, 1.5)),
        (ds.Gamma(2.0, 3.0), ds.Gamma(1.0, 1.5)),
        (ds.Dirichlet([1.0, 2.0]), ds.Dirichlet([2.0, 2.0])),
    ]
    return [ds.kl_divergence(first, second) for first, second in pairs]


def _matrices(tf):
    ds = tf.contrib.distributions
    triangle = ds.fill_triangular([1.0, 2.0, 3.0, 4.0, 5.0, 6.0])
    return [
        triangle,
        ds.fill_triangular_inverse(triangle),
        ds.matrix_diag_transform(tf.eye(2), transform=tf.nn.softplus),
        ds.tridiag(below=[1.0, 2.0], diag=[3.0, 4.0, 5.0], above=[6.0, 7.0]),
        ds.softplus_inverse([0.5, 2.0]),
        ds.reduce_weighted_logsumexp([0.1, 0.2], [1.0, -0.5], return_sign=True),
    ]


CALLS = {
    "normal": _described("Normal", [0.0, 1.0, 2.0], 2.0),
    "normal of softplus": _described("NormalWithSoftplusScale", 0.0, 1.0),
    "bernoulli": _described("Bernoulli", probs=[0.3, 0.6], points=[0.0, 1.0]),
    "beta": _described("Beta", 2.0, 3.0),
    "beta of softplus": _described("BetaWithSoftplusConcentration", 2.0, 3.0),
    "categorical": _described("Categorical", logits=[0.1, 0.7, 0.2], points=[0, 2], left_out=("mean", "variance")),
    "dirichlet": _described("Dirichlet", [1.0, 2.0, 3.0], points=[[0.2, 0.3, 0.5]]),
    "dirichlet multinomial": _described(
        "DirichletMultinomial", 3.0, [1.0, 2.0], points=[[1.0, 2.0]], left_out=("entropy",)
    ),
    "exponential": _described("Exponential", 2.0),
    "gamma": _described("Gamma", 2.0, 3.0),
    "laplace": _described("Laplace", 0.0, 2.0),
    "multinomial": _described("Multinomial", 3.0, probs=[0.4, 0.6], points=[[1.0, 2.0]], left_out=("entropy",)),
    "student": _described("StudentT", 3.0, 0.0, 1.0),
    "uniform": _described("Uniform", 0.0, 2.0),
    "samples": _sampled,
    "trained": _trained,
    "divergences": _divergences,
    "no divergence": lambda tf: tf.contrib.distributions.kl_divergence(
        tf.contrib.distributions.Normal(0.0, 1.0), tf.contrib.distributions.Uniform()
    ),
    "matrices": _matrices,
    "both probs and logits": lambda tf: tf.contrib.distributions.Bernoulli(probs=0.5, logits=np.float32(0)),
    "checked scale": lambda tf: tf.contrib.distributions.Normal(0.0, -1.0, validate_args=True).scale,
}
