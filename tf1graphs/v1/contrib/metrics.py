"""``tf.contrib.metrics``, kept by tf_slim and TensorFlow's internals."""

# ruff: noqa: F401, F403, I001 (the names of the API; tf_slim is importable once _tf_slim is)

from tf1graphs.v1 import _tf_slim
from tensorflow.python.ops.confusion_matrix import confusion_matrix_v1 as confusion_matrix
from tensorflow.python.ops.sets_impl import set_difference, set_intersection, set_size, set_union
from tf_slim.metrics.classification import accuracy, f1_score
from tf_slim.metrics.histogram_ops import auc_using_histogram
from tf_slim.metrics.metric_ops import *
from tf_slim.metrics.metric_ops import (
    precision_at_recall,
    streaming_concat,
    streaming_covariance,
    streaming_pearson_correlation,
)
