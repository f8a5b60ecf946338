"""Makes the placeholders of sparse tensors of the ops of 1.15: a shape that is given is their dense shape.

Today it is only the default of a further placeholder, and what is computed from them does not know its static shape.
A constant shape can be fed: today every sparse tensor looks at its value, which forbids that, when it is made.
Source: ``sparse_placeholder`` in ``array_ops.py`` and ``SparseTensor`` of 1.15.5.
"""

from __future__ import annotations

from typing import Any

from tensorflow.python.framework import dtypes, ops, sparse_tensor
from tensorflow.python.framework import tensor as tensor_lib
from tensorflow.python.ops import array_ops
from tensorflow.python.util import object_identity

from tf1graphs.v1._parity import Function, in_graphs


def _sparse_placeholder(original: Function) -> Function:
    def sparse_placeholder(dtype: Any, shape: Any = None, name: str | None = None) -> sparse_tensor.SparseTensor:
        def placeholder(dtype: Any, shape: list[Any] | None, part: str) -> Any:
            return array_ops.placeholder(dtype, shape, name=name and f"{name}/{part}")

        is_tensor = isinstance(shape, tensor_lib.Tensor)
        rank = None if shape is None else shape.shape[0] if is_tensor else len(shape)
        if shape is None or (not is_tensor and None in shape):
            dense_shape = placeholder(dtypes.int64, [rank], "shape")
        else:
            dense_shape = ops.convert_to_tensor(shape, dtypes.int64, name=name and f"{name}/shape")
        values = placeholder(dtype, [None], "values")
        return sparse_tensor.SparseTensor(placeholder(dtypes.int64, [None, rank], "indices"), values, dense_shape)

    return sparse_placeholder


def _that_can_be_fed(original: Function) -> Function:
    def init(self: Any, indices: Any, values: Any, dense_shape: Any) -> None:
        graph = ops.get_default_graph()
        looked_at = graph._unfeedable_tensors
        graph._unfeedable_tensors = object_identity.ObjectIdentitySet()
        try:
            original(self, indices, values, dense_shape)
        finally:
            graph._unfeedable_tensors = looked_at

    return init


in_graphs(sparse_tensor.SparseTensor, "__init__")(_that_can_be_fed)
in_graphs(array_ops, "sparse_placeholder")(_sparse_placeholder)
