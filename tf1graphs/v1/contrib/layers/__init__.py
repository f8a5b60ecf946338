"""``tf.contrib.layers``: kept by tf_slim, but for embeddings and feature columns, which are in the files beside."""

# ruff: noqa: F401, F403, I001 (the names of the API; tf_slim is importable once _tf_slim is)
from tf1graphs.v1 import _tf_slim
from tf_slim.layers import summaries
from tf_slim.layers.initializers import *
from tf_slim.layers.layers import *
from tf_slim.layers.normalization import *
from tf_slim.layers.optimizers import OPTIMIZER_CLS_NAMES, OPTIMIZER_SUMMARIES, adaptive_clipping_fn, optimize_loss
from tf_slim.layers.regularizers import *
from tf_slim.layers.rev_block_lib import *
from tf_slim.layers.summaries import *
from tf1graphs.v1.contrib.layers import feature_column
from tf1graphs.v1.contrib.layers._column_models import (
    input_from_feature_columns,
    joint_weighted_sum_from_feature_columns,
    sequence_input_from_feature_columns,
    weighted_sum_from_feature_columns,
)
from tf1graphs.v1.contrib.layers._column_parsing import (
    check_feature_columns,
    create_feature_spec_for_parsing,
    infer_real_valued_columns,
    make_place_holder_tensors_for_base_features,
    parse_feature_columns_from_examples,
    parse_feature_columns_from_sequence_examples,
    transform_features,
)
from tf1graphs.v1.contrib.layers._embedding_ops import (
    embedding_lookup_sparse_with_distributed_aggregation,
    embedding_lookup_unique,
    safe_embedding_lookup_sparse,
    scattered_embedding_lookup,
    scattered_embedding_lookup_sparse,
)
from tf1graphs.v1.contrib.layers._encoders import bow_encoder, embed_sequence
from tf1graphs.v1.contrib.layers._sparse_feature_cross import (
    SPARSE_FEATURE_CROSS_DEFAULT_HASH_KEY,
    sparse_feature_cross,
)
from tf1graphs.v1.contrib.layers._target_columns import (
    ProblemType,
    binary_svm_target,
    get_default_binary_metrics_for_eval,
    multi_class_target,
    regression_target,
)
from tf1graphs.v1.contrib.layers.feature_column import *
