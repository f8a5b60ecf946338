"""The feature column of a series of a data frame; data frames themselves had left before 1.15."""

from __future__ import annotations

import collections
from typing import Any

from tensorflow.python.framework import dtypes
from tensorflow.python.ops import math_ops

from tf1graphs.v1.contrib.layers._columns import _FeatureColumn, _reshape_real_valued_tensor


class DataFrameColumn(_FeatureColumn, collections.namedtuple("DataFrameColumn", ["column_name", "series"])):
    """What a series makes of the features.

    Columns are equal if names and series are; in 1.15 all were, and on Python 3 none could be a key of a dictionary.

    Args:
        column_name: The name.
        series: Has ``required_base_features()``, how its features are parsed, and ``build(tensors)``, which returns a
            tensor ``[batch, ...]`` of a dictionary with the tensors of these features.
    """

    @property
    def name(self) -> str:
        """The name."""
        return self.column_name  # type: ignore[no-any-return]

    @property
    def config(self) -> dict[str, Any]:
        """How the features of the series are parsed from examples."""
        return self.series.required_base_features()  # type: ignore[no-any-return]

    @property
    def key(self) -> str:
        """The name; models sort their columns by it."""
        return self.name

    def insert_transformed_feature(self, columns_to_tensors: dict[Any, Any]) -> None:
        """Adds the tensor of the series, under the column itself."""
        columns_to_tensors[self] = self.series.build(columns_to_tensors)

    def _to_dnn_input_layer(
        self, input_tensor: Any, weight_collections: Any = None, trainable: bool = True, output_rank: int = 2
    ) -> Any:
        return _reshape_real_valued_tensor(math_ops.cast(input_tensor, dtypes.float32), output_rank, self.name)

    def _to_dense_tensor(self, input_tensor: Any) -> Any:
        return self._to_dnn_input_layer(input_tensor)
