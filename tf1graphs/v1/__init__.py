"""The TensorFlow 1.15 API on the installed TensorFlow: ``import tf1graphs.v1 as tf``.

Importing it turns graph mode on for the process. Names are those of ``tf.compat.v1``, and a file in this folder at
the path of a TF1 module (``layers.py``, ``nn/rnn_cell.py``) supplies what today's TensorFlow has lost.
"""

import importlib
import sys

from tf1graphs.v1 import (
    _api,
    _deprecations,
    _error_text,
    _graph_mode,
    _load,
    _loop_order,
    _missing_folders,
    _protobuf,
    _restored,
    _seed,
    _shuffle_order,
)

# Scripts choose between API variants by the version; the API here is that of 1.15.
# The version of the binary is tf.version.VERSION.
__version__ = VERSION = "1.15.5"

_load.load()
_deprecations.silence()
_graph_mode.turn_on()
_error_text.restore()
_missing_folders.restore()
_protobuf.restore()
_seed.restore()
_loop_order.restore()
_shuffle_order.restore()
for parity in (
    "_op_parity",
    "_slice_parity",
    "_sparse_parity",
    "_transpose_parity",
    "_matrix_parity",
    "_training_parity",
    "_gradient_parity",
):
    importlib.import_module(f"tf1graphs.v1.{parity}")
_restored.install()
_api.install(sys.modules[__name__])
