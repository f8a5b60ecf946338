"""The functions of cuDNN's networks, on its kernels where there is a GPU and on other ops where there is none."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any

from tensorflow.python.framework import constant_op, dtypes, random_seed, tensor_shape
from tensorflow.python.ops import array_ops, gen_cudnn_rnn_ops

from tf1graphs.v1.contrib.cudnn_rnn import _buffer, _forward, _kernels
from tf1graphs.v1.contrib.cudnn_rnn._network import (
    CUDNN_GRU,
    CUDNN_INPUT_LINEAR_MODE,
    CUDNN_LSTM,
    CUDNN_RNN_RELU,
    CUDNN_RNN_TANH,
    CUDNN_RNN_UNIDIRECTION,
    PARAMS_PER_LAYER,
    Network,
    check_direction,
    check_input_mode,
    check_rnn_mode,
)


def cudnn_rnn(
    inputs: Any,
    input_h: Any,
    input_c: Any,
    params: Any,
    is_training: bool,
    rnn_mode: str,
    sequence_lengths: Any = None,
    time_major: bool = True,
    input_mode: str = CUDNN_INPUT_LINEAR_MODE,
    direction: str = CUDNN_RNN_UNIDIRECTION,
    dropout: float = 0.0,
    seed: int | None = 0,
    num_proj: int | None = None,
    name: str | None = None,
) -> tuple[Any, Any, Any]:
    """Returns ``(outputs, output_h, output_c)`` of a network.

    Args:
        inputs: [time, batch, input size], or [batch, time, input size] unless ``time_major``; so are the outputs.
        input_h: [layers * directions, batch, output size], or with the batch first unless ``time_major``.
        input_c: an LSTM's [layers * directions, batch, units], or likewise; an empty tensor for others.
        params: the opaque parameters.
        is_training: whether there is dropout, and a gradient.
        rnn_mode: ``"lstm"``, ``"gru"``, ``"rnn_relu"`` or ``"rnn_tanh"``.
        sequence_lengths: int32, [batch]; all of the inputs' length by default.
        time_major: which dimension is first.
        input_mode: ``"linear_input"``, ``"skip_input"`` or ``"auto_select"``.
        direction: ``"unidirectional"`` or ``"bidirectional"``.
        dropout: the share of elements dropped between layers.
        seed: of the dropout.
        num_proj: the size that the outputs of an LSTM are projected to; None or 0 for none.
        name: of the op.

    Raises:
        ValueError: a mode or the direction is none, or a static size is unknown that is needed without a GPU.
    """
    check_rnn_mode(rnn_mode)
    check_direction(direction)
    check_input_mode(input_mode)
    if sequence_lengths is None and (not time_major or num_proj):
        batch, time = (1, 0) if time_major else (0, 1)
        sizes = [array_ops.shape(inputs)[axis] for axis in (batch, time)]
        sequence_lengths = array_ops.fill([sizes[0]], sizes[1])
    options: dict[str, Any] = {"is_training": is_training, "dropout": dropout, "name": name}
    if _kernels.are_there():
        modes = {"rnn_mode": rnn_mode, "input_mode": input_mode, "direction": direction}
        options |= modes | dict(zip(("seed", "seed2"), random_seed.get_seed(seed), strict=True))
        lengths = {"sequence_lengths": sequence_lengths, "time_major": time_major, "num_proj": num_proj or 0}
        return _on_gpu(inputs, input_h, input_c, params, options, {} if sequence_lengths is None else lengths)
    network = _described_by(inputs, input_h, input_c, rnn_mode, input_mode, direction, num_proj, time_major)
    options |= {"seed": seed, "sequence_lengths": sequence_lengths, "time_major": time_major}
    results: tuple[Any, Any, Any] = _forward.forward(network, inputs, input_h, input_c, params, **options)
    return results


def _on_gpu(
    inputs: Any, input_h: Any, input_c: Any, params: Any, options: dict[str, Any], lengths: dict[str, Any]
) -> tuple[Any, Any, Any]:
    kernel = gen_cudnn_rnn_ops.cudnn_rnn
    if lengths:
        kernel = gen_cudnn_rnn_ops.cudnn_rnnv3
    elif os.environ.get("TF_CUDNN_RNN_USE_V2") == "1":
        kernel = gen_cudnn_rnn_ops.cudnn_rnnv2
    results = kernel(input=inputs, input_h=input_h, input_c=input_c, params=params, **options, **lengths)
    return results[0], results[1], results[2]


def _described_by(
    inputs: Any,
    input_h: Any,
    input_c: Any,
    rnn_mode: str,
    input_mode: str,
    direction: str,
    num_proj: int | None,
    time_major: bool,
) -> Network:
    """Returns the network that the static shapes tell."""
    state = input_c if rnn_mode == CUDNN_LSTM else input_h
    sizes = state.shape[0 if time_major else 1], state.shape[2], inputs.shape[2]
    total, units, depth = map(tensor_shape.dimension_value, sizes)
    if None in (total, units, depth):
        raise ValueError(f"CudnnRNN needs static sizes: inputs are {inputs.shape}, the state is {state.shape}")
    directions = 1 if direction == CUDNN_RNN_UNIDIRECTION else 2
    return Network(rnn_mode, total // directions, units, depth, input_mode, direction, num_proj)


def cudnn_lstm(
    inputs: Any,
    input_h: Any,
    input_c: Any,
    params: Any,
    is_training: bool,
    sequence_lengths: Any = None,
    time_major: bool = True,
    input_mode: str = CUDNN_INPUT_LINEAR_MODE,
    direction: str = CUDNN_RNN_UNIDIRECTION,
    dropout: float = 0.0,
    seed: int | None = 0,
    num_proj: int | None = None,
    name: str | None = None,
) -> tuple[Any, Any, Any]:
    """Returns ``(outputs, output_h, output_c)`` of an LSTM; see ``cudnn_rnn`` for the arguments and errors."""
    lengths = sequence_lengths, time_major
    modes: tuple[Any, ...] = input_mode, direction, dropout, seed, num_proj, name
    return cudnn_rnn(inputs, input_h, input_c, params, is_training, CUDNN_LSTM, *lengths, *modes)


def cudnn_rnn_no_input_c(
    inputs: Any,
    input_h: Any,
    params: Any,
    is_training: bool,
    rnn_mode: str,
    sequence_lengths: Any = None,
    time_major: bool = True,
    input_mode: str = CUDNN_INPUT_LINEAR_MODE,
    direction: str = CUDNN_RNN_UNIDIRECTION,
    dropout: float = 0.0,
    seed: int | None = 0,
    name: str | None = None,
) -> tuple[Any, Any]:
    """Returns ``(outputs, output_h)`` of a network that is no LSTM; see ``cudnn_rnn`` for the arguments and errors."""
    input_c = constant_op.constant([], dtype=input_h.dtype)
    lengths = sequence_lengths, time_major
    modes: tuple[Any, ...] = input_mode, direction, dropout, seed, None, name
    return cudnn_rnn(inputs, input_h, input_c, params, is_training, rnn_mode, *lengths, *modes)[:2]


def cudnn_gru(
    inputs: Any,
    input_h: Any,
    params: Any,
    is_training: bool,
    sequence_lengths: Any = None,
    time_major: bool = True,
    input_mode: str = CUDNN_INPUT_LINEAR_MODE,
    direction: str = CUDNN_RNN_UNIDIRECTION,
    dropout: float = 0.0,
    seed: int | None = 0,
    name: str | None = None,
) -> tuple[Any, Any]:
    """Returns ``(outputs, output_h)`` of a GRU; see ``cudnn_rnn`` for the arguments and errors."""
    lengths = sequence_lengths, time_major
    modes: tuple[Any, ...] = input_mode, direction, dropout, seed, name
    return cudnn_rnn_no_input_c(inputs, input_h, params, is_training, CUDNN_GRU, *lengths, *modes)


def cudnn_rnn_relu(
    inputs: Any,
    input_h: Any,
    params: Any,
    is_training: bool,
    input_mode: str = CUDNN_INPUT_LINEAR_MODE,
    direction: str = CUDNN_RNN_UNIDIRECTION,
    dropout: float = 0.0,
    seed: int | None = 0,
    sequence_lengths: Any = None,
    time_major: bool = True,
    name: str | None = None,
) -> tuple[Any, Any]:
    """Returns ``(outputs, output_h)`` of an RNN with ReLU; see ``cudnn_rnn`` for the arguments and errors."""
    lengths = sequence_lengths, time_major
    modes: tuple[Any, ...] = input_mode, direction, dropout, seed, name
    return cudnn_rnn_no_input_c(inputs, input_h, params, is_training, CUDNN_RNN_RELU, *lengths, *modes)


def cudnn_rnn_tanh(
    inputs: Any,
    input_h: Any,
    params: Any,
    is_training: bool,
    sequence_lengths: Any = None,
    time_major: bool = True,
    input_mode: str = CUDNN_INPUT_LINEAR_MODE,
    direction: str = CUDNN_RNN_UNIDIRECTION,
    dropout: float = 0.0,
    seed: int | None = 0,
    name: str | None = None,
) -> tuple[Any, Any]:
    """Returns ``(outputs, output_h)`` of an RNN with tanh; see ``cudnn_rnn`` for the arguments and errors."""
    lengths = sequence_lengths, time_major
    modes: tuple[Any, ...] = input_mode, direction, dropout, seed, name
    return cudnn_rnn_no_input_c(inputs, input_h, params, is_training, CUDNN_RNN_TANH, *lengths, *modes)


def cudnn_rnn_opaque_params_to_canonical(
    rnn_mode: str,
    num_layers: int,
    num_units: int,
    input_size: int,
    params: Any,
    input_mode: str = CUDNN_INPUT_LINEAR_MODE,
    direction: str = CUDNN_RNN_UNIDIRECTION,
    dropout: float = 0,
    seed: int | None = 0,
    num_proj: int | None = None,
    name: str | None = None,
) -> Any:
    """Returns a list of the matrices and one of the biases that are in the opaque parameters, in cuDNN's order.

    Raises:
        ValueError: a mode or the direction is none.
    """
    network = Network(rnn_mode, num_layers, num_units, input_size, input_mode, direction, num_proj)
    if not _kernels.are_there():
        return _buffer.to_canonical(network, params, name)
    options = _kernel_options(network, dropout, seed, name)
    number = PARAMS_PER_LAYER[rnn_mode] * num_layers * network.directions
    if not num_proj:
        return tuple(gen_cudnn_rnn_ops.cudnn_rnn_params_to_canonical(params=params, num_params=number, **options))
    return tuple(
        gen_cudnn_rnn_ops.cudnn_rnn_params_to_canonical_v2(
            params=params,
            num_params_weights=number + num_layers * network.directions,
            num_params_biases=number,
            num_proj=num_proj,
            **options,
        )
    )


def cudnn_rnn_canonical_to_opaque_params(
    rnn_mode: str,
    num_layers: int,
    num_units: int,
    input_size: int,
    weights: Sequence[Any],
    biases: Sequence[Any],
    input_mode: str = CUDNN_INPUT_LINEAR_MODE,
    direction: str = CUDNN_RNN_UNIDIRECTION,
    dropout: float = 0,
    seed: int | None = 0,
    num_proj: int | None = None,
    name: str | None = None,
) -> Any:
    """Returns the opaque parameters of matrices and biases in cuDNN's order.

    Raises:
        ValueError: a mode or the direction is none, or, without a GPU, an array is not of the network's size.
    """
    network = Network(rnn_mode, num_layers, num_units, input_size, input_mode, direction, num_proj)
    if not _kernels.are_there():
        return _buffer.from_canonical(network, weights, biases, name)
    options = _kernel_options(network, dropout, seed, name)
    if not num_proj:
        return gen_cudnn_rnn_ops.cudnn_rnn_canonical_to_params(weights=weights, biases=biases, **options)
    return gen_cudnn_rnn_ops.cudnn_rnn_canonical_to_params_v2(
        weights=weights, biases=biases, num_proj=num_proj, **options
    )


def cudnn_rnn_opaque_params_size(
    rnn_mode: str,
    num_layers: int,
    num_units: int,
    input_size: int,
    input_mode: str = CUDNN_INPUT_LINEAR_MODE,
    direction: str = CUDNN_RNN_UNIDIRECTION,
    dtype: Any = dtypes.float32,
    dropout: float = 0,
    seed: int | None = 0,
    num_proj: int | None = None,
    name: str | None = None,
) -> Any:
    """Returns how many numbers the opaque parameters have, an int32 scalar.

    Raises:
        ValueError: a mode or the direction is none.
    """
    network = Network(rnn_mode, num_layers, num_units, input_size, input_mode, direction, num_proj)
    if not _kernels.are_there():
        return _buffer.size(network, name)[0]
    options = _kernel_options(network, dropout, seed, name)
    return gen_cudnn_rnn_ops.cudnn_rnn_params_size(num_proj=num_proj, T=dtype, S=dtypes.int32, **options)[0]


def _kernel_options(network: Network, dropout: float, seed: int | None, name: str | None) -> dict[str, Any]:
    seeds = dict(zip(("seed", "seed2"), random_seed.get_seed(seed), strict=True))
    names = ("rnn_mode", "num_layers", "num_units", "input_size", "input_mode", "direction")
    return {each: getattr(network, each) for each in names} | seeds | {"dropout": dropout, "name": name}
