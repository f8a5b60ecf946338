"""What a model function of ``tf.contrib.learn`` is told and returns: its mode, and ``ModelFnOps``."""

from __future__ import annotations

from typing import Any, NamedTuple

from tensorflow.python.framework import ops, sparse_tensor
from tensorflow.python.ops import array_ops
from tensorflow.python.training import session_run_hook

from tf1graphs.v1.contrib.learn._mode_keys import ModeKeys
from tf1graphs.v1.contrib.learn.estimators._estimator_spec import estimator_spec

__all__ = ["ModeKeys", "ModelFnOps"]


class _Fields(NamedTuple):
    predictions: Any
    loss: Any
    train_op: Any
    eval_metric_ops: dict[Any, Any]
    output_alternatives: dict[Any, Any] | None
    training_chief_hooks: list[Any]
    training_hooks: list[Any]
    scaffold: Any
    mode: str


class ModelFnOps(_Fields):
    """What a model function returns.

    Args:
        mode: A key of ``ModeKeys``.
        predictions: A tensor, or a dictionary of them.
        loss: A tensor with one element.
        train_op: What a step of training runs; a tensor stands for its op.
        eval_metric_ops: Name of a metric -> its value and the op that updates it.
        output_alternatives: Name of a head -> its ``ProblemType`` and its outputs by name.
        training_chief_hooks: Hooks of the chief's training.
        training_hooks: Hooks of training.
        scaffold: A ``tf.train.Scaffold``.

    Raises:
        ValueError: The mode needs what is missing, the loss has more elements, or ``eval_metric_ops`` is no dictionary.
        TypeError: A hook is none.
    """

    # The fields come in another order than the arguments.
    def __new__(
        cls,
        mode: str,
        predictions: Any = None,
        loss: Any = None,
        train_op: Any = None,
        eval_metric_ops: Any = None,
        output_alternatives: Any = None,
        training_chief_hooks: Any = None,
        training_hooks: Any = None,
        scaffold: Any = None,
    ) -> ModelFnOps:
        """Checks and converts the parts."""
        ModeKeys.validate(mode)
        ops._get_graph_from_inputs((predictions, loss, train_op))
        hooks, chief_hooks = training_hooks or [], training_chief_hooks or []
        if not isinstance(eval_metric_ops, (dict, type(None))):
            raise ValueError("eval_metric_ops must be a dict.")
        fields = {
            "train_op": _train_op(train_op, mode),
            "loss": _loss(loss, mode),
            "predictions": _predictions(predictions, mode),
            "eval_metric_ops": {} if eval_metric_ops is None else eval_metric_ops,
        }
        for hook in hooks + chief_hooks:
            if not isinstance(hook, session_run_hook.SessionRunHook):
                raise TypeError(
                    "All hooks returned from model_fn must be SessionRunHook instances, "
                    f"got instance of {type(hook)}: {hook}"
                )
        return super().__new__(
            cls,
            **fields,
            output_alternatives=output_alternatives,
            training_chief_hooks=chief_hooks,
            training_hooks=hooks,
            scaffold=scaffold,
            mode=mode,
        )

    def estimator_spec(self, default_serving_output_alternative_key: Any = None) -> Any:
        """Returns the ``tf.estimator.EstimatorSpec`` that says the same.

        Args:
            default_serving_output_alternative_key: The head that serves by default, where there are more than one.

        Raises:
            ValueError: An output has a ``ProblemType`` that there is not.
        """
        return estimator_spec(self, default_serving_output_alternative_key)


def _train_op(train_op: Any, mode: str) -> Any:
    if train_op is None:
        if mode == ModeKeys.TRAIN:
            raise ValueError("Missing train_op.")
        return None
    return train_op if isinstance(train_op, ops.Operation) else ops.convert_to_tensor(train_op).op


def _loss(loss: Any, mode: str) -> Any:
    if loss is None:
        if mode in (ModeKeys.TRAIN, ModeKeys.EVAL):
            raise ValueError("Missing loss.")
        return None
    loss = ops.convert_to_tensor(loss)
    if loss.shape.num_elements() not in (None, 1):
        raise ValueError(f"Loss must be scalar: {loss}.")
    return loss if loss.shape.is_compatible_with([]) else array_ops.reshape(loss, [])


def _predictions(predictions: Any, mode: str) -> Any:
    if predictions is None:
        if mode in (ModeKeys.INFER, ModeKeys.EVAL):
            raise ValueError("Missing predictions.")
        return None
    if isinstance(predictions, dict):
        return {key: sparse_tensor.convert_to_tensor_or_sparse_tensor(value) for key, value in predictions.items()}
    return sparse_tensor.convert_to_tensor_or_sparse_tensor(predictions)
