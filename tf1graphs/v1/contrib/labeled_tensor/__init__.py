"""``tf.contrib.labeled_tensor``: tensors whose axes have names and labels."""

# ruff: noqa: F401 (the names of the API)
from tf1graphs.v1.contrib.labeled_tensor import nn
from tf1graphs.v1.contrib.labeled_tensor._axes import Axes, Axis, as_axis
from tf1graphs.v1.contrib.labeled_tensor._axis_functions import (
    align,
    expand_dims,
    identity,
    impose_axis_order,
    transpose,
)
from tf1graphs.v1.contrib.labeled_tensor._axis_functions import slice_function as slice
from tf1graphs.v1.contrib.labeled_tensor._axis_order import AxisOrderError, axis_order_scope, check_axis_order
from tf1graphs.v1.contrib.labeled_tensor._elementwise import BINARY, UNARY, define_binary_op, define_unary_op
from tf1graphs.v1.contrib.labeled_tensor._labeled_tensor import LabeledTensor, convert_to_labeled_tensor
from tf1graphs.v1.contrib.labeled_tensor._products import REDUCTIONS
from tf1graphs.v1.contrib.labeled_tensor.io_ops import (
    FixedLenFeature,
    parse_example,
    parse_single_example,
    placeholder,
)
from tf1graphs.v1.contrib.labeled_tensor.ops import (
    batch,
    boolean_mask,
    cast,
    concat,
    constant,
    define_reduce_op,
    foldl,
    map_fn,
    matmul,
    ones_like,
    pack,
    pad,
    random_crop,
    rename_axis,
    reshape,
    select,
    shuffle_batch,
    squeeze,
    tile,
    unpack,
    verify_tensor_all_finite,
    where,
    zeros_like,
)
from tf1graphs.v1.contrib.labeled_tensor.sugar import ReshapeCoder

globals().update({**UNARY, **BINARY, **REDUCTIONS})
