"""What estimators of recurrent networks have in common: cells, and the outputs of sequences."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tensorflow.python.framework import ops
from tensorflow.python.ops import array_ops, math_ops
from tf_slim.metrics.metric_ops import streaming_accuracy

from tf1graphs.v1.contrib import rnn
from tf1graphs.v1.contrib.learn.estimators.constants import ProblemType
from tf1graphs.v1.contrib.learn.estimators.prediction_key import PredictionKey

__all__ = [
    "PredictionType",
    "RNNKeys",
    "apply_dropout",
    "construct_rnn_cell",
    "get_eval_metric_ops",
    "mask_activations_and_labels",
    "multi_value_predictions",
    "select_last_activations",
]


class RNNKeys:
    """The names of features and predictions."""

    FINAL_STATE_KEY = "final_state"
    LABELS_KEY = "__labels__"
    SEQUENCE_LENGTH_KEY = "sequence_length"
    STATE_PREFIX = "rnn_cell_state"


class PredictionType:
    """Whether there is a prediction for a sequence, or for each of its steps."""

    SINGLE_VALUE = 1
    MULTIPLE_VALUE = 2


_CELLS = {"basic_rnn": rnn.BasicRNNCell, "lstm": rnn.LSTMCell, "gru": rnn.GRUCell}


def construct_rnn_cell(
    num_units: int | Sequence[int], cell_type: Any = "basic_rnn", dropout_keep_probabilities: Any = None
) -> Any:
    """Returns a cell, of several layers where there is more than one width.

    Args:
        num_units: The width, or the widths.
        cell_type: ``"basic_rnn"``, ``"lstm"``, ``"gru"``, or a class.
        dropout_keep_probabilities: What dropout keeps before each layer and after the last.

    Raises:
        ValueError: There is no such cell, or the number of probabilities is not one more than that of layers.
    """
    widths = num_units if isinstance(num_units, (list, tuple)) else (num_units,)
    cell_class = _CELLS.get(cell_type, cell_type)
    if not isinstance(cell_class, type) or not issubclass(cell_class, rnn.RNNCell):
        raise ValueError(f"The supported cell types are {list(_CELLS)}; got {cell_type}")
    cells = [cell_class(num_units=width) for width in widths]
    if dropout_keep_probabilities:
        cells = apply_dropout(cells, dropout_keep_probabilities)
    return cells[0] if len(cells) == 1 else rnn.MultiRNNCell(cells)


def apply_dropout(
    cells: Sequence[Any], dropout_keep_probabilities: Sequence[float], random_seed: Any = None
) -> list[Any]:
    """Returns the cells with dropout before each, and after the last.

    Raises:
        ValueError: The number of probabilities is not one more than that of cells.
    """
    if len(dropout_keep_probabilities) != len(cells) + 1:
        raise ValueError(
            "The number of dropout probabilities must be one greater than the number of cells. Got "
            f"{len(cells)} cells and {len(dropout_keep_probabilities)} dropout probabilities."
        )
    *inputs, last, output = dropout_keep_probabilities
    wrapped = [
        rnn.DropoutWrapper(cell, keep, 1.0, seed=random_seed) for cell, keep in zip(cells[:-1], inputs, strict=True)
    ]
    return [*wrapped, rnn.DropoutWrapper(cells[-1], last, output)]


def get_eval_metric_ops(
    problem_type: int, prediction_type: int, sequence_length: Any, prediction_dict: dict[str, Any], labels: Any
) -> dict[str, Any]:
    """Returns the accuracy of classes, and nothing for numbers."""
    if problem_type != ProblemType.CLASSIFICATION:
        return {}
    predictions = prediction_dict[PredictionKey.CLASSES]
    if prediction_type == PredictionType.MULTIPLE_VALUE:
        predictions, labels = mask_activations_and_labels(predictions, labels, sequence_length)
    return {"accuracy": streaming_accuracy(predictions=predictions, labels=labels)}


def select_last_activations(activations: Any, sequence_lengths: Any) -> Any:
    """Returns the outputs of the last step of each sequence.

    Args:
        activations: Outputs ``[batch, steps, width]``.
        sequence_lengths: Lengths ``[batch]``; None where all sequences have all steps.

    Returns:
        ``[batch, width]``.
    """
    with ops.name_scope("select_last_activations"):
        shape = array_ops.shape(activations)
        batch_size, padded_length, width = shape[0], shape[1], shape[2]
        if sequence_lengths is None:
            sequence_lengths = padded_length
        flat = array_ops.reshape(activations, [-1, width])
        indices = math_ops.range(batch_size) * padded_length + sequence_lengths - 1
        last = array_ops.gather(flat, indices)
        last.set_shape([activations.get_shape()[0], activations.get_shape()[2]])
        return last


def mask_activations_and_labels(activations: Any, labels: Any, sequence_lengths: Any) -> tuple[Any, Any]:
    """Returns outputs and labels of all steps that there are, one after the other.

    Args:
        activations: Outputs ``[batch, steps, width]`` or ``[batch, steps]``.
        labels: Labels ``[batch, steps]``.
        sequence_lengths: Lengths ``[batch]``; None where all sequences have all steps.
    """
    with ops.name_scope("mask_activations_and_labels"):
        shape = array_ops.shape(labels)
        batch_size, padded_length = shape[0], shape[1]
        if sequence_lengths is None:
            size = padded_length * batch_size
            return array_ops.reshape(activations, [size, -1]), array_ops.reshape(labels, [size])
        mask = array_ops.sequence_mask(sequence_lengths, padded_length)
        return array_ops.boolean_mask(activations, mask), array_ops.boolean_mask(labels, mask)


def multi_value_predictions(
    activations: Any, target_column: Any, problem_type: int, predict_probabilities: bool
) -> dict[str, Any]:
    """Returns the predictions of each step, ``[batch, steps]``, and probabilities ``[batch, steps, classes]``.

    Args:
        activations: Outputs ``[batch, steps, width]``.
        target_column: What makes predictions of them.
        problem_type: A ``ProblemType``.
        predict_probabilities: Whether there are probabilities.
    """
    with ops.name_scope("MultiValuePrediction"):
        shape = array_ops.shape(activations)
        flat = array_ops.reshape(activations, [-1, shape[2]])
        found = {}
        if predict_probabilities:
            flat_probabilities = target_column.logits_to_predictions(flat, proba=True)
            predictions = math_ops.argmax(flat_probabilities, 1)
            is_binary = target_column.num_label_columns == 1
            found[PredictionKey.PROBABILITIES] = array_ops.reshape(
                flat_probabilities,
                array_ops.concat([shape[:2], [2]], 0) if is_binary else shape,
                name=PredictionKey.PROBABILITIES,
            )
        else:
            predictions = target_column.logits_to_predictions(flat, proba=False)
        is_classes = problem_type == ProblemType.CLASSIFICATION
        key = PredictionKey.CLASSES if is_classes else PredictionKey.SCORES
        found[key] = array_ops.reshape(predictions, [shape[0], shape[1]], name=key)
        return found
