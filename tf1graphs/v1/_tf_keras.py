"""tf-keras, which keeps Keras 2 and TF1's layers and cells, with the variable names of 1.15.

It is imported without TensorFlow's chatter: it pulls in TensorFlow's profiler, a second binary with start-up lines.
"""

import contextlib
import importlib
import types

from tf1graphs import quiet

with quiet.startup():
    from tf_keras.api._v1 import keras
    from tf_keras.src import backend
    from tf_keras.src.layers.rnn import base_rnn, stacked_rnn_cells

# Since 2.5 recurrent layers build their cell below a scope of its name ("lstm/lstm_cell/kernel"), and use name_scope
# for nothing else; checkpoints of 1.15 hold "lstm/kernel".
base_rnn.backend = stacked_rnn_cells.backend = types.SimpleNamespace(
    **{**vars(backend), "name_scope": lambda name: contextlib.nullcontext()}
)

importlib.import_module("tf1graphs.v1._layer_parity")

__all__ = ["keras"]
