"""``DynamicRnnEstimator``: predicts something of each sequence, or of each of its steps."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from tensorflow.python.framework import dtypes, ops
from tensorflow.python.ops import array_ops, check_ops, math_ops
from tensorflow.python.ops import rnn as rnn_ops
from tensorflow.python.training.momentum import MomentumOptimizer
from tf_slim.layers.layers import fully_connected
from tf_slim.layers.optimizers import OPTIMIZER_SUMMARIES, optimize_loss

from tf1graphs.v1.contrib.layers._column_models import (
    input_from_feature_columns,
    sequence_input_from_feature_columns,
)
from tf1graphs.v1.contrib.layers._column_parsing import transform_features
from tf1graphs.v1.contrib.layers._target_columns import multi_class_target, regression_target
from tf1graphs.v1.contrib.learn.estimators import rnn_common
from tf1graphs.v1.contrib.learn.estimators._rnn_states import dict_to_state_tuple, state_tuple_to_dict
from tf1graphs.v1.contrib.learn.estimators.constants import ProblemType
from tf1graphs.v1.contrib.learn.estimators.estimator import Estimator
from tf1graphs.v1.contrib.learn.estimators.model_fn import ModeKeys, ModelFnOps
from tf1graphs.v1.contrib.learn.estimators.prediction_key import PredictionKey
from tf1graphs.v1.contrib.learn.estimators.rnn_common import PredictionType, RNNKeys

__all__ = [
    "DynamicRnnEstimator",
    "PredictionType",
    "build_sequence_input",
    "construct_rnn",
    "dict_to_state_tuple",
    "state_tuple_to_dict",
]


def build_sequence_input(
    features: dict[str, Any],
    sequence_feature_columns: Sequence[Any],
    context_feature_columns: Sequence[Any] | None,
    weight_collections: Any = None,
    scope: Any = None,
) -> Any:
    """Returns the input of each step, ``[batch, steps, width]``: its features, and those of the whole sequence.

    Args:
        features: The features by name.
        sequence_feature_columns: The columns of features that each step has.
        context_feature_columns: The columns of features that the sequence has.
        weight_collections: The collections of the embeddings' variables.
        scope: The variable scope.
    """
    columns = [*sequence_feature_columns, *(context_feature_columns or [])]
    features = {**features, **transform_features(features, columns)}
    sequence = sequence_input_from_feature_columns(
        features, sequence_feature_columns, weight_collections=weight_collections, scope=scope
    )
    if context_feature_columns is None:
        return sequence
    context = input_from_feature_columns(
        features, context_feature_columns, weight_collections=weight_collections, scope=scope
    )
    return _with_context(sequence, context)


def _with_context(sequence: Any, context: Any) -> Any:
    checks = [
        check
        for name, tensor, rank in (("sequence_input", sequence, 3), ("context_input", context, 2))
        for check in (
            check_ops.assert_rank(
                tensor, rank, message=f"{name} must have rank {rank}", data=[array_ops.shape(tensor)]
            ),
            check_ops.assert_type(
                tensor, dtypes.float32, message=f"{name} must have dtype float32; got {tensor.dtype}."
            ),
        )
    ]
    with ops.control_dependencies(checks):
        steps = array_ops.shape(sequence)[1]
        tiled = array_ops.tile(array_ops.expand_dims(context, 1), array_ops.concat([[1], [steps], [1]], 0))
    return array_ops.concat([sequence, tiled], 2)


def construct_rnn(
    initial_state: Any,
    sequence_input: Any,
    cell: Any,
    num_label_columns: int,
    dtype: Any = dtypes.float32,
    parallel_iterations: int | None = 32,
    swap_memory: bool = True,
) -> tuple[Any, Any]:
    """Runs a cell over sequences.

    Args:
        initial_state: The state before the first step; zero by default.
        sequence_input: The inputs ``[batch, steps, width]``.
        cell: The cell.
        num_label_columns: The width of the outputs.
        dtype: The dtype of the state.
        parallel_iterations: The number of steps that may run at once.
        swap_memory: Whether what the gradients need may leave the GPU.

    Returns:
        The outputs ``[batch, steps, num_label_columns]``, and the state after the last step.
    """
    with ops.name_scope("RNN"):
        outputs, state = rnn_ops.dynamic_rnn(
            cell=cell,
            inputs=sequence_input,
            initial_state=initial_state,
            dtype=dtype,
            parallel_iterations=parallel_iterations,
            swap_memory=swap_memory,
        )
        return fully_connected(outputs, num_label_columns, activation_fn=None, trainable=True), state


def _single_value_predictions(
    activations: Any, sequence_length: Any, target_column: Any, problem_type: int, predict_probabilities: bool
) -> dict[str, Any]:
    with ops.name_scope("SingleValuePrediction"):
        last = rnn_common.select_last_activations(activations, sequence_length)
        key = PredictionKey.CLASSES if problem_type == ProblemType.CLASSIFICATION else PredictionKey.SCORES
        if not predict_probabilities:
            return {key: target_column.logits_to_predictions(last, proba=False)}
        probabilities = target_column.logits_to_predictions(last, proba=True)
        return {PredictionKey.PROBABILITIES: probabilities, key: math_ops.argmax(probabilities, 1)}


def _loss(
    prediction_type: int, activations: Any, labels: Any, sequence_length: Any, target_column: Any, features: Any
) -> Any:
    if prediction_type == PredictionType.MULTIPLE_VALUE:
        with ops.name_scope("MultiValueLoss"):
            masked = rnn_common.mask_activations_and_labels(activations, labels, sequence_length)
            return target_column.loss(*masked, features)
    with ops.name_scope("SingleValueLoss"):
        last = rnn_common.select_last_activations(activations, sequence_length)
        return target_column.loss(last, labels, features)


def _rnn_model_fn(name: str, params: Mapping[str, Any]) -> Callable[[Any, Any, str], ModelFnOps]:
    """Returns the model function that ``params`` describe: the arguments of the estimator, and its target."""
    target, problem_type, prediction_type = (params[key] for key in ("target", "problem_type", "prediction_type"))
    with_probabilities = params["predict_probabilities"]
    is_single = prediction_type == PredictionType.SINGLE_VALUE
    if problem_type != ProblemType.CLASSIFICATION and with_probabilities:
        raise ValueError(
            "predict_probabilities can only be set to True for problem_type ProblemType.CLASSIFICATION; "
            f"got {problem_type}."
        )

    def model_fn(features: dict[str, Any], labels: Any, mode: str) -> ModelFnOps:
        loss = train_op = metrics = None
        with ops.name_scope(name):
            lengths = features.get(RNNKeys.SEQUENCE_LENGTH_KEY)
            inputs = build_sequence_input(
                features, params["sequence_feature_columns"], params["context_feature_columns"]
            )
            dropout = params["dropout_keep_probabilities"] if mode == ModeKeys.TRAIN else None
            cell = rnn_common.construct_rnn_cell(params["num_units"], params["cell_type"], dropout)
            initial_state = dict_to_state_tuple(features, cell)
            activations, state = construct_rnn(
                initial_state, inputs, cell, target.num_label_columns, parallel_iterations=None
            )
            predictions = (
                _single_value_predictions(activations, lengths, target, problem_type, with_probabilities)
                if is_single
                else rnn_common.multi_value_predictions(activations, target, problem_type, with_probabilities)
            )
            outputs = {"dynamic_rnn_output": (problem_type, dict(predictions))} if is_single else None
            if mode != ModeKeys.INFER:
                loss = _loss(prediction_type, activations, labels, lengths, target, features)
            predictions.update(state_tuple_to_dict(state))
            if mode != ModeKeys.INFER:
                metrics = rnn_common.get_eval_metric_ops(problem_type, prediction_type, lengths, predictions, labels)
            if mode == ModeKeys.TRAIN:
                train_op = optimize_loss(
                    loss=loss,
                    global_step=None,
                    learning_rate=params["learning_rate"],
                    optimizer=params["optimizer"],
                    clip_gradients=params["gradient_clipping_norm"],
                    summaries=OPTIMIZER_SUMMARIES,
                )
        return ModelFnOps(
            mode=mode,
            predictions=predictions,
            loss=loss,
            train_op=train_op,
            eval_metric_ops=metrics,
            output_alternatives=outputs,
        )

    return model_fn


_NAMES = {PredictionType.MULTIPLE_VALUE: "MultiValueDynamicRNN", PredictionType.SINGLE_VALUE: "SingleValueDynamicRNN"}


class DynamicRnnEstimator(Estimator):
    """Predicts with a recurrent network that runs over sequences of any length.

    Args:
        problem_type: ``ProblemType.CLASSIFICATION`` or ``ProblemType.LINEAR_REGRESSION``.
        prediction_type: Whether there is a prediction for a sequence or for each of its steps, a ``PredictionType``.
        sequence_feature_columns: The columns of features that each step has.
        context_feature_columns: The columns of features that the sequence has.
        num_classes: The number of classes.
        num_units: The width of the cell, or those of its layers.
        cell_type: ``"basic_rnn"``, ``"lstm"``, ``"gru"``, or a class.
        optimizer: An optimizer or its name; ``"Momentum"`` is made with ``momentum``.
        learning_rate: The learning rate.
        predict_probabilities: Whether classes come with probabilities.
        momentum: The momentum.
        gradient_clipping_norm: The global norm that the gradients are clipped to.
        dropout_keep_probabilities: What dropout keeps before each layer and after the last, in training.
        model_dir: The folder of checkpoints and summaries; a temporary one by default.
        feature_engineering_fn: Takes features and labels, and returns those of the model.
        config: A ``tf.contrib.learn.RunConfig``.

    Raises:
        ValueError: There is no such type, or arguments do not go together.
    """

    def __init__(
        self,
        problem_type: int,
        prediction_type: int,
        sequence_feature_columns: Sequence[Any],
        context_feature_columns: Sequence[Any] | None = None,
        num_classes: int | None = None,
        num_units: Any = None,
        cell_type: Any = "basic_rnn",
        optimizer: Any = "SGD",
        learning_rate: float = 0.1,
        predict_probabilities: bool = False,
        momentum: float | None = None,
        gradient_clipping_norm: float | None = 5.0,
        dropout_keep_probabilities: Sequence[float] | None = None,
        model_dir: str | None = None,
        feature_engineering_fn: Any = None,
        config: Any = None,
    ) -> None:
        if prediction_type not in _NAMES:
            raise ValueError(
                "prediction_type must be one of PredictionType.MULTIPLE_VALUE or PredictionType.SINGLE_VALUE; "
                f"got {prediction_type}"
            )
        if problem_type == ProblemType.LINEAR_REGRESSION:
            kind, target = "Regressor", regression_target()
        elif problem_type == ProblemType.CLASSIFICATION:
            if not num_classes:
                raise ValueError("For CLASSIFICATION problem_type, num_classes must be specified.")
            kind, target = "Classifier", multi_class_target(n_classes=num_classes)
        else:
            raise ValueError(
                "problem_type must be either ProblemType.LINEAR_REGRESSION or ProblemType.CLASSIFICATION; "
                f"got {problem_type}"
            )
        params = {
            "problem_type": problem_type,
            "prediction_type": prediction_type,
            "target": target,
            "sequence_feature_columns": sequence_feature_columns,
            "context_feature_columns": context_feature_columns,
            "num_units": num_units,
            "cell_type": cell_type,
            "optimizer": MomentumOptimizer(learning_rate, momentum) if optimizer == "Momentum" else optimizer,
            "learning_rate": learning_rate,
            "predict_probabilities": predict_probabilities,
            "gradient_clipping_norm": gradient_clipping_norm,
            "dropout_keep_probabilities": dropout_keep_probabilities,
        }
        super().__init__(
            model_fn=_rnn_model_fn(_NAMES[prediction_type] + kind, params),
            model_dir=model_dir,
            config=config,
            feature_engineering_fn=feature_engineering_fn,
        )
