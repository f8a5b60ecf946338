"""The sparse features of a batch of examples."""

from __future__ import annotations

from typing import Any

from tensorflow.python.framework import dtypes, ops


class SparseFeatureColumn:
    """The features of examples, one by one.

    Args:
        example_indices: The example of each, int64 ``[n]``.
        feature_indices: Which it is, int64 ``[n]``.
        feature_values: Its value, float32 ``[n]``, or None where all are 1.
    """

    def __init__(self, example_indices: Any, feature_indices: Any, feature_values: Any) -> None:
        with ops.name_scope(None, "SparseFeatureColumn", [example_indices, feature_indices]):
            self._example_indices = ops.convert_to_tensor(example_indices, dtypes.int64, name="example_indices")
            self._feature_indices = ops.convert_to_tensor(feature_indices, dtypes.int64, name="feature_indices")
        self._feature_values = None
        if feature_values is not None:
            with ops.name_scope(None, "SparseFeatureColumn", [feature_values]):
                self._feature_values = ops.convert_to_tensor(feature_values, dtypes.float32, name="feature_values")

    @property
    def example_indices(self) -> Any:
        """The example of each feature, int64 ``[n]``."""
        return self._example_indices

    @property
    def feature_indices(self) -> Any:
        """Which feature it is, int64 ``[n]``."""
        return self._feature_indices

    @property
    def feature_values(self) -> Any:
        """The value of each feature, float32 ``[n]``, or None."""
        return self._feature_values
