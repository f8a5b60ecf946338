"""``SVM``: a linear support vector machine of two classes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tf1graphs.v1.contrib.layers._column_parsing import parse_feature_columns_from_examples
from tf1graphs.v1.contrib.learn.estimators import head
from tf1graphs.v1.contrib.learn.estimators._canned import one_key
from tf1graphs.v1.contrib.learn.estimators._sdca import SdcaUpdateWeightsHook, sdca_model_fn
from tf1graphs.v1.contrib.learn.estimators.estimator import Estimator
from tf1graphs.v1.contrib.learn.estimators.prediction_key import PredictionKey
from tf1graphs.v1.contrib.linear_optimizer import SDCAOptimizer

__all__ = ["SVM"]


class SVM(Estimator):
    """Separates two classes by a plane with the largest margin, trained by stochastic dual coordinate ascent.

    Args:
        example_id_column: The feature with the ids of the examples, strings.
        feature_columns: The columns of the model.
        weight_column_name: The feature with the weights of the examples.
        model_dir: The folder of checkpoints and summaries; a temporary one by default.
        l1_regularization: The factor of the sum of the weights' absolute values.
        l2_regularization: The factor of the sum of the weights' squares.
        num_loss_partitions: The number of parts of the data that are trained on at once.
        kernels: There are none.
        config: A ``tf.contrib.learn.RunConfig``.
        feature_engineering_fn: Takes features and labels, and returns those of the model.

    Raises:
        ValueError: Kernels are given.
    """

    def __init__(
        self,
        example_id_column: str,
        feature_columns: Iterable[Any],
        weight_column_name: str | None = None,
        model_dir: str | None = None,
        l1_regularization: float = 0.0,
        l2_regularization: float = 0.0,
        num_loss_partitions: int = 1,
        kernels: Any = None,
        config: Any = None,
        feature_engineering_fn: Any = None,
    ) -> None:
        if kernels is not None:
            raise ValueError("Kernel SVMs are not currently supported.")
        self._feature_columns = feature_columns
        super().__init__(
            model_fn=sdca_model_fn,
            model_dir=model_dir,
            config=config,
            params={
                "head": head.binary_svm_head(weight_column_name=weight_column_name),
                "feature_columns": feature_columns,
                "optimizer": SDCAOptimizer(
                    example_id_column=example_id_column,
                    num_loss_partitions=num_loss_partitions,
                    symmetric_l1_regularization=l1_regularization,
                    symmetric_l2_regularization=l2_regularization,
                ),
                "weight_column_name": weight_column_name,
                "update_weights_hook": SdcaUpdateWeightsHook(),
            },
            feature_engineering_fn=feature_engineering_fn,
        )

    def predict_classes(
        self, x: Any = None, input_fn: Any = None, batch_size: int | None = None, as_iterable: bool = True
    ) -> Any:
        """Returns the classes, ``[n]``, or yields them."""
        return one_key(self, PredictionKey.CLASSES, x, input_fn, batch_size, as_iterable)

    def predict_proba(
        self,
        x: Any = None,
        input_fn: Any = None,
        batch_size: int | None = None,
        outputs: Any = None,
        as_iterable: bool = True,
    ) -> Any:
        """Asks for probabilities, which this model has not.

        Raises:
            ValueError: Always.
        """
        return one_key(self, PredictionKey.PROBABILITIES, x, input_fn, batch_size, as_iterable)

    def export(  # type: ignore[override]
        self,
        export_dir: str,
        signature_fn: Any = None,
        input_fn: Any = None,
        default_batch_size: int | None = 1,
        exports_to_keep: int | None = None,
    ) -> Any:
        """Writes the model in the format of before SavedModels; by default it parses the features of its columns."""

        def parse(estimator: Any, examples: Any) -> Any:
            return parse_feature_columns_from_examples(examples, self._feature_columns)

        return super().export(
            export_dir=export_dir,
            signature_fn=signature_fn,
            input_fn=input_fn or parse,
            default_batch_size=default_batch_size,
            exports_to_keep=exports_to_keep,
        )

    export_with_defaults = export
