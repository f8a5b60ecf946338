"""What TensorFlow 1's layers and cells call their variables, and what Keras 3's call theirs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

# Of Keras's variables that are the same tensor in TensorFlow 1: the names that tf.layers, tf.contrib.layers (slim),
# tf.nn and most programs give them.
SAME = {
    "kernel": ("kernel", "weights", "weight", "W", "w", "depthwise_kernel", "depthwise_weights", "filter", "filters"),
    "bias": ("bias", "biases", "b"),
    "gamma": ("gamma", "scale"),
    "beta": ("beta", "offset", "shift"),
    "moving_mean": ("moving_mean", "mean"),
    "moving_variance": ("moving_variance", "variance"),
    "depthwise_kernel": ("depthwise_kernel", "depthwise_weights"),
    "pointwise_kernel": ("pointwise_kernel", "pointwise_weights"),
    "embeddings": ("embeddings", "embedding", "embedding_weights", "weights", "W"),
    "alpha": ("alpha", "alphas"),
}


@dataclass(frozen=True)
class CellForm:
    """A cell of TensorFlow 1 whose variables together become those of a Keras cell.

    Attributes:
        sources: names of the variables below the cell's scope, in the order of the way.
        carry: the way.
        settings: what is not in a checkpoint, by 1.15's defaults.
        scope: how the last part of the scope begins, where the settings hang on it.
    """

    sources: tuple[str, ...]
    carry: str
    settings: dict[str, Any] = field(default_factory=dict)
    scope: str = ""


# Names of the variables of a Keras cell, in the order of the ways.
CELL_TARGETS = ("kernel", "recurrent_kernel", "bias")
# The first that fits is taken. "weights" and "biases" are the names before TensorFlow 1.2.
CELLS = (
    CellForm(("kernel", "bias"), "lstm", {"forget_bias": 0.0}, scope="cudnn_compatible_lstm_cell"),
    CellForm(("kernel", "bias"), "lstm", {"forget_bias": 1.0}),
    CellForm(("weights", "biases"), "lstm", {"forget_bias": 1.0}),
    CellForm(("gates/kernel", "gates/bias", "candidate/kernel", "candidate/bias"), "gru"),
    CellForm(("gates/weights", "gates/biases", "candidate/weights", "candidate/biases"), "gru"),
    CellForm(("w_ru", "b_ru", "w_c", "b_c"), "gru"),
    CellForm(
        (
            *("gates/kernel", "gates/bias", "candidate/input_projection/kernel", "candidate/input_projection/bias"),
            *("candidate/hidden_projection/kernel", "candidate/hidden_projection/bias"),
        ),
        "gru_reset_after",
    ),
    CellForm(("kernel", "bias"), "rnn"),
    CellForm(("weights", "biases"), "rnn"),
)
# Variables of cells that Keras 3 has not, by the end of their names.
WITHOUT_COUNTERPART = {
    "/w_f_diag": "Keras 3's LSTM has no peepholes",
    "/w_i_diag": "Keras 3's LSTM has no peepholes",
    "/w_o_diag": "Keras 3's LSTM has no peepholes",
    "/projection/kernel": "Keras 3's LSTM has no projection",
    "/transform/gamma": "Keras 3 has no LSTM with layer normalization",
    "/transform/beta": "Keras 3 has no LSTM with layer normalization",
    "/opaque_kernel": "the sizes of cuDNN's parameters are in no checkpoint: name them in a row (cudnn_keras)",
}
