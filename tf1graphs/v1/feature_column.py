"""``tf.feature_column`` as in 1.15: integers out of range are refused, linear models are of resource variables."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tensorflow.python.feature_column import feature_column, feature_column_v2
from tensorflow.python.framework import dtypes, ops, sparse_tensor
from tensorflow.python.ops import array_ops, check_ops, math_ops

from tf1graphs.v1._parity import counted, in_graphs


def _in_range(original: Callable[..., Any]) -> Callable[..., Any]:
    def transform(column: Any, inputs: Any) -> Any:
        ids = original(column, inputs)
        return _checked(ids, column.num_buckets, column.name) if column.default_value is None else ids

    return transform


def _checked(ids: Any, num_buckets: int, name: str) -> Any:
    number = math_ops.cast(num_buckets, dtypes.int64, name="num_buckets")
    zero = math_ops.cast(0, dtypes.int64, name="zero")
    below = check_ops.assert_less(
        ids.values,
        number,
        data=(ids.values, number),
        message=f'Bucket index for categorical column "{name}" exceeds number of buckets',
        name="assert_less_than_num_buckets",
    )
    positive = check_ops.assert_greater_equal(
        ids.values,
        zero,
        data=(ids.values,),
        message=f'Negative bucket index for categorical column "{name}"',
        name="assert_greater_or_equal_0",
    )
    with ops.control_dependencies((below, positive)):
        return sparse_tensor.SparseTensor(ids.indices, array_ops.identity(ids.values), ids.dense_shape)


def _second_cast(column: Any, input_tensor: Any, *rest: Any) -> int:
    """1.15 cast the integers once; today they are cast again where there is a default for those out of range."""
    return -int(column.default_value is not None and input_tensor.dtype != dtypes.int64)


in_graphs(feature_column._IdentityCategoricalColumn, "_transform_feature")(_in_range)
in_graphs(feature_column_v2.IdentityCategoricalColumn, "_transform_input_tensor")(_in_range)
in_graphs(feature_column_v2.IdentityCategoricalColumn, "_transform_input_tensor")(counted(_second_cast))


@in_graphs(feature_column._LinearModel, "__init__")
def _of_resources(original: Callable[..., None]) -> Callable[..., None]:
    def initialize(model: Any, *arguments: Any, **options: Any) -> None:
        original(model, *arguments, **options)
        for layer in [*model._column_layers.values(), model._bias_layer]:
            # 1.15's model was a Keras model, which made its layers do so.
            layer._use_resource_variables = True

    return initialize
