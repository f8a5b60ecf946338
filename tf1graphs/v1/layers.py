"""``tf.layers``: TF1's layers, kept by tf-keras, with 1.15's variable names and defaults."""

from tf1graphs.v1 import _tf_keras  # noqa: F401, I001 (first, to keep what follows quiet)
from tf_keras.api._v1.keras.__internal__.legacy.layers import *  # noqa: F403
