"""Every way in which programs import TensorFlow gives TensorFlow 1.15's API."""

from __future__ import annotations

import pytest

from tf1graphs.run import aliases

IMPORTS = """
import tensorflow
import tensorflow as tf
import tensorflow.nn
import tensorflow.contrib.slim as slim
from tensorflow import layers
from tensorflow.contrib import rnn
from tensorflow.contrib.rnn.python.ops import core_rnn_cell
from tensorflow.contrib.layers.python.layers import regularizers
from tensorflow.examples.tutorials.mnist import input_data
from tensorflow.python.framework import ops, graph_util
from tensorflow.python.ops import array_ops, rnn_cell, rnn_cell_impl, variable_scope
from tensorflow.python.client import device_lib, timeline
from tensorflow.python.platform import gfile
from tensorflow.python.training import moving_averages
from tensorflow.core.framework import graph_pb2
import tensorflow.keras.layers as tf_layers
from tensorflow.keras.models import Sequential
from tensorflow.python.keras.layers import Dense
from tensorflow.python.layers import core
import keras
from keras.layers.core import Dropout
from keras.utils import np_utils
import tensorflow.compat.v1 as v1

assert tensorflow is tf and tf.__version__ == v1.__version__ == '1.15.5'
assert tensorflow.nn is tf.nn and layers is tf.layers and rnn is tf.contrib.rnn and slim is tf.contrib.slim
assert Dense is tf_layers.Dense is keras.layers.Dense is tf.keras.layers.Dense
assert rnn_cell.BasicLSTMCell is tf.nn.rnn_cell.BasicLSTMCell is core_rnn_cell.BasicLSTMCell
assert isinstance(tf.placeholder(tf.float32), ops.Tensor)
assert regularizers.l2_regularizer is tf.contrib.layers.l2_regularizer
assert graph_util.convert_variables_to_constants is tf.graph_util.convert_variables_to_constants
assert input_data.read_data_sets and np_utils.to_categorical and Dropout and Sequential and core.dense
assert tf.contrib.rnn.python.ops.core_rnn_cell.GRUCell is tf.contrib.rnn.core_rnn_cell.GRUCell is rnn.GRUCell
assert tf.contrib.data.Dataset is tf.data.Dataset
print('all')
"""


def test_imports(legacy):
    done = legacy(IMPORTS)
    assert done.stdout == "all\n", done.stderr


def test_a_module_that_scipy_has_moved(legacy, tmp_path):
    below = tmp_path
    for folder in ("scipy", "sparse", "linalg"):
        below /= folder
        below.mkdir()
        (below / "__init__.py").write_text("def eigsh():\n    return 'found'\n")
    (below / "eigen.py").write_text("")
    done = legacy(
        "from scipy.sparse.linalg.eigen.arpack import eigsh\nimport scipy.sparse.linalg.eigen as eigen\n"
        "print(eigsh(), eigen.eigsh())"
    )
    assert done.stdout == "found found\n", done.stderr


def test_what_is_not_there_is_an_import_error(legacy):
    done = legacy(
        "lines = 'import tensorflow.no_such', 'from tensorflow import no_such', 'from keras.layers import no_such'\n"
        "for line in lines:\n"
        "    try:\n        exec(line)\n    except ImportError as error:\n        print(error)\n"
    )
    assert done.stdout.count("no_such") == 3, done.stderr


@pytest.mark.parametrize(
    "name, home",
    [
        ("keras.layers", "tf_keras.api._v1.keras.layers"),
        ("keras.layers.core", "tf_keras.api._v1.keras.layers"),
        ("tensorflow.python.keras.models", "tf_keras.src.models"),
        ("tensorflow.python.framework.ops", None),
        ("tensorflow.compat.v2", None),
        ("tensorflow_core.python.framework", "tensorflow.python.framework"),
        ("numpy", None),
    ],
)
def test_home(name, home):
    assert aliases.home(name) == home
