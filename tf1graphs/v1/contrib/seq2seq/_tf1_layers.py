"""TF1's layers and cells that attention is made of, kept by tf-keras."""

from tf1graphs.v1 import _tf_keras  # noqa: I001 (first, to keep what follows quiet)
from tf_keras.src.layers.rnn.legacy_cells import RNNCell
from tf_keras.src.legacy_tf_layers.base import Layer
from tf_keras.src.legacy_tf_layers.core import Dense

KerasLayer = _tf_keras.keras.layers.Layer

__all__ = ["Dense", "KerasLayer", "Layer", "RNNCell"]
