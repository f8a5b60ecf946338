"""``tf.contrib.framework``: variables, arg scopes, checkpoints, checks; kept by tf_slim and TensorFlow's internals."""

# ruff: noqa: F401, F403, I001 (the names of the API; tf_slim is importable once _tf_slim is)

from tf1graphs.v1 import _tf_slim
from tensorflow.python.framework.ops import prepend_name_scope, strip_name_scope
from tensorflow.python.framework.smart_cond import smart_case, smart_cond, smart_constant_value
from tensorflow.python.framework.sparse_tensor import convert_to_tensor_or_sparse_tensor
from tensorflow.python.framework.tensor import BoundedTensorSpec, TensorSpec
from tensorflow.python.framework.tensor_util import is_tf_type as is_tensor
from tensorflow.python.ops.check_ops import assert_same_float_dtype, assert_scalar
from tensorflow.python.ops.data_flow_ops import RecordInput
from tensorflow.python.ops.init_ops import (
    convolutional_delta_orthogonal,
    convolutional_orthogonal_1d,
    convolutional_orthogonal_2d,
    convolutional_orthogonal_3d,
)
from tensorflow.python.ops.sort_ops import argsort, sort
from tensorflow.python.util.deprecation import deprecated, deprecated_arg_values, deprecated_args
from tf_slim.ops.arg_scope import add_arg_scope, arg_scope, arg_scoped_arguments, current_arg_scope, has_arg_scope
from tf_slim.ops.variables import *

from tf1graphs.v1.contrib.framework import nest
from tf1graphs.v1.contrib.framework._checkpoints import (
    init_from_checkpoint,
    list_variables,
    load_and_remap_matrix_initializer,
    load_checkpoint,
    load_embedding_initializer,
    load_linear_multiclass_bias_initializer,
    load_variable,
    load_variable_slot_initializer,
)
from tf1graphs.v1.contrib.framework._experimental import experimental
from tf1graphs.v1.contrib.framework._graphs import (
    fuse_op,
    get_graph_from_inputs,
    get_name_scope,
    get_placeholders,
)
from tf1graphs.v1.contrib.framework._ops import py_func, reduce_sum_n, remove_squeezable_dimensions, zero_initializer
from tf1graphs.v1.contrib.framework._shapes import assert_scalar_int, with_same_shape, with_shape
