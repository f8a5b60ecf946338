"""Makes slices of tensors whose bounds are tensors of the ops of 1.15.

Today a bound that is left out becomes a constant of its own, of the dtype of the bounds that are tensors; 1.15 left it
a number, and cast. Source: ``_slice_helper`` in ``array_ops.py`` of 1.15.5.
"""

from __future__ import annotations

import types
from typing import Any

from tensorflow.python.framework import dtypes
from tensorflow.python.framework import tensor as tensor_lib
from tensorflow.python.ops import tensor_getitem_override

from tf1graphs.v1._parity import Function, in_graphs, over

# The bounds are looked at as if none were a tensor.
_NO_TENSORS = types.SimpleNamespace(Tensor=())


def _slices(original: Function) -> Function:
    with_numbers = over(tensor_lib=_NO_TENSORS)(original.__wrapped__)  # type: ignore[attr-defined]

    def slice_helper(tensor: Any, slice_spec: Any, var: Any = None) -> Any:
        is_mask = isinstance(slice_spec, tensor_lib.Tensor) and slice_spec.dtype == dtypes.bool
        return (original if is_mask else with_numbers)(tensor, slice_spec, var)

    return slice_helper


in_graphs(tensor_getitem_override, "_slice_helper")(_slices)
in_graphs(tensor_lib.Tensor, "__getitem__")(_slices)
