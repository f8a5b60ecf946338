"""A feature column of any number of numbers, which programs of 1.15 use by its private name."""

from __future__ import annotations

import collections
from collections.abc import Callable
from typing import Any

from tensorflow.python.framework import dtypes, sparse_tensor
from tensorflow.python.ops import math_ops, parsing_ops

from tf1graphs.v1.contrib.layers._columns import _FeatureColumn, _reshape_real_valued_tensor


class _RealValuedVarLenColumn(
    _FeatureColumn,
    collections.namedtuple(
        "_RealValuedVarLenColumn", ["column_name", "default_value", "dtype", "normalizer", "is_sparse"]
    ),
):
    _not_in_key = ("normalizer",)

    @property
    def name(self) -> str:
        return str(self.column_name)

    @property
    def config(self) -> dict[str, Any]:
        if self.is_sparse:
            return {self.column_name: parsing_ops.VarLenFeature(self.dtype)}
        feature = parsing_ops.FixedLenSequenceFeature(
            [], self.dtype, allow_missing=True, default_value=self.default_value
        )
        return {self.column_name: feature}

    @property
    def normalizer_fn(self) -> Callable[[Any], Any] | None:
        """The function applied to the numbers."""
        return self.normalizer  # type: ignore[no-any-return]

    def _transformed(self, inputs: Any) -> Any:
        numbers = inputs.get(self.name)
        if self.normalizer and self.is_sparse:
            numbers = sparse_tensor.SparseTensor(numbers.indices, self.normalizer(numbers.values), numbers.dense_shape)
        elif self.normalizer:
            numbers = self.normalizer(numbers)
        return math_ops.cast(numbers, dtypes.float32)

    def _to_dnn_input_layer(
        self, input_tensor: Any, weight_collections: Any = None, trainable: bool = True, output_rank: int = 2
    ) -> Any:
        return _reshape_real_valued_tensor(self._to_dense_tensor(input_tensor), output_rank, self.name)

    def _to_dense_tensor(self, input_tensor: Any) -> Any:
        if self.is_sparse:
            raise ValueError(f"{self.name} is sparse: make it with is_sparse=False")
        return input_tensor


def _real_valued_var_len_column(
    column_name: str,
    default_value: Any = None,
    dtype: Any = dtypes.float32,
    normalizer: Callable[[Any], Any] | None = None,
    is_sparse: bool = False,
) -> Any:
    if not (dtype.is_integer or dtype.is_floating):
        raise TypeError(f"{column_name}: dtype is to be a number, not {dtype}")
    if default_value is None and not is_sparse:
        raise ValueError(f"{column_name}: default_value, which pads a dense tensor, is missing")
    if isinstance(default_value, list):
        raise ValueError(f"{column_name}: default_value is one number, not {default_value}")
    if default_value is not None:
        default_value = int(default_value) if dtype.is_integer else float(default_value)
    return _RealValuedVarLenColumn(column_name, default_value, dtype, normalizer, is_sparse)
