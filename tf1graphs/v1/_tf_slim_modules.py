"""The modules inside ``tf.contrib`` that programs import, such as ``contrib.layers.python.layers.utils``.

They are no names of the public API: it lists them nowhere, and has them when they are asked for.
"""

from __future__ import annotations

import importlib
import sys
from typing import Any

from tf1graphs.v1 import _api

_LAYERS = "initializers layers normalization optimizers regularizers rev_block_lib summaries utils"
_DATA = """data_decoder data_provider dataset dataset_data_provider parallel_reader prefetch_queue
    tfexample_decoder"""
_NETS = """alexnet inception inception_v1 inception_v2 inception_v3 overfeat resnet_utils resnet_v1 resnet_v2
    vgg"""
_SLIM = "evaluation learning model_analyzer queues summaries"
_OWN_LAYERS = "tf1graphs.v1.contrib.layers"

# Name below tf -> the module that stands there.
MODULES = {
    "contrib.framework.audio_ops": "tensorflow.python.ops.gen_audio_ops",
    "contrib.framework.checkpoint_utils": "tf1graphs.v1.contrib.framework._checkpoints",
    "contrib.framework.variables": "tf_slim.ops.variables",
    **{f"contrib.layers.{part}": f"tf_slim.layers.{part}" for part in _LAYERS.split()},
    "contrib.layers.bucketization_op": "tf_slim.layers.bucketization_op",
    "contrib.layers.embedding_ops": f"{_OWN_LAYERS}._embedding_ops",
    "contrib.layers.encoders": f"{_OWN_LAYERS}._encoders",
    "contrib.layers.feature_column_ops": _OWN_LAYERS,
    "contrib.layers.sparse_feature_cross_op": f"{_OWN_LAYERS}._sparse_feature_cross",
    "contrib.layers.sparse_ops": "tf_slim.layers.sparse_ops",
    "contrib.layers.target_column": f"{_OWN_LAYERS}._target_columns",
    "contrib.losses.loss_ops": "tf_slim.losses.loss_ops",
    "contrib.losses.metric_learning.metric_loss_ops": "tf_slim.losses.metric_learning",
    "contrib.metrics.classification": "tf_slim.metrics.classification",
    "contrib.metrics.histogram_ops": "tf_slim.metrics.histogram_ops",
    "contrib.metrics.metric_ops": "tf_slim.metrics.metric_ops",
    **{f"contrib.slim.{part}": f"tf_slim.{part}" for part in _SLIM.split()},
    **{f"contrib.slim.{part}": f"tf_slim.data.{part}" for part in _DATA.split()},
    **{f"contrib.slim.nets.{part}": f"tf_slim.nets.{part}" for part in _NETS.split()},
}
# contrib.layers.python.layers is a package and a module in it: its path is that of the package.
_ONLY_AS_ATTRIBUTE = "contrib.layers.layers"


def _find(name: str) -> Any:
    """Returns a module, or a private name of one of tf_slim's modules, by its dotted name below ``tf``."""
    if name in MODULES:
        return importlib.import_module(MODULES[name])
    package, _, private = name.rpartition(".")
    inner = [module for path, module in MODULES.items() if path.rpartition(".")[0] == package]
    for module in inner if private.startswith("_") and not private.startswith("__") else []:
        found = vars(importlib.import_module(module)).get(private)
        if found is not None:
            return found
    raise KeyError(name)


def publish() -> None:
    """Lets the API find the modules as attributes, and the import system those of tf_slim by path."""
    _api.add_names(_find)
    for name, module in MODULES.items():
        if module.startswith("tf_slim.") and name != _ONLY_AS_ATTRIBUTE:
            sys.modules[f"tf1graphs.v1.{name}"] = importlib.import_module(module)
