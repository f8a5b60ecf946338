"""``tf.nn.rnn_cell``: TF1's cells, kept by tf-keras, with 1.15's variable names, gate order and forget bias."""

from tf1graphs.v1 import _tf_keras  # noqa: F401, I001 (first, to keep what follows quiet)
from tf_keras.api._v1.keras.__internal__.legacy.rnn_cell import *  # noqa: F403
