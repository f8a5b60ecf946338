"""TF1's layers that bijectors are made of; tf-keras, which keeps them, takes seconds to import."""

from tf1graphs.v1 import _tf_keras  # noqa: F401, I001 (first, to keep what follows quiet)
from tf_keras.src.legacy_tf_layers.core import Dense, dense
from tf_keras.src.legacy_tf_layers.normalization import BatchNormalization

__all__ = ["BatchNormalization", "Dense", "dense"]
