"""``SDCAOptimizer``: the optimizer of the linear estimators of ``tf.contrib.learn``."""

from __future__ import annotations

from typing import Any, NoReturn

from tensorflow.python.framework import dtypes, ops
from tensorflow.python.ops import array_ops, control_flow_assert, math_ops

from tf1graphs.v1._gone import UnsupportedError
from tf1graphs.v1.contrib.layers._dense_columns import _BucketizedColumn, _RealValuedColumn
from tf1graphs.v1.contrib.layers._derived_columns import _CrossedColumn
from tf1graphs.v1.contrib.layers._sparse_columns import _SparseColumn, _WeightedSparseColumn
from tf1graphs.v1.contrib.linear_optimizer._sdca_model import SdcaModel
from tf1graphs.v1.contrib.linear_optimizer._sparse_feature_column import SparseFeatureColumn

_SPARSE = (_WeightedSparseColumn, _CrossedColumn, _SparseColumn)


class SDCAOptimizer:
    """Stochastic dual coordinate ascent over feature columns.

    Args:
        example_id_column: The feature that names the examples, a string ``[batch]``.
        num_loss_partitions: The number of those that train at a time.
        num_table_shards: The number of parts of the table of examples.
        symmetric_l1_regularization: The l1 regularization.
        symmetric_l2_regularization: The l2 regularization, which training takes for at least 1.
        adaptive: Whether examples that are far off come more often.
        partitioner: The partitioner of the weights.
    """

    def __init__(
        self,
        example_id_column: str,
        num_loss_partitions: int = 1,
        num_table_shards: int | None = None,
        symmetric_l1_regularization: float = 0.0,
        symmetric_l2_regularization: float = 1.0,
        adaptive: bool = True,
        partitioner: Any = None,
    ) -> None:
        self.example_id_column = example_id_column
        self.num_loss_partitions = num_loss_partitions
        self.num_table_shards = num_table_shards
        self.symmetric_l1_regularization = symmetric_l1_regularization
        self.symmetric_l2_regularization = symmetric_l2_regularization
        self.adaptive = adaptive
        self.partitioner = partitioner

    def get_name(self) -> str:
        """Returns ``"SDCAOptimizer"``."""
        return "SDCAOptimizer"

    def apply_gradients(self, *arguments: Any, **options: Any) -> NoReturn:
        """Refuses: the method takes no gradients.

        Raises:
            UnsupportedError: Always.
        """
        raise UnsupportedError(
            "SDCAOptimizer does not train by gradients: give it to tf.contrib.learn.LinearClassifier, LinearRegressor, "
            "or call its get_train_step"
        )

    def get_train_step(
        self,
        columns_to_variables: dict[Any, list[Any]],
        weight_column_name: str | None,
        loss_type: str,
        features: dict[Any, Any],
        targets: Any,
        global_step: Any,
    ) -> tuple[SdcaModel, Any]:
        """Returns the model and its training op.

        Args:
            columns_to_variables: Column -> weights.
            weight_column_name: The feature that weighs the examples, if they are not alike.
            loss_type: The loss, as for ``SdcaModel``.
            features: Column -> what it makes of the features, and the features by name.
            targets: The labels, ``[batch]`` or ``[batch, 1]``.
            global_step: The step to add 1 to.

        Raises:
            ValueError: A column is of a kind that this optimizer does not take.
        """
        batch_size = targets.get_shape()[0]
        dense: list[tuple[Any, Any]] = []
        sparse: list[tuple[Any, Any]] = []
        for column in sorted(columns_to_variables, key=lambda each: str(each.key)):
            weights, value = columns_to_variables[column], features[column]
            if isinstance(column, _RealValuedColumn):
                dense.append((_matrix(value), weights[0]))
            elif isinstance(column, _BucketizedColumn):
                sparse.append((_of_dense(column._to_dnn_input_layer(value)), _whole(weights)))
            elif isinstance(column, _SPARSE):
                sparse.append((_without_repetition(*_ids_and_weights(column, value)), _whole(weights)))
            else:
                raise ValueError(f"SDCAOptimizer does not support column type {type(column).__name__}.")
        if weight_column_name:
            example_weights = array_ops.reshape(features[weight_column_name], shape=[-1])
        else:
            example_weights = array_ops.ones([batch_size])
        examples = {
            "sparse_features": [value for value, _ in sparse],
            "dense_features": [value for value, _ in dense],
            "example_labels": math_ops.cast(array_ops.reshape(targets, shape=[-1]), dtypes.float32),
            "example_weights": example_weights,
            "example_ids": features[self.example_id_column],
        }
        variables = {
            "sparse_features_weights": [weights for _, weights in sparse],
            "dense_features_weights": [weights for _, weights in dense],
        }
        options = {
            "symmetric_l1_regularization": self.symmetric_l1_regularization,
            "symmetric_l2_regularization": self.symmetric_l2_regularization,
            "adaptive": self.adaptive,
            "num_loss_partitions": self.num_loss_partitions,
            "num_table_shards": self.num_table_shards,
            "loss_type": loss_type,
        }
        model = SdcaModel(examples, variables, options)
        return model, model.minimize(global_step=global_step)


def _whole(weights: list[Any]) -> Any:
    """Returns a variable, or the list of its partitions."""
    return weights if len(weights) > 1 else weights[0]


def _matrix(value: Any) -> Any:
    """Returns a dense feature as ``[batch, width]``."""
    check = control_flow_assert.Assert(
        math_ops.less_equal(array_ops.rank(value), 2), ["transformed_tensor should have rank at most 2."]
    )
    with ops.control_dependencies([check]):
        return array_ops.reshape(value, [array_ops.shape(value)[0], -1])


def _of_dense(value: Any) -> SparseFeatureColumn:
    """Returns what is not zero in ``[batch, width]``."""
    indices = array_ops.where(math_ops.not_equal(value, math_ops.cast(0.0, value.dtype)))
    values = array_ops.gather_nd(value, indices)
    examples, which = (
        array_ops.reshape(array_ops.split(value=indices, num_or_size_splits=2, axis=1)[part], [-1]) for part in (0, 1)
    )
    return SparseFeatureColumn(examples, which, array_ops.reshape(math_ops.cast(values, dtypes.float32), [-1]))


def _ids_and_weights(column: Any, value: Any) -> tuple[Any, Any]:
    if isinstance(column, _WeightedSparseColumn):
        ids = column.id_tensor(value)
        return ids, array_ops.reshape(column.weight_tensor(value).values, [-1])
    return value, array_ops.ones([array_ops.shape(value.indices)[0]], dtypes.float32)


def _without_repetition(ids: Any, weights: Any) -> SparseFeatureColumn:
    """Returns each id of an example once, with the sum of its weights, and none that is below zero."""
    examples = array_ops.reshape(ids.indices[:, 0], [-1])
    flat = array_ops.reshape(ids.values, [-1])
    # A word that a vocabulary has not is -1.
    is_known = math_ops.greater_equal(flat, 0)
    flat, examples, weights = (array_ops.boolean_mask(each, is_known) for each in (flat, examples, weights))
    width = math_ops.reduce_max(flat) + 1
    unique, index = array_ops.unique(width * examples + flat)
    examples = math_ops.unsorted_segment_min(examples, index, array_ops.shape(unique)[0])
    which = unique - width * examples
    summed = math_ops.unsorted_segment_sum(weights, index, array_ops.shape(unique)[0])
    return SparseFeatureColumn(examples, which, array_ops.reshape(summed, [-1]))
