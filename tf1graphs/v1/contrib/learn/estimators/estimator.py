"""``Estimator``: an estimator of a model function."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from tensorflow.python.ops import metrics as metrics_lib
from tensorflow.python.platform import tf_logging as logging
from tensorflow.python.saved_model import tag_constants
from tensorflow.python.util import tf_decorator, tf_inspect

from tf1graphs.v1.contrib.learn.estimators import _export, tensor_signature
from tf1graphs.v1.contrib.learn.estimators._base_estimator import BaseEstimator
from tf1graphs.v1.contrib.learn.estimators._inputs import (
    infer_real_valued_columns_from_input,
    infer_real_valued_columns_from_input_fn,
)
from tf1graphs.v1.contrib.learn.estimators._metric_ops import make_metrics_ops
from tf1graphs.v1.contrib.learn.estimators._skcompat import SKCompat
from tf1graphs.v1.contrib.learn.estimators._sklearn import NotFittedError
from tf1graphs.v1.contrib.learn.estimators.metric_key import MetricKey
from tf1graphs.v1.contrib.learn.estimators.model_fn import ModeKeys, ModelFnOps

__all__ = [
    "BaseEstimator",
    "Estimator",
    "GraphRewriteSpec",
    "NotFittedError",
    "SKCompat",
    "infer_real_valued_columns_from_input",
    "infer_real_valued_columns_from_input_fn",
]


class GraphRewriteSpec(NamedTuple):
    """A meta graph of an exported model: its tags, and the transforms that make it of the graph."""

    tags: Sequence[str]
    transforms: Sequence[str]


_SERVED_AS_IT_IS = (GraphRewriteSpec((tag_constants.SERVING,), ()),)


def _argument_names(function: Any) -> tuple[str, ...]:
    """Returns the arguments that are left to give to a function, which may be a partial one."""
    _, function = tf_decorator.unwrap(function)
    if hasattr(function, "func") and hasattr(function, "keywords") and hasattr(function, "args"):
        names = tf_inspect.getfullargspec(function.func).args[len(function.args) :]
        return tuple(name for name in names if name not in function.keywords)
    return tuple(tf_inspect.getfullargspec(function).args)


class Estimator(BaseEstimator):
    """Trains, evaluates and predicts with the model of a model function.

    Args:
        model_fn: Takes features and labels, and may take ``mode``, ``params``, ``config`` and ``model_dir`` by these
            names; returns ``ModelFnOps``, or predictions, loss and train op.
        model_dir: The folder of checkpoints and summaries; a temporary one by default.
        config: A ``tf.contrib.learn.RunConfig``.
        params: What the model function gets as ``params``.
        feature_engineering_fn: Takes features and labels, and returns those that the model function gets.

    Raises:
        ValueError: There are ``params`` and the model function does not take them.
    """

    def __init__(
        self,
        model_fn: Callable[..., Any] | None = None,
        model_dir: str | None = None,
        config: Any = None,
        params: Any = None,
        feature_engineering_fn: Callable[[Any, Any], tuple[Any, Any]] | None = None,
    ) -> None:
        super().__init__(model_dir=model_dir, config=config)
        takes_params = model_fn is not None and "params" in _argument_names(model_fn)
        if model_fn is not None and params is not None and not takes_params:
            raise ValueError(
                f"Estimator's model_fn ({model_fn}) does not have a params argument, but params ({params}) were "
                "passed to the Estimator's constructor."
            )
        if params is None and takes_params:
            logging.warning(
                "Estimator's model_fn (%s) includes params argument, but params are not passed to Estimator.", model_fn
            )
        self._model_fn = model_fn
        self.params = params
        self._feature_engineering_fn = feature_engineering_fn or _as_they_are

    @property
    def model_fn(self) -> Callable[[Any, Any, str, Any], Any]:
        """The model function, of features, labels, mode and config."""

        def model_fn(features: Any, labels: Any, mode: str, config: Any) -> Any:
            return self._call_model_fn(features, labels, mode, config=config)

        return model_fn

    def _call_model_fn(self, features: Any, labels: Any, mode: str, metrics: Any = None, config: Any = None) -> Any:
        features, labels = self._feature_engineering_fn(features, labels)
        known = {
            "mode": mode,
            "params": self.params,
            "config": config or self.config,
            "model_dir": self.model_dir,
        }
        model_fn: Any = self._model_fn
        names = _argument_names(model_fn)
        found = model_fn(features, labels, **{name: value for name, value in known.items() if name in names})
        if not isinstance(found, ModelFnOps):
            if len(found) != 3:
                raise ValueError("Unrecognized value returned by model_fn, please return ModelFnOps.")
            predictions, loss, train_op = found
            found = ModelFnOps(mode=mode, predictions=predictions, loss=loss, train_op=train_op)
        if metrics:
            found.eval_metric_ops.update(make_metrics_ops(metrics, features, labels, found.predictions))
        return found

    def _get_train_ops(self, features: Any, labels: Any) -> Any:
        return self._call_model_fn(features, labels, ModeKeys.TRAIN)

    def _get_eval_ops(self, features: Any, labels: Any, metrics: Any) -> Any:
        model = self._call_model_fn(features, labels, ModeKeys.EVAL, metrics)
        if MetricKey.LOSS not in model.eval_metric_ops:
            model.eval_metric_ops[MetricKey.LOSS] = metrics_lib.mean(model.loss)
        return model

    def _get_predict_ops(self, features: Any) -> Any:
        labels = tensor_signature.create_placeholders_from_signatures(self._labels_info)
        return self._call_model_fn(features, labels, ModeKeys.INFER)

    def export_savedmodel(
        self,
        export_dir_base: str,
        serving_input_fn: Callable[[], Any],
        default_output_alternative_key: Any = None,
        assets_extra: dict[str, str] | None = None,
        as_text: bool = False,
        checkpoint_path: str | None = None,
        graph_rewrite_specs: Sequence[GraphRewriteSpec] = _SERVED_AS_IT_IS,
        strip_default_attrs: bool = False,
    ) -> bytes:
        """Writes the model of a checkpoint as a SavedModel.

        Args:
            export_dir_base: The folder in which a folder is made, named by the time in seconds.
            serving_input_fn: Returns ``InputFnOps``.
            default_output_alternative_key: The head that serves by default, where there are more than one.
            assets_extra: Path below ``assets.extra`` -> the file to copy.
            as_text: Whether the model is written as text.
            checkpoint_path: The checkpoint; the last one by default.
            graph_rewrite_specs: The meta graphs; the first is the graph as it is.
            strip_default_attrs: Whether attributes with their default value are left out.

        Returns:
            The folder.

        Raises:
            ValueError: ``serving_input_fn`` is None, or there is no such head.
            NotFittedError: There is no checkpoint.
        """
        return _export.export_savedmodel(
            self,
            export_dir_base,
            serving_input_fn,
            default_output_alternative_key,
            assets_extra or {},
            as_text,
            checkpoint_path,
            graph_rewrite_specs,
            strip_default_attrs,
        )


def _as_they_are(features: Any, labels: Any) -> tuple[Any, Any]:
    return features, labels
