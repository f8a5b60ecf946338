"""tensorflow_estimator 2.15, the last one, on a TensorFlow that has dropped what it builds on.

It is written against TensorFlow 2's ``tensorflow`` module with Keras 2, and against a few internals that have left:
the registry of its own API names, and the module by which a strategy trains on a cluster.
"""

from __future__ import annotations

import importlib
import sys
import types
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.machinery import ModuleSpec
from typing import Any

from tf1graphs import quiet
from tf1graphs.v1 import (
    _estimator_training,
    _tf_keras,  # noqa: F401 (it prepares tf-keras)
)
from tf1graphs.v1._gone import Gone

with quiet.startup():
    from tf_keras.api._v2 import keras

_TPU_INTERNALS = ("session_support", "tpu_embedding", "tpu_embedding_gradient")
_COORDINATOR = "tensorflow.python.distribute.estimator_training"


class _TensorFlow2(types.ModuleType):
    """``tensorflow`` as the estimator's code sees it: TF2's API, with Keras 2, and 1.15's below ``compat.v1``."""

    keras, losses, metrics = keras, keras.losses, keras.metrics
    initializers, optimizers = keras.initializers, keras.optimizers

    def __getattr__(self, name: str) -> Any:
        if name == "compat":
            return types.SimpleNamespace(**{**vars(_api2("compat")), "v1": sys.modules["tf1graphs.v1"], "v2": self})
        return _api2(name)


def _api2(name: str) -> Any:
    return getattr(importlib.import_module("tensorflow._api.v2.compat.v2"), name)


@contextmanager
def _tensorflow_2() -> Iterator[None]:
    present = sys.modules["tensorflow"]
    stand_in = _TensorFlow2("tensorflow")
    vars(stand_in).update(__path__=present.__path__, __file__=present.__file__, __spec__=present.__spec__)
    sys.modules["tensorflow"] = stand_in
    try:
        yield
    finally:
        sys.modules["tensorflow"] = present


def _register_api_names() -> None:
    from tensorflow.python.util import tf_export

    tf_export.ESTIMATOR_API_NAME = "estimator"
    for table, suffix in ((tf_export.API_ATTRS, ""), (tf_export.API_ATTRS_V1, "_v1")):
        names, constants = f"_estimator_api_names{suffix}", f"_estimator_api_constants{suffix}"
        table["estimator"] = tf_export._Attributes(names, constants)


class _NoTpu(types.ModuleType):
    """Stands for internals that drive TPUs and have left; without a TPU nothing uses them."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.__spec__ = ModuleSpec(name, None)

    def __getattr__(self, name: str) -> Gone:
        if name.startswith("__"):
            raise AttributeError(name)
        part = f"{self.__name__.removeprefix('tensorflow.')}.{name}"
        return Gone(part, "it drove TPUs of 2019 and is gone", "train without a TPU")


def _restore_internals() -> None:
    from tensorflow.python.framework import ops, tensor_conversion_registry

    if not hasattr(ops, "internal_convert_to_tensor"):
        ops.internal_convert_to_tensor = tensor_conversion_registry.convert


_register_api_names()
_restore_internals()
sys.modules.setdefault(_COORDINATOR, _estimator_training)
for _name in _TPU_INTERNALS:
    sys.modules.setdefault(f"tensorflow.python.tpu.{_name}", _NoTpu(f"tensorflow.python.tpu.{_name}"))
with quiet.startup(), _tensorflow_2():
    from tensorflow_estimator._api.v1 import estimator

__all__ = ["estimator"]
