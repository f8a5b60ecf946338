"""Makes slices of the ops of 1.15, and lets as much be known of what is computed from them.

Today a bound that is left out becomes a constant of its own, of the dtype of the bounds that are tensors; 1.15 left it
a number, and cast. Source: ``_slice_helper`` in ``array_ops.py`` of 1.15.5.

One dimension of a shape that is known in part, ``tf.shape(x)[0]``, is inferred today by the binary, and with it the
static shape of what is reshaped or tiled to it; programs that ask for static shapes then build other ops. 1.15 did not
know it. Source: ``eval_const_tensor.cc`` of TensorFlow 2.21, which looks at slices without masks only.
"""

from __future__ import annotations

import types
from typing import Any

from tensorflow.python.framework import dtypes
from tensorflow.python.framework import tensor as tensor_lib
from tensorflow.python.ops import gen_array_ops, tensor_getitem_override

from tf1graphs.v1._parity import Function, in_graphs, over

# The bounds are looked at as if none were a tensor.
_NO_TENSORS = types.SimpleNamespace(Tensor=())


def _slices(original: Function) -> Function:
    with_numbers = over(tensor_lib=_NO_TENSORS)(original.__wrapped__)  # type: ignore[attr-defined]

    def slice_helper(tensor: Any, slice_spec: Any, var: Any = None) -> Any:
        is_mask = isinstance(slice_spec, tensor_lib.Tensor) and slice_spec.dtype == dtypes.bool
        return (original if is_mask else with_numbers)(tensor, slice_spec, var)

    return slice_helper


def _not_inferred(original: Function) -> Function:
    """Marks the end of a slice that is one dimension of a shape as open: its value stays, an end is not looked at."""

    def strided_slice(input: Any, begin: Any, end: Any, strides: Any, *masks: Any, **more: Any) -> Any:
        is_of_shape = isinstance(input, tensor_lib.Tensor) and input.op.type == "Shape"
        if is_of_shape and more.get("shrink_axis_mask") == 1:
            more["end_mask"] = 1
        return original(input, begin, end, strides, *masks, **more)

    return strided_slice


in_graphs(gen_array_ops, "strided_slice")(_not_inferred)
in_graphs(tensor_getitem_override, "_slice_helper")(_slices)
in_graphs(tensor_lib.Tensor, "__getitem__")(_slices)
