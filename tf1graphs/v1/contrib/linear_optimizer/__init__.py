"""``tf.contrib.linear_optimizer``: stochastic dual coordinate ascent for linear models."""

from tf1graphs.v1.contrib.linear_optimizer._sdca_model import SdcaModel
from tf1graphs.v1.contrib.linear_optimizer._sdca_optimizer import SDCAOptimizer
from tf1graphs.v1.contrib.linear_optimizer._sparse_feature_column import SparseFeatureColumn

__all__ = ["SDCAOptimizer", "SdcaModel", "SparseFeatureColumn"]
