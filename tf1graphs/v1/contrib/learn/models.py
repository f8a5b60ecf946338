"""``tf.contrib.learn.models``: linear models and recurrent networks as functions of ``(x, y)``, of 2015."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from tensorflow.python.framework import dtypes, ops
from tensorflow.python.ops import array_ops, array_ops_stack, init_ops, variable_scope
from tensorflow.python.summary import summary

from tf1graphs.v1.contrib import rnn
from tf1graphs.v1.contrib.learn.ops import losses_ops

__all__ = [
    "bidirectional_rnn",
    "get_rnn_model",
    "linear_regression",
    "linear_regression_zero_init",
    "logistic_regression",
    "logistic_regression_zero_init",
]


def linear_regression_zero_init(x: Any, y: Any) -> tuple[Any, Any]:
    """Returns predictions and loss of a linear regression whose variables start at zero."""
    return linear_regression(x, y, init_mean=0.0, init_stddev=0.0)


def logistic_regression_zero_init(x: Any, y: Any) -> tuple[Any, Any]:
    """Returns probabilities and loss of a logistic regression whose variables start at zero."""
    return logistic_regression(x, y, init_mean=0.0, init_stddev=0.0)


def linear_regression(x: Any, y: Any, init_mean: float | None = None, init_stddev: float = 1.0) -> tuple[Any, Any]:
    """Returns predictions of the shape of ``y``, and their mean squared error.

    The variables are ``linear_regression/weights`` and ``linear_regression/bias``.

    Args:
        x: Features ``[batch, size]``.
        y: Labels ``[batch]`` or ``[batch, outputs]``.
        init_mean: The mean of the normal distribution that variables start from; by default they start as
            ``tf.get_variable`` lets them.
        init_stddev: Its standard deviation.
    """
    with variable_scope.variable_scope("linear_regression") as scope:
        outputs = 1 if len(y.get_shape()) == 1 else y.get_shape()[1]
        weights, bias = _variables(scope.name, x, y, outputs, init_mean, init_stddev)
        return losses_ops.mean_squared_error_regressor(x, y, weights, bias)


def logistic_regression(
    x: Any, y: Any, class_weight: Any = None, init_mean: float | None = None, init_stddev: float = 1.0
) -> tuple[Any, Any]:
    """Returns probabilities ``[batch, classes]``, and their cross entropy.

    The variables are ``logistic_regression/weights`` and ``logistic_regression/bias``.

    Args:
        x: Features ``[batch, size]``.
        y: Which class it is, one-hot, ``[batch, classes]``.
        class_weight: What the logits of each class are multiplied by, a list; by default the tensor
            ``class_weight:0`` of the graph, where it has one.
        init_mean: See ``linear_regression``.
        init_stddev: See ``linear_regression``.
    """
    with variable_scope.variable_scope("logistic_regression") as scope:
        weights, bias = _variables(scope.name, x, y, y.get_shape()[-1], init_mean, init_stddev)
        return losses_ops.softmax_classifier(x, y, weights, bias, class_weight=class_weight or _class_weight())


def _variables(
    scope: str, x: Any, y: Any, outputs: Any, init_mean: float | None, init_stddev: float
) -> tuple[Any, Any]:
    """Returns weights ``[size, outputs]`` and bias ``[outputs]``; summaries show them, features and labels."""
    summary.histogram(f"{scope}.x", x)
    summary.histogram(f"{scope}.y", y)
    dtype = x.dtype.base_dtype

    def variable(name: str, shape: list[Any]) -> Any:
        start = None if init_mean is None else init_ops.random_normal_initializer(init_mean, init_stddev, dtype=dtype)
        return variable_scope.get_variable(name, shape, initializer=start, dtype=dtype)

    weights = variable("weights", [x.get_shape()[1], outputs])
    bias = variable("bias", [outputs])
    summary.histogram(f"{scope}.weights", weights)
    summary.histogram(f"{scope}.bias", bias)
    return weights, bias


def _class_weight() -> Any:
    try:
        return ops.get_default_graph().get_tensor_by_name("class_weight:0")
    except KeyError:
        return None


def _reversed(steps: list[Any], lengths: Any) -> list[Any]:
    """Returns ``[batch, size]`` of each step from the last to the first; what is beyond a length stays in place."""
    if lengths is None:
        return steps[::-1]
    joined = array_ops_stack.stack(steps)
    found: list[Any] = array_ops_stack.unstack(array_ops.reverse_sequence(joined, lengths, seq_axis=0, batch_axis=1))
    return found


def bidirectional_rnn(
    cell_fw: Any,
    cell_bw: Any,
    inputs: list[Any],
    initial_state_fw: Any = None,
    initial_state_bw: Any = None,
    dtype: Any = None,
    sequence_length: Any = None,
    scope: str | None = None,
) -> tuple[list[Any], Any]:
    """Runs a cell over a sequence, and another over the reversed one.

    With lengths it gives what TensorFlow gave until 0.12: 1.15 raised ``AttributeError``.

    Args:
        cell_fw: The ``RNNCell`` of the sequence, whose state is one tensor.
        cell_bw: The one of the reversed sequence.
        inputs: The inputs of each step, ``[batch, size]``.
        initial_state_fw: The first state of ``cell_fw``, zeros by default.
        initial_state_bw: The first state of ``cell_bw``.
        dtype: The dtype of states that are not given.
        sequence_length: The lengths of the sequences, ``[batch]``.
        scope: What the names of both variable scopes begin with, "BiRNN" by default.

    Returns:
        The outputs of both cells side by side, for each step, and their last states side by side.

    Raises:
        TypeError: A cell is no ``RNNCell``, or ``inputs`` is no list.
        ValueError: ``inputs`` is empty.
    """
    for name, cell in (("cell_fw", cell_fw), ("cell_bw", cell_bw)):
        if not isinstance(cell, rnn.RNNCell):
            raise TypeError(f"{name} must be an instance of RNNCell")
    if not isinstance(inputs, list):
        raise TypeError("inputs must be a list")
    if not inputs:
        raise ValueError("inputs must not be empty")
    name = scope or "BiRNN"
    with variable_scope.variable_scope(f"{name}_FW"):
        forward, state_fw = rnn.static_rnn(cell_fw, inputs, initial_state_fw, dtype, sequence_length)
    with variable_scope.variable_scope(f"{name}_BW"):
        reversed_inputs = _reversed(inputs, sequence_length)
        backward, state_bw = rnn.static_rnn(cell_bw, reversed_inputs, initial_state_bw, dtype, sequence_length)
    steps = zip(forward, _reversed(backward, sequence_length), strict=True)
    return [array_ops.concat(both, 1) for both in steps], array_ops.concat([state_fw, state_bw], 1)


_CELLS: dict[str, Callable[[int], Any]] = {
    "rnn": rnn.BasicRNNCell,
    "gru": rnn.GRUCell,
    "lstm": functools.partial(rnn.BasicLSTMCell, state_is_tuple=False),
}


def get_rnn_model(
    rnn_size: int,
    cell_type: str,
    num_layers: int,
    input_op_fn: Callable[[Any], Any],
    bidirectional: bool,
    target_predictor_fn: Callable[[Any, Any], Any],
    sequence_length: Any,
    initial_state: Any,
    attn_length: int | None,
    attn_size: int | None,
    attn_vec_size: int | None,
) -> Callable[[Any, Any], Any]:
    """Returns a function of ``(x, y)`` that makes a prediction of the last state of a recurrent network.

    Args:
        rnn_size: The size of a cell.
        cell_type: "rnn", "gru" or "lstm"; the function raises ``ValueError`` for others.
        num_layers: The number of cells, one on the other.
        input_op_fn: Makes inputs for each step, ``[batch, size]``, of ``x``.
        bidirectional: Whether the reversed sequence is read too.
        target_predictor_fn: Makes predictions and loss of the last state ``[batch, ...]`` and ``y``.
        sequence_length: The lengths of the sequences, ``[batch]``.
        initial_state: The first state, zeros where it is None.
        attn_length: The steps that each cell attends to; None for no attention.
        attn_size: The size of the attention.
        attn_vec_size: The size of its hidden layer.
    """

    def layer() -> Any:
        cell = _CELLS[cell_type](rnn_size)
        if attn_length is None:
            return cell
        return rnn.AttentionCellWrapper(
            cell, attn_length=attn_length, attn_size=attn_size, attn_vec_size=attn_vec_size, state_is_tuple=False
        )

    def stack() -> Any:
        return rnn.MultiRNNCell([layer() for _ in range(num_layers)], state_is_tuple=False)

    def rnn_estimator(x: Any, y: Any) -> Any:
        inputs = input_op_fn(x)
        if cell_type not in _CELLS:
            raise ValueError(f"cell_type {cell_type} is not supported. ")
        known: dict[str, Any] = {"dtype": dtypes.float32, "sequence_length": sequence_length}
        if bidirectional:
            known.update(initial_state_fw=initial_state, initial_state_bw=initial_state)
            _, encoding = bidirectional_rnn(stack(), stack(), inputs, **known)
        else:
            _, encoding = rnn.static_rnn(stack(), inputs, initial_state=initial_state, **known)
        return target_predictor_fn(encoding, y)

    return rnn_estimator
