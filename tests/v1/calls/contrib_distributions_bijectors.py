"""``tf.contrib.distributions.bijectors`` and the functions beside them, and ``tf.contrib.bayesflow``."""

import numpy as np

NUMBERS = [[0.2, 0.5], [0.9, 0.3], [0.1, 0.7]]
TRIL = [[1.0, 0.0], [0.5, 2.0]]
SPREAD = np.float32([0.1, 2.0, -1.0, 3.5, 0.7, 0.2])


def _both_ways(make, x=NUMBERS, event_ndims=(0, 1), **more):
    """Returns a call that maps ``x`` forward and back, with the log determinants and shapes."""
    y = more.get("y")

    def call(tf):
        bijector = make(tf.contrib.distributions.bijectors)
        forward = bijector.forward(np.float32(x))
        # Constants of their own, so that nothing comes from the cache.
        source = forward if y is None else tf.constant(np.float32(y))
        answers = [forward, bijector.inverse(tf.identity(source)), bijector.name, bijector.forward_min_event_ndims]
        for ndims in event_ndims:
            answers.append(bijector.inverse_log_det_jacobian(tf.identity(source), event_ndims=ndims))
            answers.append(bijector.forward_log_det_jacobian(tf.constant(np.float32(x)), event_ndims=ndims))
        shape = np.shape(x)[-2:]
        answers.append(bijector.forward_event_shape(shape[-bijector.forward_min_event_ndims or 2 :]).as_list())
        return answers + [bijector.is_constant_jacobian, bijector.validate_args]

    return call


def _checked(make, method, value):
    """Returns a call whose run fails in a check of ``validate_args``."""
    value = np.float32(value)

    def call(tf):
        fed = tf.placeholder_with_default(value, value.shape)
        bijector = make(tf.contrib.distributions.bijectors, validate_args=True)
        if "jacobian" in method:
            return getattr(bijector, method)(fed, event_ndims=bijector.forward_min_event_ndims)
        return getattr(bijector, method)(fed)

    return call


def _flow(tf, unroll_loop=False):
    tf.set_random_seed(3)
    ds = tf.contrib.distributions
    made = ds.bijectors.masked_autoregressive_default_template([4], log_scale_min_clip=-1.0, name="made")
    flow = ds.bijectors.MaskedAutoregressiveFlow(made, unroll_loop=unroll_loop)
    base = ds.MultivariateNormalDiag(tf.zeros([3]))
    distribution = ds.TransformedDistribution(base, flow)
    value = np.float32([[0.1, 0.2, 0.3], [-0.5, 0.4, 1.0]])
    return [distribution.log_prob(value), distribution.sample(2, seed=4)]


def _stacked_flow(tf):
    ds = tf.contrib.distributions
    b = ds.bijectors
    parts = []
    for index in range(2):
        made = b.masked_autoregressive_default_template([4, 4], shift_only=index == 1, name="made_%d" % index)
        parts += [b.Invert(b.MaskedAutoregressiveFlow(made)), b.Permute([2, 0, 1])]
    distribution = ds.TransformedDistribution(ds.Normal(0.0, 1.0), b.Chain(parts[:-1]), event_shape=[3])
    return [distribution.sample(2, seed=4), distribution.log_prob(distribution.sample(2, seed=5))]


def _real_nvp(tf):
    ds = tf.contrib.distributions
    template = ds.bijectors.real_nvp_default_template([5])
    flow = ds.bijectors.RealNVP(num_masked=1, shift_and_log_scale_fn=template)
    distribution = ds.TransformedDistribution(ds.MultivariateNormalDiag(tf.zeros([3])), flow)
    value = np.float32([[0.1, 0.2, 0.3], [-0.5, 0.4, 1.0]])
    forward = flow.forward_log_det_jacobian(value, event_ndims=1)
    return [distribution.log_prob(value), distribution.sample(2, seed=4), forward]


def _batch_normalization(training):
    def call(tf):
        ds = tf.contrib.distributions
        normalization = ds.bijectors.BatchNormalization(training=training)
        value = tf.constant(np.float32([[0.1, 0.2, 0.3], [-0.5, 0.4, 1.0]]))
        answers = [normalization.inverse(value), normalization.inverse_log_det_jacobian(value, event_ndims=1)]
        answers.append(normalization.forward(tf.identity(value)))
        return answers + [normalization.forward_log_det_jacobian(tf.identity(value), event_ndims=1)]

    return call


def _masked_dense(tf):
    b = tf.contrib.distributions.bijectors
    return b.masked_dense(tf.ones([2, 4]), 6, num_blocks=2, exclusive=True, name="dense")


def _reshaped(tf):
    bijector = tf.contrib.distributions.bijectors.Reshape([1, -1], [2], validate_args=True)
    x = np.float32(NUMBERS)
    answers = [bijector.forward(x), bijector.inverse(x[:, None]), bijector.forward_log_det_jacobian(x, event_ndims=1)]
    answers += [bijector.forward_event_shape([2]).as_list(), bijector.inverse_event_shape([1, 2]).as_list()]
    fed = tf.placeholder_with_default(x, None)
    return answers + [bijector.forward(fed), bijector.forward_event_shape_tensor([2])]


def _inline(tf):
    b = tf.contrib.distributions.bijectors
    cube = b.Inline(
        forward_fn=lambda x: x**3.0,
        inverse_fn=lambda y: y ** (1.0 / 3.0),
        inverse_log_det_jacobian_fn=lambda y: -tf.log(3.0) - (2.0 / 3.0) * tf.log(y),
        forward_min_event_ndims=0,
        name="cube",
    )
    inverted = b.Invert(cube)
    chain = b.Chain([b.Exp(), inverted])
    values = [cube.forward(2.0), cube.inverse(8.0), inverted.forward(8.0), chain.forward(8.0), chain.name]
    return values + [cube.forward_log_det_jacobian(2.0, event_ndims=0), chain.inverse_log_det_jacobian(2.0, 0)]


def _non_zero_softplus(tf):
    return tf.contrib.distributions.bijectors.Softplus(
        hinge_softness=tf.placeholder_with_default(0.0, []), validate_args=True
    ).forward(1.0)


def _moving(tf):
    ds = tf.contrib.distributions
    value = tf.constant([1.0, 3.0])
    mean, variance = ds.moving_mean_variance(value, 0.9)
    log_mean = tf.get_variable("log_mean", [2], trainable=False)
    updates = [mean, variance, ds.assign_log_moving_mean_exp(log_mean, value, 0.8)]

    def run(session):
        session.run(log_mean.assign([0.5, 0.2]))
        return [session.run(updates[0]), session.run(updates[1]), session.run(updates[2])]

    return run


def _percentiles(tf):
    ds = tf.contrib.distributions
    x = SPREAD.reshape(2, 3)
    answers = [ds.percentile(SPREAD, q) for q in (0.0, 30.0, 50, 100.0)]
    answers += [ds.percentile(SPREAD, 30.0, interpolation=each) for each in ("lower", "higher", "nearest")]
    answers += [ds.percentile(x, 60.0, axis=0), ds.percentile(x, 60.0, axis=[-1], keep_dims=True)]
    fed = tf.placeholder_with_default(x, [None, 3])
    return answers + [ds.percentile(fed, 60.0, axis=[0, 1], validate_args=True), ds.percentile(x, 9.0, keep_dims=True)]


def _correlations(tf):
    ds = tf.contrib.distributions
    x = SPREAD.reshape(2, 3)
    fed = tf.placeholder_with_default(x, [None, None])
    answers = [ds.auto_correlation(SPREAD), ds.auto_correlation(x, axis=0), ds.auto_correlation(x, max_lags=1)]
    answers += [ds.auto_correlation(SPREAD, center=False, normalize=False), ds.auto_correlation(fed, max_lags=1)]
    return answers + [tf.real(ds.auto_correlation(tf.complex(SPREAD, SPREAD[::-1])))]


def _seeds(tf):
    stream = tf.contrib.distributions.SeedStream(4, salt="mine")
    other = tf.contrib.distributions.SeedStream(stream, salt="another")
    none = tf.contrib.distributions.SeedStream(None, salt="mine")
    return [str(stream()), str(stream()), str(other()), str(none()), stream.original_seed, stream.salt]


def _quadratures(tf):
    ds = tf.contrib.distributions
    loc, scale = tf.constant([0.5, 1.0]), tf.constant([1.0, 2.0])
    answers = [ds.quadrature_scheme_lognormal_quantiles(loc, scale, 3)]
    answers.append(ds.quadrature_scheme_lognormal_gauss_hermite(loc, scale, 3))
    answers.append(ds.quadrature_scheme_softmaxnormal_quantiles([[0.5], [1.0]], [[1.0], [2.0]], 3))
    return answers


def _expectations(tf):
    ds, mc = tf.contrib.distributions, tf.contrib.bayesflow.monte_carlo
    loc = tf.get_variable("loc", [2])
    p, q = ds.Normal(loc, 1.0), ds.Normal([0.5, 0.0], 2.0)
    samples = p.sample(20, seed=2)
    answers = [mc.expectation(tf.square, samples), mc.expectation(tf.square, samples, keep_dims=True)]
    answers.append(mc.expectation(tf.square, samples, log_prob=p.log_prob, use_reparametrization=False))
    answers.append(mc.expectation_importance_sampler(tf.sin, p.log_prob, q, n=20, seed=3))
    z = q.sample(20, seed=4)
    answers.append(mc.expectation_importance_sampler_logspace(lambda x: -tf.square(x), p.log_prob, q, z=z))
    return answers


CALLS = {
    "AbsoluteValue": lambda tf: [
        tf.contrib.distributions.bijectors.AbsoluteValue().forward([-1.0, 2.0]),
        tf.contrib.distributions.bijectors.AbsoluteValue().inverse([1.0, 2.0]),
        tf.contrib.distributions.bijectors.AbsoluteValue().inverse_log_det_jacobian([1.0, 2.0], 0),
    ],
    "AbsoluteValue is checked": lambda tf: tf.contrib.distributions.bijectors.AbsoluteValue(validate_args=True).inverse(
        tf.placeholder_with_default([-1.0], [1])
    )[0],
    "AffineScalar": _both_ways(lambda b: b.AffineScalar(1.0, 2.0)),
    "AffineScalar of nothing": _both_ways(lambda b: b.AffineScalar()),
    "AffineScalar is checked": lambda tf: tf.contrib.distributions.bijectors.AffineScalar(
        scale=tf.placeholder_with_default(0.0, []), validate_args=True
    ).forward(1.0),
    "Affine": _both_ways(lambda b: b.Affine([1.0, 2.0], scale_diag=[2.0, 3.0]), event_ndims=(1,)),
    "Affine of all parts": _both_ways(
        lambda b: b.Affine([1.0, 2.0], 0.5, [2.0, 3.0], TRIL, [[0.5], [0.2]], [0.7], validate_args=True),
        event_ndims=(1,),
    ),
    "Affine of a multiple": _both_ways(lambda b: b.Affine([1.0, 2.0], 3.0), event_ndims=(1,)),
    "Affine of nothing": _both_ways(lambda b: b.Affine(), event_ndims=(1,)),
    "Affine without a factor": lambda tf: tf.contrib.distributions.bijectors.Affine(scale_perturb_diag=[1.0]),
    "AffineLinearOperator of nothing": _both_ways(lambda b: b.AffineLinearOperator([1.0, 2.0]), event_ndims=(1,)),
    "AffineLinearOperator of a matrix": lambda tf: tf.contrib.distributions.bijectors.AffineLinearOperator(
        scale=tf.constant(TRIL)
    ),
    "Chain": _both_ways(lambda b: b.Chain([b.Exp(), b.AffineScalar(1.0, 2.0), b.Sigmoid()])),
    "Chain of nothing": _both_ways(lambda b: b.Chain()),
    "Chain of other ranks": _both_ways(
        lambda b: b.Chain([b.SoftmaxCentered(), b.Affine(scale_diag=[1.0, 2.0]), b.Softplus()]), event_ndims=(1,)
    ),
    "Chain of one that is not injective": lambda tf: tf.contrib.distributions.bijectors.Chain(
        [tf.contrib.distributions.bijectors.AbsoluteValue()]
    ),
    "CholeskyOuterProduct": _both_ways(lambda b: b.CholeskyOuterProduct(), TRIL, (2,)),
    "CholeskyOuterProduct of a batch": _both_ways(lambda b: b.CholeskyOuterProduct(True), [TRIL, TRIL], (2,)),
    "Exp": _both_ways(lambda b: b.Exp()),
    "Exp is checked": _checked(lambda b, **o: b.Exp(**o), "inverse", [-1.0]),
    "FillTriangular": _both_ways(lambda b: b.FillTriangular(), [1.0, 2.0, 3.0], ()),
    "FillTriangular to the upper part": _both_ways(lambda b: b.FillTriangular(upper=True), [1.0, 2.0, 3.0], ()),
    "Gumbel": _both_ways(lambda b: b.Gumbel(0.5, 2.0)),
    "Gumbel is checked": _checked(lambda b, **o: b.Gumbel(**o), "inverse", [2.0]),
    "Identity": _both_ways(lambda b: b.Identity()),
    "Inline": _inline,
    "Inline of nothing": lambda tf: tf.contrib.distributions.bijectors.Inline(forward_min_event_ndims=0).forward(1.0),
    "Invert": _both_ways(lambda b: b.Invert(b.Exp())),
    "Kumaraswamy": _both_ways(lambda b: b.Kumaraswamy(2.0, 0.5)),
    "Kumaraswamy is checked": _checked(lambda b, **o: b.Kumaraswamy(2.0, 0.5, **o), "forward", [1.5]),
    "MaskedAutoregressiveFlow": _flow,
    "MaskedAutoregressiveFlow unrolled": lambda tf: _flow(tf, unroll_loop=True),
    "MaskedAutoregressiveFlow stacked": _stacked_flow,
    "MatrixInverseTriL": _both_ways(lambda b: b.MatrixInverseTriL(), TRIL, (2,)),
    "MatrixInverseTriL is checked": _checked(lambda b, **o: b.MatrixInverseTriL(**o), "forward", [[1.0, 2.0], [0, 1]]),
    "Ordered": _both_ways(lambda b: b.Ordered(), [[0.2, 0.5], [-0.9, 0.3]], (1,)),
    "Ordered is checked": _checked(lambda b, **o: b.Ordered(**o), "forward_log_det_jacobian", [2.0, 1.0]),
    "Permute": _both_ways(lambda b: b.Permute([1, 0]), event_ndims=(1,)),
    "Permute of no permutation": lambda tf: tf.contrib.distributions.bijectors.Permute([0, 0]),
    "Permute of floats": lambda tf: tf.contrib.distributions.bijectors.Permute([0.0, 1.0]),
    "PowerTransform": _both_ways(lambda b: b.PowerTransform(0.5)),
    "PowerTransform is checked": _checked(lambda b, **o: b.PowerTransform(0.5, **o), "forward", [-3.0]),
    "PowerTransform of a negative power": lambda tf: tf.contrib.distributions.bijectors.PowerTransform(-1.0),
    "RealNVP": _real_nvp,
    "RealNVP of nothing": lambda tf: tf.contrib.distributions.bijectors.RealNVP(0, None),
    "BatchNormalization": _batch_normalization(True),
    "BatchNormalization with averages": _batch_normalization(False),
    "BatchNormalization of no layer": lambda tf: tf.contrib.distributions.bijectors.BatchNormalization(1.0),
    "Reshape": _reshaped,
    "Reshape of another shape": lambda tf: tf.contrib.distributions.bijectors.Reshape([1, 2], [3]).forward([[1.0, 2]]),
    "ScaleTriL": _both_ways(lambda b: b.ScaleTriL(), [[1.0, 2.0, 3.0]], ()),
    "ScaleTriL of Exp": _both_ways(lambda b: b.ScaleTriL(b.Exp(), diag_shift=None), [[1.0, 2.0, 3.0]], ()),
    "Sigmoid": _both_ways(lambda b: b.Sigmoid()),
    "SinhArcsinh": _both_ways(lambda b: b.SinhArcsinh(0.5, 2.0)),
    "SoftmaxCentered": _both_ways(lambda b: b.SoftmaxCentered(), event_ndims=(1,)),
    "Softplus": _both_ways(lambda b: b.Softplus()),
    "Softplus with softness": _both_ways(lambda b: b.Softplus(hinge_softness=0.5)),
    "Softplus is checked": _non_zero_softplus,
    "Softsign": _both_ways(lambda b: b.Softsign()),
    "Softsign is checked": _checked(lambda b, **o: b.Softsign(**o), "inverse", [1.5]),
    "Square": _both_ways(lambda b: b.Square()),
    "Square is checked": _checked(lambda b, **o: b.Square(**o), "forward", [-1.5]),
    "TransformDiagonal": _both_ways(lambda b: b.TransformDiagonal(b.Exp()), TRIL, (2,)),
    "masked_dense": _masked_dense,
    "moving averages": _moving,
    "moving averages of integers": lambda tf: tf.contrib.distributions.moving_mean_variance([1, 2], 0.5),
    "percentile": _percentiles,
    "percentile of another interpolation": lambda tf: tf.contrib.distributions.percentile(
        [1.0], 1.0, interpolation="mean"
    ),
    "percentile of another axis": lambda tf: tf.contrib.distributions.percentile([1.0], 1.0, axis=1),
    "auto_correlation": _correlations,
    "SeedStream": _seeds,
    "quadratures": _quadratures,
    "quadrature of several": lambda tf: tf.contrib.distributions.quadrature_scheme_softmaxnormal_quantiles(
        [1.0, 2.0], [1.0, 2.0], 3
    ),
    "bayesflow": _expectations,
    "bayesflow of both": lambda tf: tf.contrib.bayesflow.monte_carlo.expectation_importance_sampler_logspace(
        tf.sin, tf.cos, None, z=[1.0], n=3
    ),
    "bayesflow without log_prob": lambda tf: tf.contrib.bayesflow.monte_carlo.expectation(
        tf.sin, [1.0], use_reparametrization=False
    ),
}
