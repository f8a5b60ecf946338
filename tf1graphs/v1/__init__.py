"""The TensorFlow 1.15 API on the installed TensorFlow: ``import tf1graphs.v1 as tf``.

Importing it turns graph mode on for the process. Names are those of ``tf.compat.v1``, and a file in this folder at
the path of a TF1 module (``layers.py``, ``nn/rnn_cell.py``) supplies what today's TensorFlow has lost.
"""

import sys

from tf1graphs.v1 import _api, _deprecations, _graph_mode, _load, _seed

# Scripts choose between API variants by the version; the API here is that of 1.15.
# The version of the binary is tf.version.VERSION.
__version__ = VERSION = "1.15.5"

_load.load()
_deprecations.silence()
_graph_mode.turn_on()
_seed.restore()
_api.install(sys.modules[__name__])
