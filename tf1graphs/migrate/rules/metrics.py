"""``tf.metrics``: Keras's metrics, which count in the function of the run that fetches the update."""

from __future__ import annotations

from functools import partial

from tf1graphs.migrate.calls import Call, Definition, Outcome, Refuse, Split
from tf1graphs.migrate.definitions.metrics import AUC, MEAN_IOU
from tf1graphs.migrate.keras_layers import called, enclosed
from tf1graphs.migrate.rules import rule

_KERAS = "tf.keras.metrics"
_OPTIONS = "metrics_collections=None, updates_collections=None, name=None"
# The mean of what is computed from labels and predictions.
_MEANS = {
    "mean_absolute_error": "tf.abs({labels} - {predictions})",
    "mean_squared_error": "tf.math.squared_difference({labels}, {predictions})",
}
# What counts where labels and predictions are not 0.
_COUNTS = {
    "precision": "Precision",
    "recall": "Recall",
    **{
        f"{is_right}_{value}": f"{is_right.title()}{value.title()}"
        for is_right in ("true", "false")
        for value in ("positives", "negatives")
    },
}


def _refused(call: Call) -> Refuse | None:
    for name in ("weights", "metrics_collections", "updates_collections"):
        if call.value(name) is not None:
            return Refuse(f"its argument {name} is not migrated", "call an object of tf.keras.metrics yourself")
    return None


def _split(call: Call, keras: str, *arguments: str) -> Split:
    return Split(f"{call.tf}.keras.metrics.{keras}()", called(*arguments), _name(call))


def _name(call: Call) -> str:
    return f"{call.name.rpartition('.')[2]}_metric"


def _defined(call: Call, definition: Definition, size: str) -> Outcome:
    """Returns an object of a class of its own, whose size an argument says."""
    refused = _refused(call)
    if refused or (size in call.arguments and call.arguments[size].is_later):
        return refused or Refuse(f"{size} is a tensor that changes", f"give {size} as a number")
    create = f"{definition.name}({call.text(size, '')})"
    return Split(create, called(call.text("labels"), call.text("predictions")), _name(call), needs=(definition,))


def _flat(call: Call, text: str, rank: int | None) -> str:
    """Returns a tensor as a vector: 1.15 counts elements, Keras the means of rows."""
    return text if rank in (0, 1) else f"{call.tf}.reshape({text}, [-1])"


def _both(call: Call, dtype: str) -> tuple[str, str]:
    """Returns labels and predictions in a dtype; as vectors, where one may have a dimension of size 1 more."""
    given = [call.arguments[name] for name in ("labels", "predictions")]
    texts = [each.text if each.dtype == dtype else f"{call.tf}.cast({each.text}, {call.tf}.{dtype})" for each in given]
    labels, predictions = texts if _are_alike(call) else [_flat(call, text, None) for text in texts]
    return labels, predictions


def _are_alike(call: Call) -> bool:
    """Says whether labels and predictions have the same number of dimensions for sure."""
    labels, predictions = call.arguments["labels"], call.arguments["predictions"]
    return labels.rank is not None and labels.rank == predictions.rank


def _vectors(call: Call, dtype: str) -> list[str]:
    """Returns labels and predictions as vectors of a dtype."""
    rank = call.arguments["labels"].rank if _are_alike(call) else 1
    return [_flat(call, text, rank) for text in _both(call, dtype)]


@rule("tf.metrics.mean", signature=f"values, weights=None, {_OPTIONS}", becomes=f"`{_KERAS}.Mean`")
def _mean(call: Call) -> Outcome:
    values = call.arguments["values"]
    return _refused(call) or _split(call, "Mean", _flat(call, values.text, values.rank))


@rule(
    "tf.metrics.accuracy",
    signature=f"labels, predictions, weights=None, {_OPTIONS}",
    becomes=f"`{_KERAS}.Accuracy`, or `{_KERAS}.Mean` of what is equal",
)
def _accuracy(call: Call) -> Outcome:
    """Compares in the dtype of the labels, as 1.15 does, and Keras in that of the predictions."""
    labels = call.arguments["labels"]
    refused = _refused(call)
    if refused:
        return refused
    if labels.dtype in (None, "string"):
        return Refuse("the dtype of its labels is not known by reading, or no number", "convert them with tf.cast")
    return _split(call, "Accuracy", *_vectors(call, labels.dtype))


def _mean_of(text: str, call: Call) -> Outcome:
    labels, predictions = map(enclosed, _both(call, "float32"))
    computed = text.replace("tf.", f"{call.tf}.", 1).format(labels=labels, predictions=predictions)
    rank = call.arguments["labels"].rank if _are_alike(call) else 1
    return _refused(call) or _split(call, "Mean", _flat(call, computed, rank))


@rule(
    "tf.metrics.root_mean_squared_error",
    signature=f"labels, predictions, weights=None, {_OPTIONS}",
    becomes=f"`{_KERAS}.RootMeanSquaredError`",
)
def _root(call: Call) -> Outcome:
    return _refused(call) or _split(call, "RootMeanSquaredError", *_vectors(call, "float32"))


def _counted(keras: str, call: Call) -> Outcome:
    """Counts as positive what is not 0, where Keras counts what is over 0.5."""
    return _refused(call) or _split(call, keras, *_vectors(call, "bool"))


@rule(
    "tf.metrics.auc",
    signature="labels, predictions, weights=None, num_thresholds=200, metrics_collections=None, "
    "updates_collections=None, curve='ROC', name=None, summation_method='trapezoidal', thresholds=None",
    becomes="an `AUC`, Keras's with the thresholds and sums of TensorFlow 1",
)
def _auc(call: Call) -> Outcome:
    for name, default in (("curve", "ROC"), ("summation_method", "trapezoidal"), ("thresholds", None)):
        if call.value(name, default) != default:
            return Refuse(f"its argument {name} is not migrated", "call an object of tf.keras.metrics.AUC yourself")
    return _defined(call, AUC, "num_thresholds")


@rule(
    "tf.metrics.mean_iou",
    signature=f"labels, predictions, num_classes, weights=None, {_OPTIONS}",
    becomes="a `MeanIoU`, whose update is the confusion matrix",
)
def _mean_iou(call: Call) -> Outcome:
    return _defined(call, MEAN_IOU, "num_classes")


for _short, _text in _MEANS.items():
    rule(
        f"tf.metrics.{_short}",
        signature=f"labels, predictions, weights=None, {_OPTIONS}",
        becomes=f"`{_KERAS}.Mean` of the errors",
    )(partial(_mean_of, _text))
for _short, _class in _COUNTS.items():
    rule(
        f"tf.metrics.{_short}",
        signature=f"labels, predictions, weights=None, {_OPTIONS}",
        becomes=f"`{_KERAS}.{_class}`",
    )(partial(_counted, _class))
