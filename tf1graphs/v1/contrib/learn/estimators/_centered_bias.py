"""A bias for each class that is trained by itself, so that the rest of the model learns what is left."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tensorflow.python.framework import ops
from tensorflow.python.ops import array_ops, math_ops, variable_v1
from tensorflow.python.summary import summary
from tensorflow.python.training.adagrad import AdagradOptimizer

_LEARNING_RATE = 0.1


def centered_bias(dimension: int, head_name: str | None) -> Any:
    """Returns the variable ``[dimension]``, with a summary of each of its elements."""
    # No get_variable(): it might be partitioned, and then has no elements to summarize.
    bias = variable_v1.VariableV1(
        name="centered_bias_weight", initial_value=array_ops.zeros(shape=(dimension,)), trainable=True
    )
    suffix = f"/{head_name}" if head_name else ""
    for index in range(dimension):
        summary.scalar(f"centered_bias/bias_{index}{suffix}", bias[index])
    return bias


def centered_bias_step(bias: Any, batch_size: Any, labels: Any, loss_fn: Callable[..., Any], weights: Any) -> Any:
    """Returns the op that trains the bias as if it were the logits of the model."""
    with ops.name_scope(None, "centered_bias_step") as name:
        dimension = array_ops.shape(bias)[0]
        logits = array_ops.reshape(array_ops.tile(bias, (batch_size,)), (batch_size, dimension))
        with ops.name_scope(None, "centered_bias"):
            loss = math_ops.reduce_mean(loss_fn(labels, logits, weights), name="training_loss")
    return AdagradOptimizer(_LEARNING_RATE).minimize(loss, var_list=(bias,), name=name)
