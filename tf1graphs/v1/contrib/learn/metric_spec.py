"""``MetricSpec``: a metric, and which of the predictions, labels and features of a model it takes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tensorflow.python.platform import tf_logging as logging
from tensorflow.python.util import tf_inspect

# What a metric function may call an argument; the first is what MetricSpec calls it.
_LABELS = ("labels", "label", "targets", "target")
_PREDICTIONS = ("predictions", "prediction", "logits", "logit")
_WEIGHTS = ("weights", "weight")


class MetricSpec:
    """Applies a metric function to a model.

    Args:
        metric_fn: Returns the value of a metric and the op that updates it. It takes predictions, and may take labels
            and weights, under any of the usual names.
        prediction_key: Which of the predictions, where the model has more than one.
        label_key: Which of the labels, where there are more than one.
        weight_key: The feature with the weights.

    Raises:
        ValueError: ``metric_fn`` has no argument for what a key chooses, or two for the same.
    """

    def __init__(
        self,
        metric_fn: Callable[..., Any],
        prediction_key: Any = None,
        label_key: Any = None,
        weight_key: Any = None,
    ) -> None:
        self._metric_fn_name = _name(metric_fn)
        self._metric_fn = _with_usual_arguments(
            metric_fn, self._metric_fn_name, label_key is not None, weight_key is not None
        )
        self._prediction_key = prediction_key
        self._label_key = label_key
        self._weight_key = weight_key

    @property
    def prediction_key(self) -> Any:
        """Which of the predictions the metric takes."""
        return self._prediction_key

    @property
    def label_key(self) -> Any:
        """Which of the labels the metric takes."""
        return self._label_key

    @property
    def weight_key(self) -> Any:
        """The feature with the weights."""
        return self._weight_key

    @property
    def metric_fn(self) -> Callable[..., Any]:
        """The metric, as a function of ``labels``, ``predictions`` and ``weights`` by name."""
        return self._metric_fn

    def __str__(self) -> str:
        return (
            f"MetricSpec(metric_fn={self._metric_fn_name}, prediction_key={self.prediction_key}, "
            f"label_key={self.label_key}, weight_key={self.weight_key})"
        )

    def create_metric_ops(self, inputs: Any, labels: Any, predictions: Any) -> Any:
        """Returns the value of the metric and the op that updates it.

        Args:
            inputs: The features by name.
            labels: A tensor or a dictionary of them.
            predictions: A tensor or a dictionary of them.

        Raises:
            ValueError: A key is given and there is no dictionary to choose from, or the other way round.
            KeyError: A key is not there.
        """
        prediction = _chosen("prediction", predictions, self.prediction_key)
        label = _chosen("label", labels, self.label_key)
        weights = inputs[self.weight_key] if self.weight_key else None
        try:
            return self.metric_fn(labels=label, predictions=prediction, weights=weights)
        except Exception as error:
            logging.error("Could not create metric ops for %s, %s.", self, error)
            raise


def _chosen(name: str, values: Any, key: Any) -> Any:
    if not key:
        if not isinstance(values, dict):
            return values
        if len(values) != 1:
            raise ValueError(
                f"MetricSpec without specified {name}_key requires {name}s tensor or single element dict, got {values}"
            )
        return next(iter(values.values()))
    if not isinstance(values, dict):
        raise ValueError(
            f"MetricSpec with {name}_key specified requires {name}s dict, got {values}.\n"
            f"You must not provide a {name}_key if you only have a single Tensor as {name}s."
        )
    if key not in values:
        raise KeyError(f"Key '{key}' missing from {values.keys()}.")
    return values[key]


def _name(function: Any) -> str:
    name = getattr(function, "__name__", None) or getattr(getattr(function, "func", None), "__name__", None)
    return str(name or function)


def _arguments(function: Any) -> tuple[str, ...]:
    if hasattr(function, "func") and hasattr(function, "keywords"):
        return tuple(name for name in _arguments(function.func) if name not in function.keywords)
    return tuple(tf_inspect.getfullargspec(function).args)


def _matching(function: str, arguments: tuple[str, ...], names: tuple[str, ...], required: bool = False) -> str | None:
    """Returns the argument that has one of the names.

    Raises:
        ValueError: There are more than one, or none and it is required.
    """
    found = set(names).intersection(arguments)
    if len(found) > 1:
        raise ValueError(f"Ambiguous arguments {found}, must provide only one of {set(names)}.")
    if not found:
        if required:
            raise ValueError(f"{set(names)} missing from {function}({arguments}).")
        return None
    (name,) = found
    if name != names[0]:
        logging.warning("Canonical arg %s missing from %s(%s), using %s.", names[0], function, arguments, name)
    return name


def _with_usual_arguments(
    metric_fn: Callable[..., Any], name: str, with_labels: bool, with_weights: bool
) -> Callable[..., Any]:
    """Returns the metric as a function of labels, predictions and weights, whatever it calls them itself.

    What has none of the usual names is handed over by position, predictions after the labels if those come first.
    """
    arguments = _arguments(metric_fn)
    labels_name = _matching(name, arguments, _LABELS, with_labels)
    predictions_name = _matching(name, arguments, _PREDICTIONS)
    weights_name = _matching(name, arguments, _WEIGHTS, with_weights)

    def metric(_sentinel: Any = None, labels: Any = None, predictions: Any = None, weights: Any = None) -> Any:
        if _sentinel is not None:
            raise ValueError("`metric_fn` requires named args: `labels`, `predictions`, and optionally `weights`.")
        named: dict[Any, Any] = {weights_name: weights} if weights is not None else {}
        positional = [] if predictions_name else [predictions]
        if predictions_name:
            named[predictions_name] = predictions
        if labels_name and positional and labels_name == arguments[0]:
            positional.insert(0, labels)
        elif labels_name:
            named[labels_name] = labels
        return metric_fn(*positional, **named)

    return metric
