"""``tf.contrib.losses``, kept by tf_slim."""

# ruff: noqa: F401, F403, I001 (the names of the API; tf_slim is importable once _tf_slim is)

from tf1graphs.v1 import _tf_slim
from tf_slim.losses.loss_ops import *

from tf1graphs.v1.contrib.losses import metric_learning
