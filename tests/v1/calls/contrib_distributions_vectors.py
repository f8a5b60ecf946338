"""``tf.contrib.distributions``: distributions over vectors and matrices, mixtures and distributions of others."""

import numpy as np

from calls.contrib_distributions_scalars import FACTS, OF_VALUES, _asked, described, sampled

LOC = [[0.5, -1.0], [1.0, 2.0], [0.0, 0.3]]
DIAG = [[1.0, 2.0], [0.5, -1.5], [2.0, 0.7]]
TRIL = [[1.0, 0.0], [0.5, 2.0]]
COVARIANCE = [[2.0, 0.5], [0.5, 1.0]]
VALUE = [[0.1, 0.2], [0.3, -0.4], [1.0, 2.0]]
ONE_HOT = [[0, 1, 0], [1, 0, 0]]
SIMPLEX = [[0.2, 0.5, 0.3], [0.1, 0.1, 0.8]]


def _vector(name, *arguments, **options):
    return described(name, *arguments, points=VALUE, **options)


def _built(make, *values):
    """Returns a call that asks and samples what ``make(tf, ds)`` gives."""

    def call(tf):
        tf.set_random_seed(5)
        distribution = make(tf, tf.contrib.distributions)
        answers = _asked(distribution, FACTS + ("covariance",))
        for value in values:
            answers += _asked(distribution, OF_VALUES, value)
        drawn = [distribution.sample(3, seed=11), distribution.sample([2, 1], seed=12), distribution.sample()]
        answers += drawn + [each.shape.as_list() for each in drawn]
        answers += [distribution.batch_shape.as_list(), distribution.event_shape.as_list()]
        return answers + [distribution.batch_shape_tensor(), distribution.event_shape_tensor(), distribution.name]

    return call


def _trained(make, value):
    """Returns a call for the gradients of a log density and, where there are some, of samples."""

    def call(tf):
        distribution = make(tf, tf.contrib.distributions)
        results = [distribution.log_prob(np.float32(value))]
        if distribution.reparameterization_type == tf.contrib.distributions.FULLY_REPARAMETERIZED:
            results.append(distribution.sample(2, seed=3))
        return results

    return call


def _variable(tf, name, shape):
    return tf.get_variable(name, shape)


def _operators(tf):
    diag = tf.linalg.LinearOperatorDiag([1.0, 2.0], is_non_singular=True, is_positive_definite=True)
    identity = tf.linalg.LinearOperatorIdentity(2, dtype=tf.float32)
    return diag, identity


def _diffeomixture(tf, ds, **options):
    diag, identity = _operators(tf)
    return ds.VectorDiffeomixture(
        mix_loc=[[0.0], [1.0]],
        temperature=[1.0],
        distribution=ds.Normal(0.0, 1.0),
        loc=[None, [2.0, -1.0]],
        scale=[identity, diag],
        **options,
    )


def _triangular_diffeomixture(tf):
    ds = tf.contrib.distributions
    lower = tf.linalg.LinearOperatorLowerTriangular(TRIL, is_non_singular=True)
    other = tf.linalg.LinearOperatorDiag([1.0, 2.0], is_non_singular=True)
    distribution = ds.VectorDiffeomixture(
        [[0.5]], [0.7], ds.Normal(0.0, 1.0), loc=[[0.5, 1.0], None], scale=[lower, other], quadrature_size=3
    )
    answers = [distribution.mean(), distribution.variance(), distribution.covariance()]
    return answers + [distribution.log_prob(LOC[0]), distribution.sample(3, seed=2)]


def _scaled_diffeomixture(tf, ds):
    scales = [tf.linalg.LinearOperatorScaledIdentity(2, np.float32(each), is_non_singular=True) for each in (0.5, 1.5)]
    return ds.VectorDiffeomixture([[0.5]], [0.7], ds.Normal(0.0, 1.0), scale=scales, quadrature_size=3)


def _mixture(tf, ds, **options):
    return ds.Mixture(
        ds.Categorical(probs=[[0.3, 0.7], [0.6, 0.4]]),
        [ds.Normal([0.0, 1.0], [1.0, 2.0]), ds.Normal([3.0, -1.0], 0.5)],
        **options,
    )


def _mixture_of_vectors(tf, ds):
    return ds.Mixture(
        ds.Categorical(logits=[0.3, 0.7, 0.1]),
        [ds.MultivariateNormalDiag(loc, [1.0, 2.0]) for loc in LOC],
    )


def _density_network(tf, ds):
    out = _variable(tf, "out", [4, 9])
    logits, locs, scales = tf.split(out, 3, axis=1)
    components = [ds.Normal(loc, scale) for loc, scale in zip(tf.unstack(locs, 3, 1), tf.unstack(tf.exp(scales), 3, 1))]
    return ds.Mixture(ds.Categorical(logits), components)


def _same_family(tf, ds, **options):
    return ds.MixtureSameFamily(
        ds.Categorical(probs=[[0.3, 0.7], [0.6, 0.4]]), ds.Normal([[0.0, 1.0], [3.0, -1.0]], [1.0, 2.0]), **options
    )


def _same_family_of_vectors(tf, ds):
    return ds.MixtureSameFamily(ds.Categorical(logits=[0.3, 0.7, 0.1]), ds.MultivariateNormalDiag(LOC, [1.0, 2.0]))


def _autoregressive(tf, ds):
    def conditional(event):
        shifted = tf.concat([tf.zeros_like(event[..., :1]), event[..., :-1]], -1)
        return ds.Independent(ds.Normal(0.5 * shifted, 1.0), reinterpreted_batch_ndims=1)

    return ds.Autoregressive(conditional, np.zeros(3, np.float32))


def _autoregressive_samples(tf):
    distribution = _autoregressive(tf, tf.contrib.distributions)
    return [distribution.sample(2, seed=3), distribution.log_prob(np.float32([0.1, 0.2, 0.3])), distribution.num_steps]


def _divergences(tf):
    ds = tf.contrib.distributions
    one = ds.MultivariateNormalDiag([0.0, 1.0], [1.0, 2.0])
    other = ds.MultivariateNormalTriL([0.5, 1.0], TRIL)
    low_rank = ds.MultivariateNormalDiagPlusLowRank([0.5, 1.0], [1.0, 2.0], scale_perturb_factor=[[0.5], [1.0]])
    independent = [ds.Independent(ds.Normal(loc, [1.0, 2.0]), 1) for loc in LOC[:2]]
    one_hot = [ds.OneHotCategorical(logits=logits) for logits in ([0.1, 0.2], [0.4, -0.2])]
    pairs = [(one, one), (one, other), (other, one), (other, low_rank), independent, one_hot]
    return [ds.kl_divergence(*pair) for pair in pairs] + [one.kl_divergence(other), independent[0].entropy()]


def _bayesian_divergence(tf):
    ds = tf.contrib.distributions
    posterior = ds.MultivariateNormalDiag(_variable(tf, "mu", [3]), tf.nn.softplus(_variable(tf, "rho", [3])))
    prior = ds.MultivariateNormalDiag(tf.zeros(3), tf.ones(3))
    return [ds.kl_divergence(posterior, prior), posterior.entropy(), posterior.sample(2, seed=1)]


def _unknown_shapes(tf):
    ds = tf.contrib.distributions
    loc = tf.placeholder_with_default(np.float32(VALUE), [None, None])
    tril = tf.placeholder_with_default(np.float32(TRIL), [2, 2])
    logits = tf.placeholder_with_default(np.float32(SIMPLEX), None)
    made = [
        ds.MultivariateNormalDiag(loc, tf.ones([2])),
        ds.MultivariateNormalTriL(loc, tril),
        ds.OneHotCategorical(logits=logits),
        ds.Independent(ds.Normal(loc, 1.0), 1),
        ds.WishartCholesky(3.0, tril),
    ]
    answers = []
    for each in made:
        drawn = each.sample(2, seed=1)
        answers += [each.batch_shape_tensor(), each.event_shape_tensor(), each.mean() if each is not made[2] else 0]
        answers += [drawn, each.log_prob(drawn)]
    return answers


def _wishart_values(**options):
    def call(tf):
        ds = tf.contrib.distributions
        distribution = ds.WishartCholesky(4.0, TRIL, **options)
        value = TRIL if options else COVARIANCE
        answers = [distribution.log_prob(value), distribution.mean(), distribution.variance(), distribution.mode()]
        answers += [distribution.entropy(), distribution.mean_log_det(), distribution.log_normalization()]
        return (
            answers + [distribution.scale(), distribution.df, distribution.dimension] + _asked(distribution, ["stddev"])
        )

    return call


def _wishart_samples(tf):
    tf.set_random_seed(2)
    ds = tf.contrib.distributions
    batch = ds.WishartFull([3.0, 4.0], [COVARIANCE, np.eye(2).astype(np.float32)])
    return [batch.sample(3, seed=1), batch.sample(), batch.log_prob([COVARIANCE, COVARIANCE]), batch.mean()]


def _t_vectors(tf):
    ds = tf.contrib.distributions
    return [
        ds.normal_conjugates_known_scale_posterior(ds.Normal(0.0, 2.0), 1.5, tf.constant(3.0), 4).loc,
        ds.normal_conjugates_known_scale_posterior(ds.Normal(0.0, 2.0), 1.5, tf.constant(3.0), 4).scale,
        ds.normal_conjugates_known_scale_predictive(ds.Normal(0.0, 2.0), 1.5, tf.constant(3.0), 4).loc,
        ds.normal_conjugates_known_scale_predictive(ds.Normal(0.0, 2.0), 1.5, tf.constant(3.0), 4).scale,
    ]


def _batch_reshaped(tf, ds):
    return ds.BatchReshape(ds.Normal([[0.0, 1.0, 2.0], [3.0, 4.0, 5.0]], 1.0), [3, -1])


def _quantized(tf, ds, **options):
    return ds.QuantizedDistribution(ds.Normal([0.0, 2.0], 2.0), **options)


def _discretized_logistic(tf, ds):
    return ds.QuantizedDistribution(
        ds.TransformedDistribution(
            ds.Logistic(_variable(tf, "loc", [2]), tf.exp(_variable(tf, "scale", [2]))),
            ds.bijectors.AffineScalar(shift=np.float32(-0.5)),
        ),
        low=0.0,
        high=3.0,
    )


def _transformed(tf, ds):
    return ds.TransformedDistribution(
        ds.Normal(0.0, 1.0), ds.bijectors.Chain([ds.bijectors.Exp(), ds.bijectors.AffineScalar(1.0, 0.5)]), name="logs"
    )


def _transformed_event(tf, ds):
    return ds.TransformedDistribution(
        ds.Normal(loc=[0.0, 1.0, 2.0], scale=1.0), ds.bijectors.Affine(scale_tril=TRIL), event_shape=[2]
    )


def _non_injective(tf, ds):
    return ds.TransformedDistribution(ds.Normal([0.0, 1.0], 1.0), ds.bijectors.AbsoluteValue())


class _Shift(object):
    """Makes a distribution and a bijector that are conditioned on an argument."""

    @staticmethod
    def of(tf, ds):
        class Shift(ds.bijectors.ConditionalBijector):
            def __init__(self):
                super(Shift, self).__init__(forward_min_event_ndims=0, validate_args=False, name="shift")

            def _forward(self, x, by):
                return x + by

            def _inverse(self, y, by):
                return y - by

            def _inverse_log_det_jacobian(self, y, by):
                return tf.zeros_like(y)

        class Scaled(ds.ConditionalDistribution):
            def __init__(self):
                super(Scaled, self).__init__(tf.float32, ds.FULLY_REPARAMETERIZED, False, True, name="Scaled")

            def _batch_shape(self):
                return tf.TensorShape([])

            def _event_shape(self):
                return tf.TensorShape([])

            def _sample_n(self, n, seed=None, scale=1.0):
                return tf.random_normal([n], seed=seed) * scale

            def _log_prob(self, x, scale=1.0):
                return ds.Normal(0.0, scale).log_prob(x)

            def _cdf(self, x, scale=1.0):
                return ds.Normal(0.0, scale).cdf(x)

        return ds.ConditionalTransformedDistribution(Scaled(), Shift())


def _conditional(tf):
    distribution = _Shift.of(tf, tf.contrib.distributions)
    given = {"bijector_kwargs": {"by": 2.0}, "distribution_kwargs": {"scale": 3.0}}
    answers = [distribution.sample(3, seed=2, **given)]
    for method in ("log_prob", "prob", "cdf"):
        answers.append(getattr(distribution, method)([0.5, 1.0], **given))
    return answers


CALLS = {
    "MultivariateNormalDiag": _vector("MultivariateNormalDiag", LOC, DIAG),
    "MultivariateNormalDiag of all parts": _built(
        lambda tf, ds: ds.MultivariateNormalDiag(LOC, DIAG, 0.5, validate_args=True, name="policy"), VALUE
    ),
    "MultivariateNormalDiag without scale": _built(lambda tf, ds: ds.MultivariateNormalDiag(loc=LOC), VALUE),
    "MultivariateNormalDiag of a multiple": _built(
        lambda tf, ds: ds.MultivariateNormalDiag(loc=LOC[0], scale_identity_multiplier=[0.5, 2.0, 3.0]), VALUE
    ),
    "MultivariateNormalDiag without loc": _built(lambda tf, ds: ds.MultivariateNormalDiag(scale_diag=DIAG), VALUE),
    "MultivariateNormalDiag of nothing": lambda tf: tf.contrib.distributions.MultivariateNormalDiag(),
    "MultivariateNormalDiag of other sizes": lambda tf: tf.contrib.distributions.MultivariateNormalDiag(
        [1.0, 2.0, 3.0], [1.0, 2.0]
    ),
    "MultivariateNormalDiag of integers": lambda tf: tf.contrib.distributions.MultivariateNormalDiag([1, 2], [1, 2]),
    "MultivariateNormalDiag gradients": _trained(
        lambda tf, ds: ds.MultivariateNormalDiag(_variable(tf, "loc", [3, 2]), tf.exp(_variable(tf, "scale", [3, 2]))),
        VALUE,
    ),
    "MultivariateNormalDiagWithSoftplusScale": _built(
        lambda tf, ds: ds.MultivariateNormalDiagWithSoftplusScale(LOC, DIAG), VALUE
    ),
    "MultivariateNormalDiagPlusLowRank": _built(
        lambda tf, ds: ds.MultivariateNormalDiagPlusLowRank(
            LOC[0], [1.0, 2.0], scale_perturb_factor=[[0.5], [1.0]], scale_perturb_diag=[0.7]
        ),
        VALUE,
    ),
    "MultivariateNormalDiagPlusLowRank without update": _built(
        lambda tf, ds: ds.MultivariateNormalDiagPlusLowRank(LOC[0], [1.0, 2.0]), VALUE
    ),
    "MultivariateNormalTriL": _vector("MultivariateNormalTriL", LOC, TRIL),
    "MultivariateNormalTriL samples": sampled("MultivariateNormalTriL", LOC, TRIL),
    "MultivariateNormalTriL without scale": _built(lambda tf, ds: ds.MultivariateNormalTriL(LOC), VALUE),
    "MultivariateNormalTriL of nothing": lambda tf: tf.contrib.distributions.MultivariateNormalTriL(),
    "MultivariateNormalTriL gradients": _trained(
        lambda tf, ds: ds.MultivariateNormalTriL(
            _variable(tf, "loc", [2]), ds.fill_triangular(_variable(tf, "scale", [3]))
        ),
        VALUE,
    ),
    "MultivariateNormalFullCovariance": _built(
        lambda tf, ds: ds.MultivariateNormalFullCovariance(LOC[0], COVARIANCE), VALUE
    ),
    "MultivariateNormalFullCovariance is checked": lambda tf: (
        tf.contrib.distributions.MultivariateNormalFullCovariance(
            LOC[0], tf.placeholder_with_default([[2.0, 0.5], [0.1, 1.0]], [2, 2]), validate_args=True
        ).mean()
        + tf.contrib.distributions.MultivariateNormalFullCovariance(
            LOC[0], tf.placeholder_with_default([[2.0, 0.5], [0.1, 1.0]], [2, 2]), validate_args=True
        ).stddev()
    ),
    "VectorExponentialDiag": _built(lambda tf, ds: ds.VectorExponentialDiag([0.5, -1.0], [1.0, 2.0]), [[1.0, 2.0]]),
    "VectorExponentialDiag without loc": _built(
        lambda tf, ds: ds.VectorExponentialDiag(scale_diag=[[1.0, 2.0], [3.0, 4.0]]), [[1.0, 2.0]]
    ),
    "VectorLaplaceDiag": _vector("VectorLaplaceDiag", LOC, DIAG),
    "VectorLaplaceDiag samples": sampled("VectorLaplaceDiag", LOC, DIAG),
    "VectorSinhArcsinhDiag": _built(
        lambda tf, ds: ds.VectorSinhArcsinhDiag(LOC[0], [1.0, 2.0], skewness=0.3, tailweight=[1.5, 0.5]), VALUE
    ),
    "VectorSinhArcsinhDiag by default": _built(lambda tf, ds: ds.VectorSinhArcsinhDiag(LOC[0], [1.0, 2.0]), VALUE),
    "OneHotCategorical": _built(lambda tf, ds: ds.OneHotCategorical(logits=SIMPLEX), np.int32(ONE_HOT)),
    "OneHotCategorical of floats": _built(
        lambda tf, ds: ds.OneHotCategorical(probs=SIMPLEX[0], dtype=tf.float32), np.float32(ONE_HOT)
    ),
    "OneHotCategorical gradients": _trained(
        lambda tf, ds: ds.OneHotCategorical(_variable(tf, "logits", [2, 3]), dtype=tf.float32), ONE_HOT
    ),
    "RelaxedOneHotCategorical": _built(
        lambda tf, ds: ds.RelaxedOneHotCategorical(0.5, probs=SIMPLEX), np.float32(SIMPLEX)
    ),
    "RelaxedOneHotCategorical gradients": _trained(
        lambda tf, ds: ds.RelaxedOneHotCategorical(0.7, _variable(tf, "logits", [2, 3])), SIMPLEX
    ),
    "ExpRelaxedOneHotCategorical": _built(
        lambda tf, ds: ds.ExpRelaxedOneHotCategorical(0.5, logits=SIMPLEX[0]), np.log(np.float32(SIMPLEX))
    ),
    "Mixture": _built(_mixture, [0.5, 1.0]),
    "Mixture that is checked": _built(lambda tf, ds: _mixture(tf, ds, validate_args=True), [0.5, 1.0]),
    "Mixture of a static graph": _built(lambda tf, ds: _mixture(tf, ds, use_static_graph=True), [0.5, 1.0]),
    "Mixture of vectors": _built(_mixture_of_vectors, LOC[0]),
    "Mixture entropy": lambda tf: _mixture(tf, tf.contrib.distributions).entropy_lower_bound(),
    "Mixture gradients": _trained(_density_network, [0.1, 0.2, 0.3, 0.4]),
    "Mixture of nothing": lambda tf: tf.contrib.distributions.Mixture(tf.contrib.distributions.Categorical([0.1]), []),
    "Mixture of no Categorical": lambda tf: tf.contrib.distributions.Mixture(1.0, [1.0]),
    "Mixture of other numbers": lambda tf: tf.contrib.distributions.Mixture(
        tf.contrib.distributions.Categorical([0.1, 0.2]), [tf.contrib.distributions.Normal(0.0, 1.0)]
    ),
    "MixtureSameFamily": _built(_same_family, [0.5, 1.0]),
    "MixtureSameFamily of vectors": _built(_same_family_of_vectors, LOC[0]),
    "MixtureSameFamily of other numbers": lambda tf: tf.contrib.distributions.MixtureSameFamily(
        tf.contrib.distributions.Categorical([0.1, 0.2, 0.3]), tf.contrib.distributions.Normal([0.0, 1.0], 1.0)
    ),
    "MixtureSameFamily of floats": lambda tf: tf.contrib.distributions.MixtureSameFamily(
        tf.contrib.distributions.Normal(0.0, 1.0), tf.contrib.distributions.Normal([0.0, 1.0], 1.0)
    ),
    "Independent": _built(lambda tf, ds: ds.Independent(ds.Normal(LOC, DIAG[0])), VALUE),
    "Independent of all": _built(lambda tf, ds: ds.Independent(ds.Normal(LOC, 1.0), 2), VALUE),
    "Independent of too many": lambda tf: tf.contrib.distributions.Independent(
        tf.contrib.distributions.Normal([0.0], 1.0), 2
    ),
    "BatchReshape": _built(_batch_reshaped, [[0.0, 1.0], [2.0, 3.0], [4.0, 5.0]]),
    "BatchReshape of vectors": _built(
        lambda tf, ds: ds.BatchReshape(ds.MultivariateNormalDiag(LOC, DIAG), [1, 3], validate_args=True), [VALUE]
    ),
    "BatchReshape to another size": lambda tf: tf.contrib.distributions.BatchReshape(
        tf.contrib.distributions.Normal([0.0, 1.0], 1.0), [3]
    ),
    "BatchReshape does not broadcast": lambda tf: _batch_reshaped(tf, tf.contrib.distributions).log_prob(1.0),
    "Autoregressive": _autoregressive_samples,
    "QuantizedDistribution": _built(_quantized, [1.0, 2.0]),
    "QuantizedDistribution with bounds": _built(
        lambda tf, ds: _quantized(tf, ds, low=-1.0, high=3.0, validate_args=True), [1.0, 2.0], [-1.0, 3.0]
    ),
    "QuantizedDistribution gradients": _trained(_discretized_logistic, [1.0, 3.0]),
    "QuantizedDistribution value is checked": lambda tf: _quantized(
        tf, tf.contrib.distributions, validate_args=True
    ).log_prob(tf.placeholder_with_default([0.5, 1.0], [2])),
    "QuantizedDistribution of two dtypes": lambda tf: _quantized(tf, tf.contrib.distributions, low=np.float64(1)),
    "TransformedDistribution": _built(_transformed, [0.5, 1.0, 2.0]),
    "TransformedDistribution with an event": _built(_transformed_event, VALUE),
    "TransformedDistribution without a bijector": _built(
        lambda tf, ds: ds.TransformedDistribution(ds.Normal(0.0, 1.0), batch_shape=[2], event_shape=[3]),
        [[0.1, 0.2, 0.3], [0.4, 0.5, 0.6]],
    ),
    "TransformedDistribution that is not injective": _built(_non_injective, [0.5, 1.0]),
    "TransformedDistribution of a batch": lambda tf: tf.contrib.distributions.TransformedDistribution(
        tf.contrib.distributions.Normal([0.0, 1.0], 1.0), batch_shape=[3]
    ),
    "TransformedDistribution of no shape": lambda tf: tf.contrib.distributions.TransformedDistribution(
        tf.contrib.distributions.Normal(0.0, 1.0), event_shape=[-1]
    ),
    "ConditionalTransformedDistribution": _conditional,
    "WishartCholesky": _wishart_values(),
    "WishartCholesky of factors": _wishart_values(cholesky_input_output_matrices=True),
    "WishartFull samples": _wishart_samples,
    "WishartFull of few": lambda tf: tf.contrib.distributions.WishartFull(1.0, COVARIANCE),
    "WishartFull gradients": _trained(
        lambda tf, ds: ds.WishartFull(
            3.0 + tf.exp(_variable(tf, "df", [])), tf.eye(2) * tf.exp(_variable(tf, "scale", [1, 2]))
        ),
        COVARIANCE,
    ),
    "VectorDiffeomixture": _built(_diffeomixture, LOC[:2]),
    "VectorDiffeomixture that is triangular": _triangular_diffeomixture,
    "VectorDiffeomixture of multiples": _built(_scaled_diffeomixture, LOC[0]),
    "VectorDiffeomixture of one": lambda tf: tf.contrib.distributions.VectorDiffeomixture(
        [[0.0]], [1.0], tf.contrib.distributions.Normal(0.0, 1.0), scale=_operators(tf)[:1]
    ),
    "divergences": _divergences,
    "divergence of a posterior": _bayesian_divergence,
    "shapes known to the run alone": _unknown_shapes,
    "conjugates": _t_vectors,
}
