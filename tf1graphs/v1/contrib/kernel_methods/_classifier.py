"""``KernelLinearClassifier``: a linear classifier of mapped features, as an estimator of ``tf.contrib.learn``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from tensorflow.python.ops import array_ops
from tensorflow.python.platform import tf_logging

from tf1graphs.v1.contrib.kernel_methods._mappers import DenseKernelMapper
from tf1graphs.v1.contrib.layers._dense_columns import _RealValuedColumn, real_valued_column
from tf1graphs.v1.contrib.learn.estimators import head as head_lib
from tf1graphs.v1.contrib.learn.estimators import linear
from tf1graphs.v1.contrib.learn.estimators.estimator import Estimator
from tf1graphs.v1.contrib.learn.estimators.prediction_key import PredictionKey

Mappers = Mapping[Any, Sequence[DenseKernelMapper]]


class KernelLinearClassifier(Estimator):
    """A linear classifier of columns, and of what maps make of real-valued ones.

    Args:
        feature_columns: The columns that are taken as they are.
        model_dir: The folder of checkpoints and summaries.
        n_classes: The number of classes.
        weight_column_name: The feature with the weights of the examples.
        optimizer: The optimizer; Ftrl by default.
        kernel_mappers: Column -> the maps whose features are taken side by side.
        config: The ``RunConfig``.

    Raises:
        ValueError: There are neither columns nor maps, something is no map, or there are less than two classes.
    """

    def __init__(
        self,
        feature_columns: Iterable[Any] | None = None,
        model_dir: str | None = None,
        n_classes: int = 2,
        weight_column_name: str | None = None,
        optimizer: Any = None,
        kernel_mappers: Mappers | None = None,
        config: Any = None,
    ) -> None:
        head = head_lib.multi_class_head(n_classes=n_classes, weight_column_name=weight_column_name)
        if not feature_columns and not kernel_mappers:
            raise ValueError("You should set at least one of feature_columns, kernel_mappers.")
        maps = [each for mappers in (kernel_mappers or {}).values() for each in mappers]
        if not all(isinstance(each, DenseKernelMapper) for each in maps):
            raise ValueError("Invalid kernel mappers.")
        params = {
            "head": head,
            "feature_columns": feature_columns or [],
            "optimizer": optimizer,
            "kernel_mappers": kernel_mappers,
        }
        super().__init__(model_fn=_model_fn, model_dir=model_dir, config=config, params=params)

    def predict_classes(self, input_fn: Any = None) -> Iterator[Any]:
        """Returns an iterator of the classes of what ``input_fn`` gives."""
        return self._predict_one(PredictionKey.CLASSES, input_fn)

    def predict_proba(self, input_fn: Any = None) -> Iterator[Any]:
        """Returns an iterator of the probabilities ``[n_classes]`` of what ``input_fn`` gives."""
        return self._predict_one(PredictionKey.PROBABILITIES, input_fn)

    def _predict_one(self, key: str, input_fn: Any) -> Iterator[Any]:
        predictions = self.predict(input_fn=input_fn, outputs=[key])
        return (each[key] for each in predictions)


def _model_fn(features: Any, labels: Any, mode: str, params: dict[str, Any], config: Any = None) -> Any:
    mapped, columns = _mapped(features, params["feature_columns"], params["kernel_mappers"])
    params["feature_columns"] = columns
    return linear._linear_model_fn(mapped, labels, mode, params, config)


def _mapped(features: dict[str, Any], columns: Iterable[Any], mappers: Mappers | None) -> tuple[Any, Any]:
    """Returns features and columns with those that maps make of real-valued columns."""
    if mappers is None:
        return features, columns
    features, columns = dict(features), set(columns)
    for column, maps in mappers.items():
        if not isinstance(column, _RealValuedColumn):
            tf_logging.warning("Only real-valued columns are mapped, and not %s.", column.name)
            continue
        name = f"{column.name}_MAPPED"
        columns.add(real_valued_column(name, sum(each.output_dim for each in maps)))
        features[name] = array_ops.concat([each.map(features[column.name]) for each in maps], 1)
    return features, columns
