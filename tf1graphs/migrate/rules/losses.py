"""``tf.losses``: means of losses by element. What becomes of the collection they are put into is not said here."""

from __future__ import annotations

from dataclasses import dataclass, replace

from tf1graphs.migrate.calls import Call, Definition, Outcome, Refuse, Replace
from tf1graphs.migrate.keras_layers import enclosed
from tf1graphs.migrate.rules import rule
from tf1graphs.migrate.rules.cross_entropy import constant_labels

_END = "scope=None, loss_collection='losses', reduction='weighted_sum_by_nonzero_weights'"
_BY_NONZERO_WEIGHTS = ("SUM_BY_NONZERO_WEIGHTS", "SUM_OVER_NONZERO_WEIGHTS")

_WEIGHTED_MEAN = Definition(
    "weighted_mean",
    '''\
def weighted_mean(losses, weights):
    """Returns the mean of weighted losses over the elements whose weight is not zero."""
    weights = tf.broadcast_to(tf.cast(weights, losses.dtype), tf.shape(losses))
    return tf.math.divide_no_nan(tf.reduce_sum(losses * weights), tf.math.count_nonzero(weights, dtype=losses.dtype))
''',
)
_LOG_LOSS = Definition(
    "log_loss",
    '''\
def log_loss(labels, predictions, epsilon):
    """Returns the cross entropy of probabilities by element."""
    return -labels * tf.math.log(predictions + epsilon) - (1 - labels) * tf.math.log(1 - predictions + epsilon)
''',
)
_HUBER_LOSS = Definition(
    "huber_loss",
    '''\
def huber_loss(labels, predictions, delta):
    """Returns a loss by element: quadratic up to an error of ``delta``, linear from there on."""
    error = tf.abs(predictions - labels)
    quadratic = tf.minimum(error, delta)
    return 0.5 * quadratic * quadratic + delta * (error - quadratic)
''',
)
_SMOOTHED = Definition(
    "smoothed",
    '''\
def smoothed(labels, amount, classes):
    """Takes a share of each label and gives it to all classes alike."""
    return labels * (1 - amount) + amount / classes
''',
)


@dataclass(frozen=True)
class _Loss:
    """A loss.

    Attributes:
        parameters: its parameters in 1.15, but for the last three.
        elements: its value by element; ``{labels}`` is an argument, ``{labels_}`` one in parentheses where needed.
        needs: the definition that this uses.
    """

    parameters: str
    elements: str
    needs: tuple[Definition, ...] = ()


_LOSSES = {
    "absolute_difference": _Loss("labels, predictions, weights=1.0", "{tf}.abs({predictions_} - {labels_})"),
    "compute_weighted_loss": _Loss("losses, weights=1.0", "{losses}"),
    "cosine_distance": _Loss(
        "labels, predictions, axis=None, weights=1.0",
        "1 - {tf}.reduce_sum({predictions_} * {labels_}, axis={axis}, keepdims=True)",
    ),
    "hinge_loss": _Loss("labels, logits, weights=1.0", "{tf}.nn.relu(1 - (2 * {labels_} - 1) * {logits_})"),
    "huber_loss": _Loss(
        "labels, predictions, weights=1.0, delta=1.0", "huber_loss({labels}, {predictions}, {delta})", (_HUBER_LOSS,)
    ),
    "log_loss": _Loss(
        "labels, predictions, weights=1.0, epsilon=1e-7", "log_loss({labels}, {predictions}, {epsilon})", (_LOG_LOSS,)
    ),
    "mean_squared_error": _Loss(
        "labels, predictions, weights=1.0", "{tf}.math.squared_difference({predictions}, {labels})"
    ),
    "sigmoid_cross_entropy": _Loss(
        "multi_class_labels, logits, weights=1.0, label_smoothing=0",
        "{tf}.nn.sigmoid_cross_entropy_with_logits(labels={multi_class_labels}, logits={logits})",
    ),
    "softmax_cross_entropy": _Loss(
        "onehot_labels, logits, weights=1.0, label_smoothing=0",
        "{tf}.nn.softmax_cross_entropy_with_logits(labels={onehot_labels}, logits={logits})",
    ),
    "sparse_softmax_cross_entropy": _Loss(
        "labels, logits, weights=1.0",
        "{tf}.nn.sparse_softmax_cross_entropy_with_logits(labels={labels}, logits={logits})",
    ),
}
# Of the classes that a label is smoothed to.
_CLASSES = {"multi_class_labels": "2", "onehot_labels": "{labels}.shape[-1]"}


def _loss(call: Call) -> Outcome:
    """Computes the elements, with weights where they are not one, and reduces them."""
    loss = _LOSSES[call.name.rpartition(".")[2]]
    if call.value("loss_collection", "losses") not in ("losses", None):
        return Refuse("it puts its value into a collection of its own", "add it to the loss where that is computed")
    needs = loss.needs
    if call.value("label_smoothing", 0) != 0:
        call, needs = _with_smoothed_labels(call), (*needs, _SMOOTHED)
    call = constant_labels(call, "onehot_labels")
    texts = {"delta": "1.0", "epsilon": "1e-7", "axis": call.text("dim", ""), "tf": call.tf}
    texts |= {name: call.text(name) for name in call.arguments}
    elements = loss.elements.format(**texts, **{f"{name}_": enclosed(text) for name, text in texts.items() if text})
    return _reduced(elements, call, needs)


def _with_smoothed_labels(call: Call) -> Call:
    name = next(each for each in call.arguments if each in _CLASSES)
    labels = call.arguments[name]
    classes = _CLASSES[name].format(labels=enclosed(labels.text))
    text = f"smoothed({labels.text}, {call.text('label_smoothing')}, {classes})"
    return replace(call, arguments={**call.arguments, name: replace(labels, text=text)})


def _reduced(elements: str, call: Call, needs: tuple[Definition, ...]) -> Outcome:
    """Returns the one number that a loss reduces its elements to, or what they are weighted if it does not."""
    reduction = call.text("reduction", "SUM_BY_NONZERO_WEIGHTS").rpartition(".")[2]
    weight = call.value("weights", 1.0)
    is_number = isinstance(weight, int | float) and weight != 0
    weighted = elements if weight == 1 else f"{enclosed(elements)} * {enclosed(call.text('weights'))}"
    if reduction == "NONE":
        return Replace(weighted, needs)
    if reduction == "SUM":
        return Replace(f"{call.tf}.reduce_sum({weighted})", needs)
    if reduction == "SUM_OVER_BATCH_SIZE" or (is_number and reduction in _BY_NONZERO_WEIGHTS):
        return Replace(f"{call.tf}.reduce_mean({weighted})", needs)
    if reduction in _BY_NONZERO_WEIGHTS:
        return Replace(f"weighted_mean({elements}, {call.text('weights')})", (*needs, _WEIGHTED_MEAN))
    return Refuse(f"its reduction is {reduction}", "compute it from the elements of the loss")


for _name, _each in _LOSSES.items():
    rule(
        f"tf.losses.{_name}",
        signature=f"{_each.parameters}, {_END}{', dim=None' if _name == 'cosine_distance' else ''}",
        becomes="`tf.reduce_mean` of the loss by element",
    )(_loss)
