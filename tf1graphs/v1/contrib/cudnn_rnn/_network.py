"""What describes a network of cuDNN: its modes, and the matrices and biases that it has.

Source: the cuDNN library's user guide, ``cudnnSetRNNDescriptor`` and ``cudnnGetRNNLinLayerMatrixParams``.
"""

from __future__ import annotations

import dataclasses

CUDNN_RNN_UNIDIRECTION = "unidirectional"
CUDNN_RNN_BIDIRECTION = "bidirectional"
CUDNN_LSTM = "lstm"
CUDNN_GRU = "gru"
CUDNN_RNN_RELU = "rnn_relu"
CUDNN_RNN_TANH = "rnn_tanh"
CUDNN_INPUT_LINEAR_MODE = "linear_input"
CUDNN_INPUT_SKIP_MODE = "skip_input"
CUDNN_INPUT_AUTO_MODE = "auto_select"

_GATES = {CUDNN_LSTM: 4, CUDNN_GRU: 3, CUDNN_RNN_TANH: 1, CUDNN_RNN_RELU: 1}
# A gate has one matrix and one bias for the inputs and one of each for the hidden state.
PARAMS_PER_LAYER = {mode: 2 * gates for mode, gates in _GATES.items()}


def check_rnn_mode(rnn_mode: str) -> None:
    """Raises ``ValueError`` for what is no ``rnn_mode``."""
    if rnn_mode not in _GATES:
        raise ValueError(f"Invalid rnn_mode: {rnn_mode}, expect one of ({', '.join(_GATES)})")


def check_direction(direction: str) -> None:
    """Raises ``ValueError`` for what is no ``direction``."""
    if direction not in (CUDNN_RNN_UNIDIRECTION, CUDNN_RNN_BIDIRECTION):
        raise ValueError(
            f"Invalid direction: {direction}, expecting {CUDNN_RNN_UNIDIRECTION} or {CUDNN_RNN_BIDIRECTION}"
        )


def check_input_mode(input_mode: str) -> None:
    """Raises ``ValueError`` for what is no ``input_mode``."""
    modes = (CUDNN_INPUT_LINEAR_MODE, CUDNN_INPUT_SKIP_MODE, CUDNN_INPUT_AUTO_MODE)
    if input_mode not in modes:
        raise ValueError(f"Invalid input_mode: {input_mode}, expect one of ({', '.join(modes)})")


@dataclasses.dataclass(frozen=True)
class Network:
    """One network of cuDNN.

    Args:
        rnn_mode: ``"lstm"``, ``"gru"``, ``"rnn_relu"`` or ``"rnn_tanh"``.
        num_layers: the number of layers.
        num_units: the number of units in each direction of each layer.
        input_size: the size of the inputs.
        input_mode: whether matrices project the inputs of the first layer (``"linear_input"``), or the inputs go to
            every gate as they are (``"skip_input"``); ``"auto_select"`` does the latter where sizes allow it.
        direction: ``"unidirectional"`` or ``"bidirectional"``.
        num_proj: the size that an LSTM's output is projected to; None or 0 for none.

    Raises:
        ValueError: a mode is none, or inputs of another size than ``num_units`` are to be skipped.
    """

    rnn_mode: str
    num_layers: int
    num_units: int
    input_size: int
    input_mode: str = CUDNN_INPUT_LINEAR_MODE
    direction: str = CUDNN_RNN_UNIDIRECTION
    num_proj: int | None = None

    def __post_init__(self) -> None:
        check_rnn_mode(self.rnn_mode)
        check_direction(self.direction)
        check_input_mode(self.input_mode)
        if self.input_mode == CUDNN_INPUT_SKIP_MODE and self.input_size != self.num_units:
            raise ValueError(
                "Can't set input_mode to skip_input unless input_size == num_units. "
                f"Got input_size: {self.input_size} num_units: {self.num_units}"
            )

    @property
    def gates(self) -> int:
        """The number of gates: matrices for the inputs of each direction of a layer."""
        return _GATES[self.rnn_mode]

    @property
    def directions(self) -> int:
        """1 or 2."""
        return 1 if self.direction == CUDNN_RNN_UNIDIRECTION else 2

    @property
    def skips_input(self) -> bool:
        """Whether the first layer has no matrices for its inputs."""
        return self.input_mode != CUDNN_INPUT_LINEAR_MODE and self.input_size == self.num_units

    @property
    def output_size(self) -> int:
        """The size of the output of each direction."""
        return self.num_proj or self.num_units

    def depth(self, layer: int) -> int:
        """Returns the size of the inputs of a layer."""
        return self.output_size * self.directions if layer else self.input_size

    @property
    def weight_shapes(self) -> list[tuple[int, int]]:
        """The matrices in the order of cuDNN: by layer, direction, inputs before hidden state, and gate."""
        shapes = []
        for layer in range(self.num_layers):
            rows = 0 if self.skips_input and not layer else self.num_units
            of_direction = [(rows, self.depth(layer))] * self.gates
            of_direction += [(self.num_units, self.output_size)] * self.gates
            if self.num_proj:
                of_direction.append((self.num_proj, self.num_units))
            shapes += of_direction * self.directions
        return shapes

    @property
    def bias_shapes(self) -> list[tuple[int]]:
        """The biases in the order of cuDNN."""
        return [(self.num_units,)] * (PARAMS_PER_LAYER[self.rnn_mode] * self.num_layers * self.directions)
