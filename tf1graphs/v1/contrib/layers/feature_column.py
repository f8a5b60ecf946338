"""``tf.contrib.layers.feature_column``: the feature columns, with the classes that programs look at."""

# ruff: noqa: F401 (the names of the API)
from tensorflow.python.feature_column.feature_column import InputLayer

from tf1graphs.v1.contrib.layers._column_parsing import (
    create_feature_spec_for_parsing,
    make_place_holder_tensors_for_base_features,
)
from tf1graphs.v1.contrib.layers._column_variables import _embeddings_from_arguments, _maybe_restore_from_checkpoint
from tf1graphs.v1.contrib.layers._columns import (
    _DeepEmbeddingLookupArguments,
    _FeatureColumn,
    _LinearEmbeddingLookupArguments,
)
from tf1graphs.v1.contrib.layers._data_frame_column import DataFrameColumn
from tf1graphs.v1.contrib.layers._dense_columns import (
    _BucketizedColumn,
    _RealValuedColumn,
    bucketized_column,
    real_valued_column,
)
from tf1graphs.v1.contrib.layers._derived_columns import _CrossedColumn, _OneHotColumn, crossed_column, one_hot_column
from tf1graphs.v1.contrib.layers._embedding_columns import (
    _EmbeddingColumn,
    _ScatteredEmbeddingColumn,
    embedding_column,
    scattered_embedding_column,
    shared_embedding_columns,
)
from tf1graphs.v1.contrib.layers._sparse_columns import (
    _SparseColumn,
    _SparseColumnHashed,
    _SparseColumnIntegerized,
    _SparseColumnKeys,
    _SparseColumnVocabulary,
    _SparseIdLookupConfig,
    _WeightedSparseColumn,
    sparse_column_with_hash_bucket,
    sparse_column_with_integerized_feature,
    sparse_column_with_keys,
    sparse_column_with_vocabulary_file,
    weighted_sparse_column,
)
from tf1graphs.v1.contrib.layers._var_len_column import _real_valued_var_len_column, _RealValuedVarLenColumn
