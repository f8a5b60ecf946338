"""What the estimators of classes and of numbers have in common: how they predict and are exported."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tf1graphs.v1.contrib.layers._column_parsing import parse_feature_columns_from_examples
from tf1graphs.v1.contrib.learn.estimators.estimator import Estimator
from tf1graphs.v1.contrib.learn.estimators.prediction_key import PredictionKey
from tf1graphs.v1.contrib.learn.metric_spec import MetricSpec
from tf1graphs.v1.contrib.learn.utils import export as export_lib


def one_key(estimator: Estimator, key: str, x: Any, input_fn: Any, batch_size: int | None, as_iterable: bool) -> Any:
    """Returns or yields the predictions of one key; see ``tf.contrib.learn.Estimator.predict``."""
    predictions = Estimator.predict(
        estimator, x=x, input_fn=input_fn, batch_size=batch_size, outputs=[key], as_iterable=as_iterable
    )
    return _values(predictions, key) if as_iterable else predictions[key]


def _values(predictions: Iterator[dict[str, Any]], key: str) -> Iterator[Any]:
    for prediction in predictions:
        yield prediction[key]


class _OfColumns(Estimator):
    """An estimator with feature columns, whose predictions are of one kind unless more are asked for."""

    _feature_columns: Any
    _default_key: str
    _export_key: str
    _signature_fn: Any

    def predict(  # type: ignore[override]
        self,
        x: Any = None,
        input_fn: Any = None,
        batch_size: int | None = None,
        outputs: Any = None,
        as_iterable: bool = True,
    ) -> Any:
        """Returns or yields predictions: those of ``outputs`` as dictionaries, or by default the main one alone."""
        if not outputs:
            return one_key(self, self._default_key, x, input_fn, batch_size, as_iterable)
        return super().predict(x=x, input_fn=input_fn, batch_size=batch_size, outputs=outputs, as_iterable=as_iterable)

    def export(  # type: ignore[override]
        self,
        export_dir: str,
        input_fn: Any = None,
        input_feature_key: Any = None,
        use_deprecated_input_fn: bool = True,
        signature_fn: Any = None,
        default_batch_size: int | None = 1,
        exports_to_keep: int | None = None,
    ) -> Any:
        """Writes the model in the format of before SavedModels; by default it parses the features of its columns."""

        def parse(estimator: Any, examples: Any) -> Any:
            return parse_feature_columns_from_examples(examples, self._feature_columns)

        return super().export(
            export_dir=export_dir,
            input_fn=input_fn or parse,
            input_feature_key=input_feature_key,
            use_deprecated_input_fn=use_deprecated_input_fn,
            signature_fn=signature_fn or self._signature_fn,
            prediction_key=self._export_key,
            default_batch_size=default_batch_size,
            exports_to_keep=exports_to_keep,
        )


class Classifier(_OfColumns):
    """An estimator of classes."""

    _default_key = PredictionKey.CLASSES
    _export_key = PredictionKey.PROBABILITIES
    _signature_fn = staticmethod(export_lib.classification_signature_fn_with_prob)

    def predict_classes(
        self, x: Any = None, input_fn: Any = None, batch_size: int | None = None, as_iterable: bool = True
    ) -> Any:
        """Returns the classes, ``[n]``, or yields them."""
        return one_key(self, PredictionKey.CLASSES, x, input_fn, batch_size, as_iterable)

    def predict_proba(
        self, x: Any = None, input_fn: Any = None, batch_size: int | None = None, as_iterable: bool = True
    ) -> Any:
        """Returns the probabilities of the classes, ``[n, classes]``, or yields them."""
        return one_key(self, PredictionKey.PROBABILITIES, x, input_fn, batch_size, as_iterable)


class Regressor(_OfColumns):
    """An estimator of numbers."""

    _default_key = PredictionKey.SCORES
    _export_key = PredictionKey.SCORES
    _signature_fn = staticmethod(export_lib.regression_signature_fn)

    def predict_scores(
        self, x: Any = None, input_fn: Any = None, batch_size: int | None = None, as_iterable: bool = True
    ) -> Any:
        """Returns the numbers, ``[n]`` or ``[n, dimension]``, or yields them."""
        return one_key(self, PredictionKey.SCORES, x, input_fn, batch_size, as_iterable)


class RegressorWithMetrics(Regressor):
    """An estimator of numbers whose metrics may be functions without the key of a prediction."""

    def evaluate(  # type: ignore[override]
        self,
        x: Any = None,
        y: Any = None,
        input_fn: Any = None,
        feed_fn: Any = None,
        batch_size: int | None = None,
        steps: int | None = None,
        metrics: Any = None,
        name: str | None = None,
        checkpoint_path: str | None = None,
        hooks: Any = None,
    ) -> Any:
        """Evaluates the model; see ``tf.contrib.learn.Estimator.evaluate``."""
        keyed = {
            key if isinstance(metric, MetricSpec) or isinstance(key, tuple) else (key, PredictionKey.SCORES): metric
            for key, metric in (metrics or {}).items()
        }
        return super().evaluate(
            x=x,
            y=y,
            input_fn=input_fn,
            feed_fn=feed_fn,
            batch_size=batch_size,
            steps=steps,
            metrics=keyed,
            name=name,
            checkpoint_path=checkpoint_path,
            hooks=hooks,
        )
