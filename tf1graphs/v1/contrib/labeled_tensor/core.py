"""``contrib.labeled_tensor.core``: labeled tensors, the order of their axes, and elementwise functions."""

from tf1graphs.v1.contrib.labeled_tensor._axes import Axes, Axis, as_axis, concat_axes
from tf1graphs.v1.contrib.labeled_tensor._axis_functions import (
    align,
    expand_dims,
    identity,
    impose_axis_order,
    slice_function,
    transpose,
)
from tf1graphs.v1.contrib.labeled_tensor._axis_order import (
    AxisOrderError,
    axis_order_scope,
    check_axis_order,
    get_axis_order,
)
from tf1graphs.v1.contrib.labeled_tensor._elementwise import BINARY, UNARY, define_binary_op, define_unary_op
from tf1graphs.v1.contrib.labeled_tensor._labeled_tensor import LabeledTensor, convert_to_labeled_tensor

__all__ = [
    "Axes",
    "Axis",
    "AxisOrderError",
    "LabeledTensor",
    "align",
    "as_axis",
    "axis_order_scope",
    "check_axis_order",
    "concat_axes",
    "convert_to_labeled_tensor",
    "define_binary_op",
    "define_unary_op",
    "expand_dims",
    "get_axis_order",
    "identity",
    "impose_axis_order",
    "slice_function",
    "transpose",
]

globals().update(UNARY)
globals().update(BINARY)
abs_function, round_function, pow_function = UNARY["abs"], UNARY["round"], BINARY["pow"]
