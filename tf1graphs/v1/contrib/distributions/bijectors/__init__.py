"""``tf.contrib.distributions.bijectors``: invertible functions that know how they stretch space.

A bijector has ``forward(x)``, ``inverse(y)``, ``forward_log_det_jacobian(x, event_ndims)`` and
``inverse_log_det_jacobian(y, event_ndims)``, where ``event_ndims`` counts the last dimensions that are one event.
"""

from tensorflow.python.ops.distributions.bijector import Bijector
from tensorflow.python.ops.distributions.identity_bijector import Identity

from tf1graphs.v1.contrib.distributions.bijectors._affine import Affine, AffineLinearOperator, AffineScalar
from tf1graphs.v1.contrib.distributions.bijectors._autoregressive import (
    MaskedAutoregressiveFlow,
    masked_autoregressive_default_template,
    masked_dense,
)
from tf1graphs.v1.contrib.distributions.bijectors._batch_normalization import BatchNormalization
from tf1graphs.v1.contrib.distributions.bijectors._composed import Chain, ConditionalBijector, Inline, Invert
from tf1graphs.v1.contrib.distributions.bijectors._cumulative import Gumbel, Kumaraswamy, Weibull
from tf1graphs.v1.contrib.distributions.bijectors._elementwise import (
    AbsoluteValue,
    Exp,
    PowerTransform,
    Sigmoid,
    SinhArcsinh,
    Softplus,
    Softsign,
    Square,
)
from tf1graphs.v1.contrib.distributions.bijectors._matrices import (
    CholeskyOuterProduct,
    FillTriangular,
    MatrixInverseTriL,
    ScaleTriL,
    TransformDiagonal,
)
from tf1graphs.v1.contrib.distributions.bijectors._real_nvp import RealNVP, real_nvp_default_template
from tf1graphs.v1.contrib.distributions.bijectors._reshape import Reshape
from tf1graphs.v1.contrib.distributions.bijectors._vectors import Ordered, Permute, SoftmaxCentered

__all__ = [
    "AbsoluteValue",
    "Affine",
    "AffineLinearOperator",
    "AffineScalar",
    "BatchNormalization",
    "Bijector",
    "Chain",
    "CholeskyOuterProduct",
    "ConditionalBijector",
    "Exp",
    "FillTriangular",
    "Gumbel",
    "Identity",
    "Inline",
    "Invert",
    "Kumaraswamy",
    "MaskedAutoregressiveFlow",
    "MatrixInverseTriL",
    "Ordered",
    "Permute",
    "PowerTransform",
    "RealNVP",
    "Reshape",
    "ScaleTriL",
    "Sigmoid",
    "SinhArcsinh",
    "SoftmaxCentered",
    "Softplus",
    "Softsign",
    "Square",
    "TransformDiagonal",
    "Weibull",
    "masked_autoregressive_default_template",
    "masked_dense",
    "real_nvp_default_template",
]
