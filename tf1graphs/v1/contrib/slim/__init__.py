"""``tf.contrib.slim``: layers, losses, metrics and arg scopes under one name, data and training; kept by tf_slim."""

# ruff: noqa: F401, F403, I001 (the names of the API; tf_slim is importable once _tf_slim is)

from tf1graphs.v1 import _tf_slim
from tf1graphs.v1.contrib import losses, metrics
from tf1graphs.v1.contrib.framework._experimental import experimental
from tf1graphs.v1.contrib.framework._ops import zero_initializer
from tf1graphs.v1.contrib.layers import *
from tf1graphs.v1.contrib.layers._data_frame_column import DataFrameColumn
from tensorflow.python.util.deprecation import deprecated, deprecated_arg_values
from tf_slim import evaluation, learning, model_analyzer, queues, summaries
from tf_slim.data import (
    data_decoder,
    data_provider,
    dataset,
    dataset_data_provider,
    parallel_reader,
    prefetch_queue,
    tfexample_decoder,
)
from tf_slim.layers import initializers, layers, normalization, optimizers, regularizers, rev_block_lib, utils
from tf_slim.layers.bucketization_op import bucketize
from tf_slim.ops.arg_scope import *
from tf_slim.ops.variables import *
