"""``tf.contrib.losses``: those of ``tf.losses``, with other names and order of the arguments."""

from __future__ import annotations

from functools import partial

from tf1graphs.migrate.rewriting.longhand.places import Place, Writer, Written

_MODULES = ("tf.contrib.losses", "tf.contrib.slim.losses")
# Their parameters: each with its name in ``tf.losses`` if that is another one.
_LOSSES = {
    "absolute_difference": "predictions labels weights scope",
    "sigmoid_cross_entropy": "logits multi_class_labels weights label_smoothing scope",
    "softmax_cross_entropy": "logits onehot_labels weights label_smoothing scope",
    "sparse_softmax_cross_entropy": "logits labels weights scope",
    "log_loss": "predictions labels weights epsilon scope",
    "mean_squared_error": "predictions labels weights scope",
}
_FIRST = ("labels", "multi_class_labels", "onehot_labels")
_SAME = ("get_total_loss", "get_losses", "get_regularization_losses", "add_loss")


def _loss(name: str, place: Place) -> Written | None:
    """Gives the labels first."""
    given = place.bound(_LOSSES[name])
    # Weights with axes of their own are broadcast otherwise.
    if given is None or type(place.literal(given.get("weights"))) not in (float, int, type(None)):
        return None
    labels = [each for each in given if each in _FIRST]
    order = [*labels, *(each for each in given if each not in _FIRST)]
    return [], f"{place.tf}.losses.{name}({', '.join(f'{each}={place.text(given[each])}' for each in order)})"


def _same(name: str, place: Place) -> Written:
    """Takes the same arguments."""
    behind = place.facts.source.text[place.facts.source.end(place.call.func) : place.facts.source.end(place.call)]
    return [], f"{place.tf}.losses.{name}{behind}"


CALLS: dict[str, Writer] = {
    **{f"{module}.{name}": partial(_loss, name) for module in _MODULES for name in _LOSSES},
    **{f"{module}.{name}": partial(_same, name) for module in _MODULES for name in _SAME},
}
