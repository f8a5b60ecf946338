"""Linear estimators of before ``tf.estimator`` that are trained by stochastic dual coordinate ascent."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tf1graphs.v1.contrib.learn.estimators._number_heads import BinaryLogisticHead, BinarySvmHead, RegressionHead
from tf1graphs.v1.contrib.learn.estimators._sdca import SdcaUpdateWeightsHook, sdca_model_fn
from tf1graphs.v1.contrib.learn.estimators.estimator import Estimator
from tf1graphs.v1.contrib.learn.estimators.head import multi_class_head, regression_head
from tf1graphs.v1.contrib.learn.estimators.prediction_key import PredictionKey
from tf1graphs.v1.contrib.linear_optimizer._sdca_optimizer import SDCAOptimizer

__all__ = ["SDCALinearRegressor", "SDCALogisticClassifier"]


def _model_fn(features: Any, labels: Any, mode: str, params: dict[str, Any], config: Any) -> Any:
    """Returns the model, whose loss has as many parts as there are workers if ``params`` do not say."""
    optimizer = SDCAOptimizer(
        example_id_column=params["example_id_column"],
        num_loss_partitions=params["num_loss_partitions"] or max(1, config.num_worker_replicas),
        symmetric_l1_regularization=params["l1_regularization"],
        symmetric_l2_regularization=params["l2_regularization"],
        partitioner=params["partitioner"],
    )
    return sdca_model_fn(features, labels, mode, {**params, "optimizer": optimizer})


class _SDCAEstimator(Estimator):
    """Trains a linear model by stochastic dual coordinate ascent.

    Args:
        example_id_column: The feature with the ids of the examples, strings.
        feature_columns: The columns of the model.
        weight_column_name: The feature with the weights of the examples.
        model_dir: The folder of checkpoints and summaries; a temporary one by default.
        head: The head, which has one logit.
        l1_regularization: The factor of the sum of the weights' absolute values.
        l2_regularization: The factor of the sum of the weights' squares.
        num_loss_partitions: The number of parts of the data that are trained on at once; by default that of workers.
        config: A ``tf.contrib.learn.RunConfig``.
        feature_engineering_fn: Takes features and labels, and returns those of the model.
        partitioner: The partitioner of the weights.

    Raises:
        AssertionError: There are no columns.
        ValueError: The head is of another kind.
    """

    def __init__(
        self,
        example_id_column: str,
        feature_columns: Iterable[Any],
        weight_column_name: str | None = None,
        model_dir: str | None = None,
        head: Any = None,
        l1_regularization: float = 0.0,
        l2_regularization: float = 1.0,
        num_loss_partitions: int | None = None,
        config: Any = None,
        feature_engineering_fn: Any = None,
        partitioner: Any = None,
    ) -> None:
        self._feature_columns = tuple(feature_columns or [])
        assert self._feature_columns, "a linear model needs a column"
        if not isinstance(head, (BinaryLogisticHead, BinarySvmHead, RegressionHead)):
            raise ValueError(
                f"head type: {type(head)} is not supported. Supported head types: "
                "_BinaryLogisticHead, _BinarySvmHead and _RegressionHead."
            )
        super().__init__(
            model_fn=_model_fn,
            model_dir=model_dir,
            config=config,
            params={
                "head": head,
                "feature_columns": self._feature_columns,
                "example_id_column": example_id_column,
                "num_loss_partitions": num_loss_partitions,
                "l1_regularization": l1_regularization,
                "l2_regularization": l2_regularization,
                "weight_column_name": weight_column_name,
                "update_weights_hook": SdcaUpdateWeightsHook(),
                "partitioner": partitioner,
            },
            feature_engineering_fn=feature_engineering_fn,
        )

    def _predicted(self, key: str, input_fn: Any) -> Any:
        return (each[key] for each in self.predict(input_fn=input_fn, outputs=[key]))


class SDCALogisticClassifier(_SDCAEstimator):
    """Classifies examples of two classes by logistic regression.

    Args:
        example_id_column: For this and what follows see ``SDCALinearRegressor``.
        feature_columns: The columns of the model.
        weight_column_name: The feature with the weights of the examples.
        model_dir: The folder of checkpoints and summaries.
        l1_regularization: The factor of the sum of the weights' absolute values.
        l2_regularization: The factor of the sum of the weights' squares.
        num_loss_partitions: The number of parts of the data that are trained on at once.
        config: A ``tf.contrib.learn.RunConfig``.
        feature_engineering_fn: TensorFlow 1.15 takes it and does not call it; nor is it called here.
        partitioner: The partitioner of the weights.
    """

    def __init__(
        self,
        example_id_column: str,
        feature_columns: Iterable[Any],
        weight_column_name: str | None = None,
        model_dir: str | None = None,
        l1_regularization: float = 0.0,
        l2_regularization: float = 1.0,
        num_loss_partitions: int | None = None,
        config: Any = None,
        feature_engineering_fn: Any = None,
        partitioner: Any = None,
    ) -> None:
        super().__init__(
            example_id_column=example_id_column,
            feature_columns=feature_columns,
            weight_column_name=weight_column_name,
            model_dir=model_dir,
            head=multi_class_head(n_classes=2, weight_column_name=weight_column_name),
            l1_regularization=l1_regularization,
            l2_regularization=l2_regularization,
            num_loss_partitions=num_loss_partitions,
            config=config,
            partitioner=partitioner,
        )

    def predict_classes(self, input_fn: Any = None) -> Any:
        """Yields the class of each example."""
        return self._predicted(PredictionKey.CLASSES, input_fn)

    def predict_proba(self, input_fn: Any = None) -> Any:
        """Yields the probabilities of the classes, ``[2]``, for each example."""
        return self._predicted(PredictionKey.PROBABILITIES, input_fn)


class SDCALinearRegressor(_SDCAEstimator):
    """Predicts numbers by linear regression.

    Args:
        example_id_column: The feature with the ids of the examples, strings.
        feature_columns: The columns of the model.
        weight_column_name: The feature with the weights of the examples.
        model_dir: The folder of checkpoints and summaries; a temporary one by default.
        l1_regularization: The factor of the sum of the weights' absolute values.
        l2_regularization: The factor of the sum of the weights' squares.
        num_loss_partitions: The number of parts of the data that are trained on at once; by default that of workers.
        config: A ``tf.contrib.learn.RunConfig``.
        feature_engineering_fn: TensorFlow 1.15 takes it and does not call it; nor is it called here.
        partitioner: The partitioner of the weights.
    """

    def __init__(
        self,
        example_id_column: str,
        feature_columns: Iterable[Any],
        weight_column_name: str | None = None,
        model_dir: str | None = None,
        l1_regularization: float = 0.0,
        l2_regularization: float = 1.0,
        num_loss_partitions: int | None = None,
        config: Any = None,
        feature_engineering_fn: Any = None,
        partitioner: Any = None,
    ) -> None:
        super().__init__(
            example_id_column=example_id_column,
            feature_columns=feature_columns,
            weight_column_name=weight_column_name,
            model_dir=model_dir,
            head=regression_head(weight_column_name=weight_column_name),
            l1_regularization=l1_regularization,
            l2_regularization=l2_regularization,
            num_loss_partitions=num_loss_partitions,
            config=config,
            partitioner=partitioner,
        )

    def predict_scores(self, input_fn: Any) -> Any:
        """Yields the number that is predicted for each example."""
        return self._predicted(PredictionKey.SCORES, input_fn)
