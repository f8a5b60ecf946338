"""``tf.contrib.distributions``: distributions, their bijectors, divergences and statistics.

They stand on TensorFlow's own base class, which has the methods ``sample()``, ``log_prob()``, ``mean()`` and so on;
a distribution has a batch shape, of parameters, and an event shape, of one sample. TensorFlow Probability, the
successor, has other classes under these names: a program's own Distribution or Bijector, or a Categorical of
``tf.distributions``, would not fit them, and they make other numbers of ops, which a graph seed sees.
"""

from tensorflow.python.ops.distributions.bernoulli import Bernoulli
from tensorflow.python.ops.distributions.beta import Beta, BetaWithSoftplusConcentration
from tensorflow.python.ops.distributions.categorical import Categorical
from tensorflow.python.ops.distributions.dirichlet import Dirichlet
from tensorflow.python.ops.distributions.dirichlet_multinomial import DirichletMultinomial
from tensorflow.python.ops.distributions.distribution import (
    FULLY_REPARAMETERIZED,
    NOT_REPARAMETERIZED,
    Distribution,
    ReparameterizationType,
)
from tensorflow.python.ops.distributions.exponential import Exponential, ExponentialWithSoftplusRate
from tensorflow.python.ops.distributions.gamma import Gamma, GammaWithSoftplusConcentrationRate
from tensorflow.python.ops.distributions.kullback_leibler import RegisterKL, kl_divergence
from tensorflow.python.ops.distributions.laplace import Laplace, LaplaceWithSoftplusScale
from tensorflow.python.ops.distributions.multinomial import Multinomial
from tensorflow.python.ops.distributions.normal import Normal, NormalWithSoftplusScale
from tensorflow.python.ops.distributions.student_t import StudentT, StudentTWithAbsDfSoftplusScale
from tensorflow.python.ops.distributions.uniform import Uniform
from tensorflow.python.ops.distributions.util import (
    fill_triangular,
    fill_triangular_inverse,
    matrix_diag_transform,
    reduce_weighted_logsumexp,
    softplus_inverse,
    tridiag,
)

from tf1graphs.v1 import _later
from tf1graphs.v1.contrib.distributions import bijectors
from tf1graphs.v1.contrib.distributions._autoregressive_distribution import Autoregressive
from tf1graphs.v1.contrib.distributions._batch_reshape import BatchReshape
from tf1graphs.v1.contrib.distributions._conditional import ConditionalDistribution, ConditionalTransformedDistribution
from tf1graphs.v1.contrib.distributions._conjugates import (
    normal_conjugates_known_scale_posterior,
    normal_conjugates_known_scale_predictive,
)
from tf1graphs.v1.contrib.distributions._counts import Binomial, Geometric, NegativeBinomial, Poisson
from tf1graphs.v1.contrib.distributions._deterministic import Deterministic, VectorDeterministic
from tf1graphs.v1.contrib.distributions._independent import Independent
from tf1graphs.v1.contrib.distributions._kumaraswamy import Kumaraswamy
from tf1graphs.v1.contrib.distributions._linear_operator import (
    MultivariateNormalLinearOperator,  # noqa: F401 (of a module inside contrib)
    VectorExponentialLinearOperator,  # noqa: F401 (of a module inside contrib)
    VectorLaplaceLinearOperator,  # noqa: F401 (of a module inside contrib)
)
from tf1graphs.v1.contrib.distributions._location_scale import Cauchy, Logistic, _Gumbel  # noqa: F401 (of a module inside contrib)
from tf1graphs.v1.contrib.distributions._mixture import Mixture
from tf1graphs.v1.contrib.distributions._mixture_same_family import MixtureSameFamily
from tf1graphs.v1.contrib.distributions._moving import (
    assign_log_moving_mean_exp,
    assign_moving_mean_variance,
    moving_mean_variance,
)
from tf1graphs.v1.contrib.distributions._multivariate_normal import (
    MultivariateNormalDiag,
    MultivariateNormalDiagPlusLowRank,
    MultivariateNormalDiagWithSoftplusScale,
    MultivariateNormalFullCovariance,
    MultivariateNormalTriL,
)
from tf1graphs.v1.contrib.distributions._one_hot import (
    ExpRelaxedOneHotCategorical,
    OneHotCategorical,
    RelaxedBernoulli,
    RelaxedOneHotCategorical,
)
from tf1graphs.v1.contrib.distributions._poisson_lognormal import PoissonLogNormalQuadratureCompound
from tf1graphs.v1.contrib.distributions._positive import (
    Chi2,
    Chi2WithAbsDf,
    HalfNormal,
    InverseGamma,
    InverseGammaWithSoftplusConcentrationRate,
)
from tf1graphs.v1.contrib.distributions._quadrature import (
    quadrature_scheme_lognormal_gauss_hermite,
    quadrature_scheme_lognormal_quantiles,
    quadrature_scheme_softmaxnormal_gauss_hermite,
    quadrature_scheme_softmaxnormal_quantiles,
)
from tf1graphs.v1.contrib.distributions._quantized import QuantizedDistribution
from tf1graphs.v1.contrib.distributions._sample_stats import auto_correlation, percentile
from tf1graphs.v1.contrib.distributions._seed_stream import SeedStream
from tf1graphs.v1.contrib.distributions._sinh_arcsinh import SinhArcsinh, VectorSinhArcsinhDiag
from tf1graphs.v1.contrib.distributions._transformed import TransformedDistribution
from tf1graphs.v1.contrib.distributions._vector_diag import VectorExponentialDiag, VectorLaplaceDiag
from tf1graphs.v1.contrib.distributions._vector_diffeomixture import VectorDiffeomixture
from tf1graphs.v1.contrib.distributions._vector_student_t import _VectorStudentT  # noqa: F401 (of a module inside contrib)
from tf1graphs.v1.contrib.distributions._wishart import WishartCholesky, WishartFull

# It needs the estimators, which take long to import.
__getattr__ = _later.from_modules(__name__, {"_regression_head": "estimator_head_distribution_regression"})

__all__ = [
    "Autoregressive",
    "BatchReshape",
    "Bernoulli",
    "Beta",
    "BetaWithSoftplusConcentration",
    "Binomial",
    "Categorical",
    "Cauchy",
    "Chi2",
    "Chi2WithAbsDf",
    "ConditionalDistribution",
    "ConditionalTransformedDistribution",
    "Deterministic",
    "Dirichlet",
    "DirichletMultinomial",
    "Distribution",
    "ExpRelaxedOneHotCategorical",
    "Exponential",
    "ExponentialWithSoftplusRate",
    "FULLY_REPARAMETERIZED",
    "Gamma",
    "GammaWithSoftplusConcentrationRate",
    "Geometric",
    "HalfNormal",
    "Independent",
    "InverseGamma",
    "InverseGammaWithSoftplusConcentrationRate",
    "Kumaraswamy",
    "Laplace",
    "LaplaceWithSoftplusScale",
    "Logistic",
    "Mixture",
    "MixtureSameFamily",
    "Multinomial",
    "MultivariateNormalDiag",
    "MultivariateNormalDiagPlusLowRank",
    "MultivariateNormalDiagWithSoftplusScale",
    "MultivariateNormalFullCovariance",
    "MultivariateNormalTriL",
    "NOT_REPARAMETERIZED",
    "NegativeBinomial",
    "Normal",
    "NormalWithSoftplusScale",
    "OneHotCategorical",
    "Poisson",
    "PoissonLogNormalQuadratureCompound",
    "QuantizedDistribution",
    "RegisterKL",
    "RelaxedBernoulli",
    "RelaxedOneHotCategorical",
    "ReparameterizationType",
    "SeedStream",
    "SinhArcsinh",
    "StudentT",
    "StudentTWithAbsDfSoftplusScale",
    "TransformedDistribution",
    "Uniform",
    "VectorDeterministic",
    "VectorDiffeomixture",
    "VectorExponentialDiag",
    "VectorLaplaceDiag",
    "VectorSinhArcsinhDiag",
    "WishartCholesky",
    "WishartFull",
    "assign_log_moving_mean_exp",
    "assign_moving_mean_variance",
    "auto_correlation",
    "bijectors",
    "estimator_head_distribution_regression",
    "fill_triangular",
    "fill_triangular_inverse",
    "kl_divergence",
    "matrix_diag_transform",
    "moving_mean_variance",
    "normal_conjugates_known_scale_posterior",
    "normal_conjugates_known_scale_predictive",
    "percentile",
    "quadrature_scheme_lognormal_gauss_hermite",
    "quadrature_scheme_lognormal_quantiles",
    "quadrature_scheme_softmaxnormal_gauss_hermite",
    "quadrature_scheme_softmaxnormal_quantiles",
    "reduce_weighted_logsumexp",
    "softplus_inverse",
    "tridiag",
]
