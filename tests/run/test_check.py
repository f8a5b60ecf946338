"""``--check`` lists by line what cannot run, in the program and in its helper files, and runs nothing."""

from __future__ import annotations

from notebooks import written


def test_problems_are_listed_by_line(legacy, tmp_path):
    (tmp_path / "net.py").write_text(
        "import tensorflow as tf\n\ndef net(x):\n    return tf.contrib.tensor_forest.client(x)\n"
    )
    done = legacy(
        "import tensorflow as tf\nimport net, cv2\nprint('not run')\ntf.no_such_thing(1)\ntf.nn.relu(2)\n",
        options=("--check",),
    )
    lines = done.stdout.splitlines()
    assert lines[:2] == [
        "train.py:2: no module named cv2: pip install opencv-python",
        "train.py:4: tf.no_such_thing is not in TensorFlow 1.15",
    ]
    assert lines[2].startswith("net.py:4: tf.contrib.tensor_forest")
    assert (len(lines), done.returncode) == (3, 1)


def test_names_that_only_look_like_tensorflow_are_left_alone(legacy):
    done = legacy("class tf:\n    no_such_thing = 1\n\nprint(tf.no_such_thing)\n", options=("--check",))
    assert (done.stdout, done.returncode) == ("nothing unsupported found in 1 file\n", 0)


def test_notebooks_and_packages_are_read_too(legacy, tmp_path):
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "__init__.py").write_text("from . import net\n")
    (tmp_path / "models" / "net.py").write_text("print 'old'\n")
    cells = ["import tensorflow as tf", "import models\ntf.nn.no_such_op(1)"]
    done = legacy(written(*cells), options=("--check",), file="book.ipynb")
    lines = done.stdout.splitlines()
    assert lines[0] == "book.ipynb, cell 2:2: tf.nn.no_such_op is not in TensorFlow 1.15"
    assert lines[1].startswith("models/net.py:1: ")
    assert (len(lines), done.returncode) == (2, 1)


FORMS = """import tensorflow as tf
import tensorflow.contrib.tensor_forest as ts
import tensorflow.contrib.no_such_package
from tensorflow.contrib.learn.python.learn.estimators.run_config import NoSuchConfig
from tensorflow.contrib.rnn.python.ops.core_rnn_cell import no_such_cell, GRUCell
from tensorflow.contrib.slim import *
from tensorflow import contrib as c
import tensorflow.contrib.layers as tcl, numpy as np
from tensorflow.python.framework import ops, no_such_internal
from tensorflow.python.framework.tensor_like import _TensorLike
from keras.layers import NoSuchLayer, Dense
contrib = tf.contrib
learn = contrib.learn
def build(layers, cells=None):
    layers.append(tf.contrib.rnn.python.ops.rnn_cell.NoSuchCell(3))
    cells = tf.contrib.rnn
    cells.anything_at_all
    return learn.NoSuchClassifier(c.tensor_forest.client)
tcl.no_such_layer(ops.no_such_op, tf.nn.rnn_cell.LSTMCell, tf.python.ops.no_such_module)
@tf.contrib.no_such_decorator
class Net(tf.keras.no_such_base):
    cells = [np.float(1), tf.contrib.layers.python.layers.layers.batch_norm, GRUCell, Dense, tf.mul]
"""


def test_every_form_of_use_is_found(legacy):
    done = legacy(FORMS, options=("--check", "--quiet"))
    found = [line.partition(" is not ")[0] for line in done.stdout.splitlines()]
    assert found == [
        "train.py:2: tf.contrib.tensor_forest",
        "train.py:3: tf.contrib.no_such_package",
        "train.py:4: tf.contrib.learn.python.learn.estimators.run_config.NoSuchConfig",
        "train.py:5: tf.contrib.rnn.python.ops.core_rnn_cell.no_such_cell",
        "train.py:9: tf.python.framework.no_such_internal",
        "train.py:10: tf.python.framework.tensor_like",
        "train.py:11: keras.layers.NoSuchLayer",
        "train.py:15: tf.contrib.rnn.python.ops.rnn_cell.NoSuchCell",
        "train.py:18: tf.contrib.learn.NoSuchClassifier",
        "train.py:18: tf.contrib.tensor_forest",
        "train.py:19: tf.contrib.layers.no_such_layer",
        "train.py:19: tf.python.framework.ops.no_such_op",
        "train.py:19: tf.python.ops.no_such_module",
        "train.py:20: tf.contrib.no_such_decorator",
        "train.py:21: tf.keras.no_such_base",
    ], done.stdout + done.stderr


def test_the_package_of_a_module_is_not_executed(command, tmp_path):
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "__init__.py").write_text("print('executed')\n")
    (tmp_path / "models" / "train.py").write_text("import tensorflow as tf\ntf.no_such_thing(1)\n")
    done = command("--check", "-m", "models.train")
    assert done.stdout == "models/train.py:2: tf.no_such_thing is not in TensorFlow 1.15\n"
