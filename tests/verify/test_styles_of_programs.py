"""In which style a program is written."""

from __future__ import annotations

import pytest

from tf1graphs.verify import styles

TABLE = [
    (styles.LEGACY, "import tensorflow as tf\nx = tf.placeholder(tf.float32)"),
    (styles.LEGACY, "import tensorflow as T\nT.Session()"),
    (styles.LEGACY, "import tensorflow\ntensorflow.get_variable('w', [])"),
    (styles.LEGACY, "import tensorflow as tf\nfrom tensorflow.contrib import slim"),
    (styles.LEGACY, "from tensorflow.examples.tutorials.mnist import input_data"),
    (styles.LEGACY, "import tensorflow as tf\ntf.contrib.layers.fully_connected"),
    (styles.LEGACY, "import tensorflow as tf\nprint 'Python 2'"),
    (styles.LEGACY, "from tensorflow import keras\nmodel = keras.Model()\nmodel.fit_generator(batches)"),
    (styles.LEGACY, "from keras.optimizers import SGD\nSGD(lr=0.1)"),
    (styles.LEGACY, "import tensorflow as tf\ntf.keras.optimizers.Adam(lr=0.1)"),
    (styles.LEGACY, "from keras.layers.core import Dense"),
    (styles.LEGACY, "from tensorflow.keras.layers.core import Dense"),
    (styles.V1, "import tf1graphs.v1 as tf\nx = tf.placeholder(tf.float32)"),
    (styles.V1, "from tf1graphs import datasets\nimport tf1graphs.v1 as tf"),
    (styles.NATIVE, "import tensorflow as tf\nx = tf.Variable(1.0)"),
    (styles.NATIVE, "import tensorflow.compat.v1 as tf\ntf.disable_v2_behavior()\ntf.placeholder(tf.float32)"),
    (styles.NATIVE, "import tensorflow as tf\ntf.compat.v1.placeholder(tf.float32)"),
    (styles.NATIVE, "import tensorflow as tf\nimport keras\nkeras.optimizers.SGD(learning_rate=0.1)"),
    (styles.NATIVE, "from tf1graphs import optimizers\nimport tensorflow as tf"),
    (styles.NATIVE, "import numpy as np\ndef placeholder(lr): pass\nplaceholder(lr=1)"),
    (styles.NATIVE, "import keras\nkeras.callbacks.ReduceLROnPlateau(min_lr=0.1)"),
    (styles.NATIVE, "import torch\nmodel.fit_generator(1)\ntorch.optim.SGD([], lr=0.1)"),
    (styles.NATIVE, ""),
]


@pytest.mark.parametrize(("style", "source"), TABLE)
def test_style(tmp_path, style, source):
    (tmp_path / "program.py").write_text(source)
    assert styles.of(str(tmp_path / "program.py")) == style


def test_a_file_that_cannot_be_read_is_left_to_the_runner_that_says_why(tmp_path):
    (tmp_path / "binary.py").write_bytes(b"import os\0")
    assert styles.of(str(tmp_path / "binary.py")) == styles.LEGACY
    assert styles.of(str(tmp_path / "none.py")) == styles.LEGACY
