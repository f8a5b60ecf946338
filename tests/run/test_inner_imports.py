"""Imports from inside TensorFlow 1.15: what it had can be imported, what it had not is an ``ImportError``."""

from __future__ import annotations

import pytest

from tf1graphs.run.aliases import MOVED_NAMES
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
    "from tensorflow.contrib.learn.python.learn.estimators import dnn, head, model_fn",
    "from tensorflow.contrib.learn.python.learn.estimators.run_config import RunConfig",
    "from tensorflow.contrib.learn.python.learn.learn_io.data_feeder import setup_train_data_feeder",
    "from tensorflow.contrib.learn.python.learn.metric_spec import MetricSpec",
    "from tensorflow.contrib.learn.python.learn.utils import input_fn_utils, saved_model_export_utils",
    "from tensorflow.contrib.lookup.lookup_ops import HashTable",
    "from tensorflow.contrib.tpu.python.tpu import async_checkpoint, bfloat16, tpu_config, tpu_estimator",
    "from tensorflow.contrib.tpu.python.tpu.tpu_function import get_tpu_context",
    "from tensorflow.contrib.tpu.python.tpu.tpu_estimator import TPUEstimatorSpec, _InputPipeline",
    "from tensorflow.contrib.tpu.python.ops.tpu_ops import cross_replica_sum",
    "from tensorflow.contrib.tpu.python.tpu.session_support import start_worker_watchdog",
    "from tensorflow.contrib.boosted_trees.estimator_batch.estimator import GradientBoostedDecisionTreeClassifier",
    "from tensorflow.contrib.boosted_trees.proto import learner_pb2",
    "from tensorflow.contrib.tensor_forest.python.tensor_forest import RandomForestGraphs",
    "from tensorflow.contrib.distribute.python.mirrored_strategy import MirroredStrategy",
    "from tensorflow.python import debug, keras, placeholder",
    "from tensorflow.python.ops.rnn_cell import DropoutWrapper, _Linear",
    "from tensorflow.python.keras.layers.embeddings import Embedding",
    "from tensorflow.python.keras.preprocessing.sequence import pad_sequences",
    "from keras.utils.training_utils import multi_gpu_model",
    "from tensorflow.contrib.meta_graph_transform import meta_graph_transform",
    "from tensorflow.keras.mixed_precision.experimental import Policy, set_policy",
    "from tensorflow.python.data.experimental.ops.stats_aggregator import StatsAggregator",
    "from tensorflow.python.data.experimental.ops.stats_ops import latency_stats, set_stats_aggregator",
    "from tensorflow.python.keras.mixed_precision.experimental.policy import Policy, global_policy",
    "from tensorflow.python.keras.utils.multi_gpu_utils import multi_gpu_model",
    "from tensorflow.python.profiler.profile_context import ProfileContext",
    "from tensorflow.python.keras.utils import Progbar, tf_utils",
]
# Expressions that name what stands elsewhere in TensorFlow today, or under another name, and what they give.
MOVED = {
    "base.InputSpec(ndim=2).ndim": "2",
    "nest.is_sequence([1]), nest.is_sequence({}), nest.is_sequence('text')": "(True, True, False)",
    "ops.IndexedSlicesValue(1, 2, 3).indices": "2",
    "ops.convert_n_to_tensor_or_indexed_slices([1.0])[0].shape": "()",
    "tensor_shape.scalar(), tensor_shape.vector(2), tensor_shape.matrix(3, None).as_list()": (
        "(TensorShape([]), TensorShape([Dimension(2)]), [3, None])"
    ),
    "tensor_util.shape_tensor([1, 2]).dtype.name": "int32",
    "type(variable_scope.get_variable('v', [])) is variables.RefVariable": "True",
    "issubclass(variables.RefVariable, variables.VariableV1)": "True",
}
# Module -> a module below it, by the name of a function that its public module has.
MODULES_NAMED_AS_FUNCTIONS = {
    "contrib.factorization.python.ops": "gmm",
    "contrib.sparsemax.python.ops": "sparsemax",
}
# Module -> a name in it that has left.
GONE = {
    "contrib.learn.python.learn.estimators.state_saving_rnn_estimator": "StateSavingRnnEstimator",
    "contrib.rnn.python.ops.rnn_cell": "_get_concat_variable",
    "contrib.tensor_forest.python.tensor_forest": "RandomForestGraphs",
    "contrib.tensor_forest.client.random_forest": "TensorForestEstimator",
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


def test_a_module_inside_estimator_can_be_the_first_import(legacy):
    done = legacy("from tensorflow.python.estimator.util import fn_args\nprint(fn_args(lambda features, mode: 1))\n")
    assert done.stdout == "('features', 'mode')\n", done.stderr


def test_what_has_moved_is_what_it_was(legacy):
    imports = (
        "from tensorflow.python.framework import ops, tensor_shape, tensor_util\n"
        "from tensorflow.python.layers import base\n"
        "from tensorflow.python.ops import variable_scope, variables\n"
        "from tensorflow.python.util import nest\n"
    )
    done = legacy(imports + "".join(f"print(({expression}))\n" for expression in MOVED))
    assert done.stdout.splitlines() == list(MOVED.values()), done.stderr


def test_every_moved_name_is_found(legacy):
    lines = [
        f"from tensorflow.python.{name.rpartition('.')[0]} import {name.rpartition('.')[2]}" for name in MOVED_NAMES
    ]
    done = legacy(TRY.format(lines=lines))
    assert set(done.stdout.splitlines()) == {"there"}, done.stdout + done.stderr
    assert all(_inner.has("python." + name.rpartition(".")[0], name.rpartition(".")[2]) for name in MOVED_NAMES)


def test_a_module_is_imported_rather_than_the_function_of_its_name(legacy):
    lines = [
        f"from tensorflow.{module} import {name}\nprint({name}.__name__, {name}.{name}.__name__)\n"
        for module, name in MODULES_NAMED_AS_FUNCTIONS.items()
    ]
    done = legacy("".join(lines))
    expected = [f"tensorflow.{module}.{name} {name}" for module, name in MODULES_NAMED_AS_FUNCTIONS.items()]
    assert done.stdout.splitlines() == expected, done.stderr


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


def test_a_module_that_left_before_115_is_refused_on_use(legacy):
    done = legacy("from tensorflow.contrib.boosted_trees.proto import learner_pb2\nlearner_pb2.LearnerConfig()\n")
    assert done.returncode == 2
    assert done.stderr.startswith("tf1graphs: train.py:2: tf.contrib.boosted_trees.proto.learner_pb2")
    assert "the kernels that grow trees are gone" in done.stderr
