"""Functions of one and of two labeled tensors, element by element."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tensorflow.python.framework import ops
from tensorflow.python.ops import math_ops

from tf1graphs.v1.contrib.labeled_tensor import _typecheck as tc
from tf1graphs.v1.contrib.labeled_tensor._axes import is_string
from tf1graphs.v1.contrib.labeled_tensor._axis_functions import align
from tf1graphs.v1.contrib.labeled_tensor._labeled_tensor import (
    LabeledTensor,
    convert_to_labeled_tensor,
    is_labeled_tensor_like,
)

_Function = Callable[..., Any]


@tc.accepts(is_string, callable)
def define_unary_op(op_name: str, elementwise_function: _Function) -> _Function:
    """Returns the function of a labeled tensor that a function of a tensor and a ``name`` makes."""

    @tc.accepts(is_labeled_tensor_like, tc.optional(is_string))
    def op(labeled_tensor: Any, name: str | None = None) -> LabeledTensor:
        """Returns the result for each element, with the same axes."""
        with ops.name_scope(name, f"lt_{op_name}", [labeled_tensor]) as scope:
            labeled_tensor = convert_to_labeled_tensor(labeled_tensor)
            return LabeledTensor(elementwise_function(labeled_tensor.tensor, name=scope), labeled_tensor.axes)

    op.__name__ = op_name
    return op


@tc.accepts(is_string, callable)
def define_binary_op(op_name: str, elementwise_function: _Function) -> _Function:
    """Returns the function of two labeled tensors that a function of two tensors and a ``name`` makes."""

    @tc.accepts(is_labeled_tensor_like, is_labeled_tensor_like, tc.optional(is_string))
    def op(labeled_tensor_0: Any, labeled_tensor_1: Any, name: str | None = None) -> LabeledTensor:
        """Returns the result for each pair of elements, with the axes of both."""
        with ops.name_scope(name, f"lt_{op_name}", [labeled_tensor_0, labeled_tensor_1]) as scope:
            first, second, axes = align(labeled_tensor_0, labeled_tensor_1)
            return LabeledTensor(elementwise_function(first.tensor, second.tensor, name=scope), axes)

    op.__name__ = op_name
    return op


_UNARY = {
    "abs": math_ops.abs,
    "neg": math_ops.negative,
    "sign": math_ops.sign,
    "reciprocal": math_ops.reciprocal,
    "square": math_ops.square,
    "round": math_ops.round,
    "sqrt": math_ops.sqrt,
    "rsqrt": math_ops.rsqrt,
    "exp": math_ops.exp,
    "log": math_ops.log,
    "ceil": math_ops.ceil,
    "floor": math_ops.floor,
    "cos": math_ops.cos,
    "sin": math_ops.sin,
    "tan": math_ops.tan,
    "acos": math_ops.acos,
    "asin": math_ops.asin,
    "atan": math_ops.atan,
    "lgamma": math_ops.lgamma,
    "digamma": math_ops.digamma,
    "erf": math_ops.erf,
    "erfc": math_ops.erfc,
    "logical_not": math_ops.logical_not,
    "tanh": math_ops.tanh,
    "sigmoid": math_ops.sigmoid,
}
_BINARY = {
    "add": math_ops.add,
    "sub": math_ops.subtract,
    "mul": math_ops.multiply,
    "div": math_ops.div,
    "mod": math_ops.mod,
    "pow": math_ops.pow,
    "equal": math_ops.equal,
    "greater": math_ops.greater,
    "greater_equal": math_ops.greater_equal,
    "not_equal": math_ops.not_equal,
    "less": math_ops.less,
    "less_equal": math_ops.less_equal,
    "logical_and": math_ops.logical_and,
    "logical_or": math_ops.logical_or,
    "logical_xor": math_ops.logical_xor,
    "maximum": math_ops.maximum,
    "minimum": math_ops.minimum,
    "squared_difference": math_ops.squared_difference,
    "igamma": math_ops.igamma,
    "igammac": math_ops.igammac,
    "zeta": math_ops.zeta,
    "polygamma": math_ops.polygamma,
}
UNARY = {name: define_unary_op(name, function) for name, function in _UNARY.items()}
BINARY = {name: define_binary_op(name, function) for name, function in _BINARY.items()}
