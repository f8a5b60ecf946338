"""Names of TensorFlow 1 are found by what Python's scopes say they are, and by TensorFlow 2's own list of names."""

from __future__ import annotations

import ast
import importlib.util
from pathlib import Path

import pytest
import record_tf2_names

from tf1graphs.migrate import scan

LEFT = {
    "import tensorflow as tf\ntf.placeholder(tf.float32)": ["2 tf.placeholder"],
    "import tensorflow\nwith tensorflow.Session(): pass": ["2 tf.Session"],
    "import tensorflow.compat.v1 as tf\ntf.zeros(3)": ["1 tf.compat.v1", "2 tf.compat.v1.zeros"],
    "import tensorflow as tf\ntf.compat.v1.train.Saver()": ["2 tf.compat.v1.train.Saver"],
    "import tensorflow as tf\ntf.compat.v2.Session, tf.compat.v2.zeros": ["2 tf.Session"],
    "from tensorflow import placeholder as p\np(1)": ["1 tf.placeholder", "2 tf.placeholder"],
    "from tensorflow.contrib import rnn": ["1 tf.contrib.rnn"],
    "import tensorflow.contrib.slim as slim\nslim.conv2d": ["1 tf.contrib.slim", "2 tf.contrib.slim.conv2d"],
    "from tensorflow.python.ops import array_ops": ["1 tf.python.ops.array_ops"],
    "from tensorflow.examples.tutorials.mnist import input_data": ["1 tf.examples.tutorials.mnist.input_data"],
    "from tensorflow import *\nprint(placeholder, zeros)": ["2 tf.placeholder"],
    "import tensorflow as tf\nlayers = tf.layers\nlayers.dense(1)": ["2 tf.layers", "3 tf.layers.dense"],
    "import tensorflow as tf\nnn = tf.nn\ndef f():\n    return nn.rnn_cell, nn.relu": ["4 tf.nn.rnn_cell"],
    "import tensorflow as tf\ngetattr(tf, 'Session')()": ["2 tf.Session"],
    "import tensorflow as tf\ndef f(x: tf.Dimension): pass": ["2 tf.Dimension"],
    "import tensorflow as tf\ndef f(tf: tf.Dimension): tf.Session": ["2 tf.Dimension"],
    "import tensorflow as tf\nclass A:\n    tf = 1\n    def f(self): tf.Session": ["4 tf.Session"],
    "try:\n    import tensorflow as tf\nexcept ImportError:\n    tf = None\ntf.Session": ["5 tf.Session"],
    "def f():\n    global tf\n    import tensorflow as tf\ntf.Session": ["4 tf.Session"],
    "def f():\n    def g():\n        nonlocal tf\n        tf.Session\n    import tensorflow as tf": ["4 tf.Session"],
    "import tensorflow as tf\n[tf.Session for x in tf.log]": ["2 tf.Session", "2 tf.log"],
    "import tf1graphs.v1 as tf\ntf.zeros, tf.Session": ["1 tf1graphs.v1", "2 tf.Session"],
    "from tf1graphs import v1 as tf\ntf.Session": ["1 tf1graphs.v1", "2 tf.Session"],
    "import tf1graphs\ntf1graphs.install()": ["2 tf1graphs.install"],
    "import tensorflow as tf\ntf.keras.layers.CuDNNGRU": ["2 tf.keras.layers.CuDNNGRU"],
    "from keras.layers.core import Dense": ["1 keras.layers.core.Dense"],
    "import keras.backend as K\nK.dot": ["2 keras.backend.dot"],
    "import tensorflow as tf\nmatch x:\n    case tf.Session(): pass": ["3 tf.Session"],
}
NOTHING = [
    "from tensorflow.core.util.event_pb2 import Event\nEvent.FromString",
    "",
    "tf.placeholder(1)",
    "import numpy as tf\ntf.placeholder",
    "from . import tensorflow as tf\ntf.placeholder",
    "import tensorflow_probability as tf\ntf.placeholder",
    "import tensorflow as tf\ndef f(tf): return tf.Session",
    "import tensorflow as tf\nf = lambda tf: tf.Session",
    "import tensorflow as tf\n[tf.Session for tf in x]",
    "import tensorflow as tf\ndef f():\n    tf = object()\n    return tf.Session",
    "import tensorflow as tf\nx.tf.Session, tf.function(f).Session, tf.zeros(3).Session",
    "import tensorflow as tf\n'tf.Session'  # tf.Session",
    "import tensorflow as tf\ntf.__version__, tf.float32.name, tf.data.Dataset.from_tensors, tf.summary.scalar",
    "import tensorflow as tf\ntf.keras.layers.Dense, tf.keras.backend.dot, tf.losses.MeanSquaredError",
    "from tensorflow import keras\nfrom tensorflow.keras import layers as l\nl.Dense",
    "from tf1graphs import datasets, optimizers\noptimizers.Adam",
    "import tensorflow as tf\ntf = tf\ntf.zeros",
    "class tf:\n    Session = 1\ntf.Session",
]


@pytest.mark.parametrize(("source", "found"), LEFT.items(), ids=LEFT)
def test_names_of_tensorflow_1_are_found(source, found):
    assert [f"{use.line} {use.symbol}" for use in scan.left(ast.parse(source))] == found


@pytest.mark.parametrize("source", NOTHING)
def test_other_names_are_not(source):
    assert scan.left(ast.parse(source)) == []


@pytest.mark.parametrize(
    ("source", "uses"),
    [
        ("import tensorflow.nn", True),
        ("def f():\n    from tensorflow import nn", True),
        ("from tf1graphs import v1 as tf", True),
        ("from tf1graphs import datasets", False),
        ("import keras", False),
        ("import tensorflow_hub", False),
        ("from .tensorflow import nn", False),
        ("'import tensorflow'", False),
    ],
)
def test_a_file_uses_tensorflow_if_it_imports_it(source, uses):
    assert scan.uses_tensorflow(ast.parse(source)) is uses


def test_every_name_of_the_installed_tensorflow_is_known():
    site_packages = Path(importlib.util.find_spec("tensorflow").origin).parents[1]
    names = [f"{module}.{name}" for module, own in record_tf2_names.names(site_packages).items() for name in own]
    assert len(names) > 5000
    assert [name for name in names if not scan.is_in_tensorflow_2(name)] == []


def test_deeply_nested_files_are_read():
    scan.left(ast.parse("import tensorflow as tf\nx = " + "+".join(["tf.zeros(1)"] * 700)))
