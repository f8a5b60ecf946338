"""What the kernel ``CudnnRNN`` computes, by ops that every device has.

Source: the cuDNN library's user guide, ``cudnnRNNMode_t`` and ``cudnnSetRNNPaddingMode``. Values are those of
``CudnnCompatibleLSTMCell``, ``CudnnCompatibleGRUCell`` and ``BasicRNNCell``. Random numbers of the dropout between
layers are TensorFlow's.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, NoReturn

from tensorflow.python.framework import ops
from tensorflow.python.ops import array_ops, array_ops_stack, functional_ops, math_ops, nn_ops, random_ops

from tf1graphs.v1._parity import counted_as
from tf1graphs.v1.contrib.cudnn_rnn import _buffer
from tf1graphs.v1.contrib.cudnn_rnn._network import CUDNN_GRU, CUDNN_LSTM, CUDNN_RNN_RELU, CUDNN_RNN_TANH, Network

_State = tuple[Any, ...]
_WITHOUT_GRADIENT = "CudnnRNNInference"


@ops.RegisterGradient(_WITHOUT_GRADIENT)  # type: ignore[untyped-decorator, unused-ignore]
def _refuse_gradient(op: Any, *gradients: Any) -> NoReturn:
    raise ValueError("To use CudnnRNN in gradients, is_training must be set to True.")


class _Direction(NamedTuple):
    """The parameters of one direction of a layer: ``matrices`` are [depth, gates * units], biases [gates * units]."""

    input_matrix: Any | None
    input_bias: Any
    hidden_matrix: Any
    hidden_bias: Any
    projection: Any | None


def _lstm(inputs: Any, hidden: Any, state: _State) -> _State:
    i, f, g, o = array_ops.split(inputs + hidden, 4, axis=1)
    c = math_ops.sigmoid(f) * state[1] + math_ops.sigmoid(i) * math_ops.tanh(g)
    return math_ops.sigmoid(o) * math_ops.tanh(c), c


def _gru(inputs: Any, hidden: Any, state: _State) -> _State:
    (r_x, u_x, candidate_x), (r_h, u_h, candidate_h) = (array_ops.split(each, 3, axis=1) for each in (inputs, hidden))
    update = math_ops.sigmoid(u_x + u_h)
    candidate = math_ops.tanh(candidate_x + math_ops.sigmoid(r_x + r_h) * candidate_h)
    return ((1 - update) * candidate + update * state[0],)


def _activated(activation: Callable[[Any], Any], inputs: Any, hidden: Any, state: _State) -> _State:
    return (activation(inputs + hidden),)


# Each from what inputs and hidden state give to the gates, [batch, gates * units], and the state to the new state.
_CELLS: dict[str, Callable[[Any, Any, _State], _State]] = {
    CUDNN_LSTM: _lstm,
    CUDNN_GRU: _gru,
    CUDNN_RNN_TANH: functools.partial(_activated, math_ops.tanh),
    CUDNN_RNN_RELU: functools.partial(_activated, nn_ops.relu),
}


def _directions(network: Network, params: Any) -> list[_Direction]:
    """Returns the parameters by layer and direction."""
    weights, biases = _buffer.to_canonical(network, params)
    gates, total = network.gates, network.num_layers * network.directions
    found = []
    for number in range(total):
        own = weights[number * len(weights) // total : (number + 1) * len(weights) // total]
        own_biases = biases[2 * gates * number : 2 * gates * (number + 1)]
        skipped = network.skips_input and number < network.directions
        found.append(
            _Direction(
                None if skipped else _side_by_side(own[:gates]),
                array_ops.concat(own_biases[:gates], 0),
                _side_by_side(own[gates : 2 * gates]),
                array_ops.concat(own_biases[gates:], 0),
                array_ops.transpose(own[-1]) if network.num_proj else None,
            )
        )
    return found


def _side_by_side(matrices: Sequence[Any]) -> Any:
    return array_ops.transpose(array_ops.concat(matrices, 0))


def _run_direction(
    network: Network, direction: _Direction, inputs: Any, state: _State, alive: Any | None, backward: bool
) -> tuple[Any, _State]:
    """Returns outputs [time, batch, size] and the last state; a sequence that is over keeps its state."""
    if direction.input_matrix is None:
        projected = array_ops.concat([inputs] * network.gates, 2)
    else:
        projected = math_ops.tensordot(inputs, direction.input_matrix, 1)
    projected = nn_ops.bias_add(projected, direction.input_bias)

    def step(state: _State, step_inputs: _State) -> _State:
        hidden = nn_ops.bias_add(math_ops.matmul(state[0], direction.hidden_matrix), direction.hidden_bias)
        new_state = _CELLS[network.rnn_mode](step_inputs[0], hidden, state)
        if direction.projection is not None:
            new_state = (math_ops.matmul(new_state[0], direction.projection), *new_state[1:])
        if alive is None:
            return new_state
        kept = zip(new_state, state, strict=True)
        return tuple(array_ops.where_v2(step_inputs[1], new, old) for new, old in kept)

    elements = (projected,) if alive is None else (projected, alive)
    states = functional_ops.scan(step, elements, initializer=state, reverse=backward)
    outputs = states[0] if alive is None else array_ops.where_v2(alive, states[0], array_ops.zeros_like(states[0]))
    return outputs, tuple(each[0 if backward else -1] for each in states)


def _run_layers(
    network: Network,
    directions: Sequence[_Direction],
    inputs: Any,
    states: Sequence[_State],
    alive: Any | None,
    drop: Callable[[int, Any], Any],
) -> tuple[Any, list[_State]]:
    last_states = []
    for layer in range(network.num_layers):
        if layer:
            inputs = drop(layer - 1, inputs)
        first = layer * network.directions
        outputs = []
        for number in range(first, first + network.directions):
            output, last = _run_direction(network, directions[number], inputs, states[number], alive, number > first)
            outputs.append(output)
            last_states.append(last)
        inputs = array_ops.concat(outputs, 2)
    return inputs, last_states


def _dropout(network: Network, inputs: Any, rate: float, seed: int | None) -> Callable[[int, Any], Any]:
    """Returns a function that drops elements of what the layer of a number gives to the next one."""
    between = network.num_layers - 1
    if not rate or not between:
        return lambda layer, values: values
    time, batch_size = array_ops_stack.unstack(array_ops.shape(inputs)[:2])
    shape = [between, time, batch_size, network.depth(1)]
    kept = math_ops.cast(random_ops.random_uniform(shape, dtype=inputs.dtype, seed=seed) >= rate, inputs.dtype)
    scale = 1 / (1 - rate) if rate < 1 else 0.0
    return lambda layer, values: values * kept[layer] * scale


@counted_as(1)
def forward(
    network: Network,
    inputs: Any,
    input_h: Any,
    input_c: Any,
    params: Any,
    is_training: bool,
    dropout: float = 0.0,
    seed: int | None = None,
    sequence_lengths: Any = None,
    time_major: bool = True,
    name: str | None = None,
) -> tuple[Any, Any, Any]:
    """Returns ``(outputs, last h, last c)``; the last is ``input_c`` for a network that is no LSTM.

    Args:
        network: the network.
        inputs: [time, batch, input size], or [batch, time, input size] unless ``time_major``; so are the outputs.
        input_h: [layers * directions, batch, output size], or with the batch first unless ``time_major``.
        input_c: [layers * directions, batch, units], or likewise.
        params: the opaque parameters.
        is_training: whether there is dropout, and a gradient.
        dropout: the share of elements dropped between layers.
        seed: of the dropout.
        sequence_lengths: [batch], int32; outputs after the end of a sequence are zero.
        time_major: which dimension is first.
        name: of the op.

    Raises:
        ValueError: a gradient is asked for where ``is_training`` is false.
    """
    is_lstm = network.rnn_mode == CUDNN_LSTM
    with ops.name_scope(name, "CudnnRNN", [inputs, input_h, input_c, params]):
        given = [inputs, input_h, input_c] if is_lstm else [inputs, input_h]
        inputs, *state = given if time_major else map(_swap, given)
        alive = None
        if sequence_lengths is not None:
            alive = array_ops.sequence_mask(sequence_lengths, array_ops.shape(inputs)[0])
            alive = array_ops.expand_dims(array_ops.transpose(alive), 2)
        parts = network.num_layers * network.directions
        states = list(zip(*(array_ops_stack.unstack(each, parts) for each in state), strict=True))
        drop = _dropout(network, inputs, dropout if is_training else 0, seed)
        outputs, last = _run_layers(network, _directions(network, params), inputs, states, alive, drop)
        results = [outputs, *(array_ops_stack.stack(each) for each in zip(*last, strict=True))]
        results = results if time_major else [_swap(each) for each in results]
        if not is_training:
            with ops.get_default_graph().gradient_override_map({"Identity": _WITHOUT_GRADIENT}):
                results = [array_ops.identity(each) for each in results]
    return results[0], results[1], results[2] if is_lstm else input_c


def _swap(tensor: Any) -> Any:
    return array_ops.transpose(tensor, [1, 0, 2])
