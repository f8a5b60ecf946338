"""Imports from inside TensorFlow 1.15: what it had can be imported, what it had not is an ``ImportError``."""

from __future__ import annotations

import pytest

from tf1graphs.v1 import _inner

TRY = """
for line in {lines!r}:
    try:
        exec(line)
        print("there")
    except ImportError as error:
        print(type(error).__name__, error)
"""
MISSING = [
    "from tensorflow.contrib.rnn.python.ops.core_rnn_cell import no_such_name",
    "from tensorflow.contrib.rnn.python.ops import no_such_name",
    "from tensorflow.contrib.rnn.python import no_such_name",
    "import tensorflow.contrib.rnn.python.ops.no_such_module",
    "from tensorflow.contrib.layers.python.layers.layers import no_such_name",
    "import tensorflow.contrib.layers.python.layers.no_such_module",
    "from tensorflow.contrib.learn.python.learn.estimators.run_config import no_such_name",
    "from tensorflow.contrib.slim.python.slim.nets import no_such_net",
    "from tensorflow.contrib.timeseries import no_such_name",
    "from tensorflow.contrib.timeseries.python.timeseries import no_such_name",
    "import tensorflow.contrib.timeseries.no_such_module",
    "from tensorflow.contrib.tensor_forest.client.random_forest import no_such_name",
    "from tensorflow.contrib.lookup.lookup_ops import no_such_name",
    "from tensorflow.python import no_such_name",
    "import tensorflow.python.framework.no_such_module",
    "from tensorflow.python.framework.ops import no_such_name",
    "from tensorflow.python.ops.rnn_cell_impl import no_such_name",
    "from tensorflow.python.data.experimental.ops.stats_ops import no_such_name",
    "import tensorflow.examples.no_such_module",
    "from tensorflow.examples.tutorials.mnist.input_data import no_such_name",
]
THERE = [
    "from tensorflow.contrib.rnn.python.ops.core_rnn_cell import *\nEmbeddingWrapper",
    "from tensorflow.contrib.specs.python.specs_ops import *\nCr",
    "from tensorflow.contrib.rnn.python.ops.core_rnn_cell import GRUCell, _Linear",
    "from tensorflow.contrib.rnn.python.ops.core_rnn_cell_impl import BasicLSTMCell",
    "from tensorflow.contrib.layers.python.layers.layers import batch_norm",
    "from tensorflow.contrib.layers.python.layers import layers, utils",
    "from tensorflow.contrib.lookup.lookup_ops import HashTable",
    "from tensorflow.python import debug, keras, placeholder",
    "from tensorflow.python.ops.rnn_cell import DropoutWrapper, _Linear",
    "from tensorflow.python.keras.layers.embeddings import Embedding",
    "from tensorflow.python.keras.preprocessing.sequence import pad_sequences",
    "from tensorflow.python.keras.utils import Progbar, tf_utils",
]
# Module -> a name in it that has left.
GONE = {
    "contrib.learn.python.learn.estimators.run_config": "RunConfig",
    "contrib.rnn.python.ops.rnn_cell": "_get_concat_variable",
    "contrib.tensor_forest.python.tensor_forest": "RandomForestGraphs",
    "contrib.tensor_forest.client.random_forest": "TensorForestEstimator",
    "python.data.experimental.ops.stats_ops": "latency_stats",
    "python.framework.tensor_like": "_TensorLike",
    "python.util.deprecation": "DeprecatedNamesAlreadySet",
}


def test_what_was_not_there_is_an_import_error(legacy):
    done = legacy(TRY.format(lines=MISSING))
    assert [line for line in done.stdout.splitlines() if "no_such" not in line] == [], done.stderr
    assert done.stdout.count("no_such") >= len(MISSING)


def test_what_was_there_is_imported(legacy):
    done = legacy(TRY.format(lines=THERE))
    assert set(done.stdout.splitlines()) == {"there"}, done.stdout + done.stderr


def test_what_is_gone_is_imported_and_refused_on_use(legacy):
    source = "".join(f"from tensorflow.{module} import {name}\n" for module, name in GONE.items())
    done = legacy(source + "print('imported')\nRandomForestGraphs()\n")
    assert (done.stdout, done.returncode) == ("imported\n", 2), done.stderr
    assert done.stderr.startswith(f"tf1graphs: train.py:{len(GONE) + 2}: tf.contrib.tensor_forest")


def test_libraries_miss_what_is_gone(legacy, tmp_path):
    (tmp_path / "tf_slim").mkdir()
    (tmp_path / "tf_slim" / "part.py").write_text(
        "from tensorflow.python.framework import ops\nfrom tensorflow.python.util import deprecation\n"
        "found = hasattr(deprecation, 'DeprecatedNamesAlreadySet')\n"
    )
    (tmp_path / "tf_slim" / "__init__.py").write_text("")
    done = legacy("import tensorflow\nfrom tf_slim import part\nprint(part.found)\n")
    assert done.stdout == "False\n", done.stderr


@pytest.mark.parametrize("module, name", GONE.items())
def test_the_list_has_modules_and_their_names(module, name):
    assert _inner.is_module(module)
    assert _inner.has(module, name)
    assert not _inner.has(module, "no_such_name")
    with pytest.raises(KeyError):
        _inner.find(module, "no_such_name")
