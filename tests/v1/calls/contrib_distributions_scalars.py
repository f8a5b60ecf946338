"""``tf.contrib.distributions``: distributions over numbers that left TensorFlow: facts, samples, gradients, checks."""

import numpy as np

FACTS = ("mean", "variance", "stddev", "mode", "entropy")
OF_VALUES = ("prob", "log_prob", "cdf", "log_cdf", "survival_function", "log_survival_function")
POINTS = [0.5, 1.0, 2.5]
COUNTS = [0.0, 1.0, 3.0]


def _asked(distribution, names, *arguments):
    """Returns what methods give, and the name of the error of those that give none."""
    answers = []
    for name in names:
        try:
            answers.append(getattr(distribution, name)(*arguments))
        except (NotImplementedError, ValueError) as error:
            answers.append(type(error).__name__)
    return answers


def described(name, *arguments, **options):
    """Returns a call that asks a distribution everything."""
    points = options.pop("points", POINTS)
    dtype = options.pop("points_dtype", np.float32)

    def call(tf):
        distribution = getattr(tf.contrib.distributions, name)(*arguments, **options)
        values = np.array(points, dtype)
        answers = _asked(distribution, FACTS) + _asked(distribution, OF_VALUES, values)
        answers += _asked(distribution, ["quantile"], np.float32([0.2, 0.7]).reshape([2] + [1] * values.ndim))
        answers += [distribution.batch_shape.as_list(), distribution.event_shape.as_list(), distribution.dtype.name]
        answers += [distribution.batch_shape_tensor(), distribution.event_shape_tensor()]
        return answers + [repr(distribution.reparameterization_type)[-20:]]

    return call


def sampled(name, *arguments, **options):
    """Returns a call that draws with an op seed, with the graph's seed alone and of a shape."""

    def call(tf):
        tf.set_random_seed(5)
        distribution = getattr(tf.contrib.distributions, name)(*arguments, **options)
        drawn = [distribution.sample(3, seed=11), distribution.sample(seed=12), distribution.sample([2, 2])]
        return drawn + [each.shape.as_list() for each in drawn]

    return call


def _with_gradients(name, parameters, value, **options):
    """Returns a call that takes the gradients of a log density, and of a sample where it has some, by parameters."""

    def call(tf):
        variables = {each: tf.nn.softplus(tf.get_variable(each, [2])) for each in parameters}
        distribution = getattr(tf.contrib.distributions, name)(**dict(variables, **options))
        results = [distribution.log_prob(np.float32(value))]
        if distribution.reparameterization_type == tf.contrib.distributions.FULLY_REPARAMETERIZED:
            results.append(distribution.sample(2, seed=3))
        return results

    return call


def _checked(name, method=None, value=None, **parameters):
    """Returns a call whose run fails in a check of ``validate_args``."""

    def call(tf):
        fed = {each: tf.placeholder_with_default(np.float32(given), []) for each, given in parameters.items()}
        distribution = getattr(tf.contrib.distributions, name)(validate_args=True, **fed)
        method_value = tf.placeholder_with_default(np.float32(0 if value is None else value), [])
        if method == "mean":
            return distribution.mean()
        return getattr(distribution, method or "log_prob")(method_value)

    return call


def _unknown_shapes(tf):
    ds = tf.contrib.distributions
    rate = tf.placeholder_with_default(np.float32([1.0, 2.0]), None)
    loc = tf.placeholder_with_default(np.float32([1.0, 2.0, 3.0]), [None])
    answers = []
    for each in (ds.Poisson(rate), ds.HalfNormal(rate), ds.Cauchy(loc, 1.0), ds.Deterministic(loc)):
        drawn = each.sample(2, seed=1)
        answers += [each.batch_shape_tensor(), each.event_shape_tensor(), each.is_scalar_batch()]
        answers += [drawn, tf.shape(drawn)]
    return answers


def _by_hermite(tf):
    ds = tf.contrib.distributions
    compound = ds.PoissonLogNormalQuadratureCompound(
        [0.0, 0.5], [1.0, 0.5], quadrature_fn=ds.quadrature_scheme_lognormal_gauss_hermite, validate_args=True
    )
    return [compound.log_prob([1.0, 2.0]), compound.mean(), compound.variance(), compound.quadrature_size]


def _of_parameter_shapes(tf):
    ds = tf.contrib.distributions
    shapes = []
    for name in ("Cauchy", "Logistic", "HalfNormal", "InverseGamma", "Chi2", "RelaxedBernoulli"):
        static = getattr(ds, name).param_static_shapes([2, 3])
        shapes += [[key, value.as_list()] for key, value in sorted(static.items())]
    return shapes


def _copied(tf):
    first = tf.contrib.distributions.Logistic(1.0, 2.0, name="first")
    second = first.copy(scale=3.0)
    assert second.parameters.keys() == {"loc", "scale", "validate_args", "allow_nan_stats", "name"}
    return [second.mean(), second.stddev(), second.loc, second.scale, second.name, second.allow_nan_stats]


CALLS = {
    "Cauchy": described("Cauchy", [0.0, 1.0, 2.0], 2.0),
    "Cauchy without NaN": lambda tf: tf.contrib.distributions.Cauchy(0.0, 1.0, allow_nan_stats=False).mean(),
    "Cauchy samples": sampled("Cauchy", [0.0, 1.0], [1.0, 2.0]),
    "Cauchy gradients": _with_gradients("Cauchy", ["loc", "scale"], [0.3, 0.4]),
    "Cauchy of two dtypes": lambda tf: tf.contrib.distributions.Cauchy(np.float32(0), np.float64(1)),
    "Cauchy of integers": lambda tf: tf.contrib.distributions.Cauchy(0, 1),
    "Cauchy scale is checked": _checked("Cauchy", loc=0.0, scale=-1.0),
    "Logistic": described("Logistic", [0.0, 1.0, 2.0], 2.0),
    "Logistic of float64": described("Logistic", np.float64(0.5), np.float64(2.0), points_dtype=np.float64),
    "Logistic samples": sampled("Logistic", 0.0, [1.0, 2.0]),
    "Logistic gradients": _with_gradients("Logistic", ["loc", "scale"], [0.3, 0.4]),
    "Poisson": described("Poisson", [0.5, 2.0, 3.5], points=COUNTS),
    "Poisson of logarithms": described("Poisson", log_rate=[0.5, 2.0, 3.5], points=COUNTS),
    "Poisson samples": sampled("Poisson", [0.5, 4.0]),
    "Poisson gradients": _with_gradients("Poisson", ["log_rate"], [1.0, 2.0]),
    "Poisson of both": lambda tf: tf.contrib.distributions.Poisson(1.0, 2.0),
    "Poisson of integers": lambda tf: tf.contrib.distributions.Poisson(1),
    "Poisson rate is checked": _checked("Poisson", rate=-1.0),
    "Poisson count is checked": _checked("Poisson", rate=1.0, value=0.5),
    "Geometric": described("Geometric", probs=[0.2, 0.5, 0.9], points=COUNTS),
    "Geometric of logits": described("Geometric", [0.2, -0.5, 0.9], points=COUNTS),
    "Geometric samples": sampled("Geometric", probs=[0.2, 0.5]),
    "Geometric gradients": _with_gradients("Geometric", ["logits"], [1.0, 0.0]),
    "Geometric count is checked": _checked("Geometric", probs=0.5, value=-1.0),
    "Geometric entropy is checked": lambda tf: tf.contrib.distributions.Geometric(
        probs=tf.placeholder_with_default(1.0, []), validate_args=True
    ).entropy(),
    "Binomial": described("Binomial", 4.0, probs=[0.2, 0.5, 0.9], points=COUNTS),
    "Binomial of logits": described("Binomial", [4.0, 5.0, 6.0], logits=[0.2, -0.5, 0.9], points=COUNTS),
    "Binomial gradients": _with_gradients("Binomial", ["logits"], [1.0, 0.0], total_count=3.0),
    "Binomial has no samples": sampled("Binomial", 4.0, probs=0.5),
    "Binomial count is checked": _checked("Binomial", total_count=2.0, probs=0.5, value=3.0),
    "Binomial total is checked": _checked("Binomial", total_count=2.5, probs=0.5, value=1.0),
    "NegativeBinomial": described("NegativeBinomial", 4.0, probs=[0.2, 0.5, 0.7], points=COUNTS),
    "NegativeBinomial of logits": described("NegativeBinomial", [0.5, 2.0, 3.0], [0.2, -0.5, 0.9], points=COUNTS),
    "NegativeBinomial samples": sampled("NegativeBinomial", 4.0, probs=[0.2, 0.5]),
    "NegativeBinomial gradients": _with_gradients("NegativeBinomial", ["total_count", "logits"], [1.0, 2.0]),
    "HalfNormal": described("HalfNormal", [0.5, 2.0, 3.5]),
    "HalfNormal samples": sampled("HalfNormal", [0.5, 2.0]),
    "HalfNormal gradients": _with_gradients("HalfNormal", ["scale"], [1.0, 2.0]),
    "InverseGamma": described("InverseGamma", [0.5, 2.0, 3.5], 2.0),
    "InverseGamma without NaN": described("InverseGamma", 3.0, 2.0, allow_nan_stats=False),
    "InverseGamma mean is checked": lambda tf: tf.contrib.distributions.InverseGamma(
        tf.placeholder_with_default(0.5, []), 1.0, allow_nan_stats=False
    ).mean(),
    "InverseGamma samples": sampled("InverseGamma", 3.0, [0.5, 2.0]),
    "InverseGamma gradients": _with_gradients("InverseGamma", ["concentration", "rate"], [1.0, 2.0]),
    "InverseGamma of softplus": described("InverseGammaWithSoftplusConcentrationRate", [3.0, 4.0, 5.0], -2.0),
    "Chi2": described("Chi2", [0.5, 2.0, 3.5]),
    "Chi2 samples": sampled("Chi2", [0.5, 2.0]),
    "Chi2WithAbsDf": described("Chi2WithAbsDf", [-1.5, 2.5, 3.0]),
    "Deterministic": described("Deterministic", [0.5, 1.5, 2.5]),
    "Deterministic with tolerance": described("Deterministic", [0.4, 1.5, 2.4], atol=0.05, rtol=0.1),
    "Deterministic of integers": described("Deterministic", [1, 2, 3], points=[1, 1, 3], points_dtype=np.int32),
    "Deterministic samples": sampled("Deterministic", [0.5, 1.5]),
    "Deterministic tolerance is checked": lambda tf: tf.contrib.distributions.Deterministic(
        1.0, atol=tf.placeholder_with_default(-1.0, []), validate_args=True
    ).prob(1.0),
    "VectorDeterministic": described("VectorDeterministic", [[0.5, 1.0, 2.5], [1.0, 2.0, 3.0]]),
    "VectorDeterministic of a scalar": lambda tf: tf.contrib.distributions.VectorDeterministic(1.0, validate_args=True),
    "VectorDeterministic value is checked": lambda tf: tf.contrib.distributions.VectorDeterministic(
        [1.0, 2.0], validate_args=True
    ).prob(tf.placeholder_with_default([1.0, 2.0, 3.0], None)),
    "Kumaraswamy": described("Kumaraswamy", [0.5, 2.0, 3.5], [1.5, 2.0, 0.5], points=[0.2, 0.5, 0.9]),
    "Kumaraswamy samples": sampled("Kumaraswamy", 2.0, [0.5, 2.0]),
    "Kumaraswamy gradients": _with_gradients("Kumaraswamy", ["concentration1", "concentration0"], [0.3, 0.7]),
    "Kumaraswamy mode is checked": lambda tf: tf.contrib.distributions.Kumaraswamy(
        tf.placeholder_with_default(0.5, []), 2.0, allow_nan_stats=False
    ).mode(),
    "RelaxedBernoulli": described("RelaxedBernoulli", 0.5, probs=[0.2, 0.5, 0.9], points=[0.2, 0.5, 0.9]),
    "RelaxedBernoulli samples": sampled("RelaxedBernoulli", 0.5, [0.2, -1.0]),
    "RelaxedBernoulli gradients": _with_gradients("RelaxedBernoulli", ["logits", "temperature"], [0.3, 0.4]),
    "SinhArcsinh": described("SinhArcsinh", [0.0, 1.0, 2.0], 2.0, skewness=0.3, tailweight=1.5),
    "SinhArcsinh by default": described("SinhArcsinh", 0.0, [1.0, 2.0, 3.0]),
    "SinhArcsinh samples": sampled("SinhArcsinh", 0.0, [1.0, 2.0], skewness=-0.5),
    "SinhArcsinh gradients": _with_gradients("SinhArcsinh", ["loc", "scale", "skewness", "tailweight"], [0.3, 0.4]),
    "SinhArcsinh of Laplace": lambda tf: tf.contrib.distributions.SinhArcsinh(
        [0.0, 1.0], 2.0, distribution=tf.contrib.distributions.Laplace(0.0, 1.0)
    ).log_prob(0.3),
    "SinhArcsinh of a batch": lambda tf: tf.contrib.distributions.SinhArcsinh(
        0.0, 2.0, distribution=tf.contrib.distributions.Laplace([0.0, 1.0], 1.0)
    ),
    "PoissonLogNormalQuadratureCompound": described(
        "PoissonLogNormalQuadratureCompound", [0.0, -0.5, 1.0], 1.0, points=COUNTS
    ),
    "PoissonLogNormalQuadratureCompound samples": sampled("PoissonLogNormalQuadratureCompound", [0.0, 1.0], 0.5),
    "PoissonLogNormalQuadratureCompound scalar samples": sampled(
        "PoissonLogNormalQuadratureCompound", 0.5, 0.5, quadrature_size=4
    ),
    "PoissonLogNormalQuadratureCompound by Hermite": _by_hermite,
    "shapes known to the run alone": _unknown_shapes,
    "shapes of parameters": _of_parameter_shapes,
    "no shapes of parameters": lambda tf: tf.contrib.distributions.Poisson.param_shapes([2]),
    "copy": _copied,
}
