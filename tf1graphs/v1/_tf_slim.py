"""tf_slim, which keeps contrib.layers, slim, losses and metrics of 1.15, on tf-keras and without ``import tensorflow``.

tf_slim imports TF1's layers from ``tensorflow.python.layers`` and the API from ``tensorflow.compat.v1``: the first
needs a module that tf-keras has dropped, the second would load all of TensorFlow 2. Both are stood in for while it
loads. What TensorFlow has moved from one internal module to another, it finds at the old place too.
"""

# ruff: noqa: I001 (_tf_keras comes first, to keep what follows quiet)
from __future__ import annotations

import importlib
import importlib.util
import sys
import types
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tf1graphs import quiet
from tf1graphs.v1 import _tf_keras, _tf_slim_modules  # noqa: F401
from tensorflow.python.framework import ops
from tf_keras.src.engine import input_spec
from tf_keras.src.legacy_tf_layers import base, convolutional, core, normalization, pooling

# Old module -> the names that tf_slim takes from it -> the module that has them now, all below tensorflow.python.
_MOVED = {
    "framework.ops": {"Tensor": "framework.tensor", "IndexedSlices": "framework.indexed_slices"},
    "ops.array_ops": {"stack": "ops.array_ops_stack", "unstack": "ops.array_ops_stack"},
    "ops.control_flow_ops": {
        "Assert": "ops.control_flow_assert",
        "case": "ops.control_flow_case",
        "cond": "ops.cond",
        "while_loop": "ops.while_loop",
    },
    "ops.variable_scope": {"variable": "ops.variable_v1"},
}
_RENAMED = {"variable": "VariableV1"}


class _ImportedOnUse(types.ModuleType):
    """Stands for a module that takes long to import and is used by one function."""

    def __getattr__(self, name: str) -> Any:
        return getattr(importlib.import_module(self.__name__), name)


def _module(name: str, **names: Any) -> types.ModuleType:
    module = types.ModuleType(name)
    vars(module).update(names)
    return module


def _stand_ins() -> dict[str, types.ModuleType]:
    api = sys.modules["tf1graphs.v1"]
    layers = {
        "base": base,
        "convolutional": convolutional,
        "core": core,
        "normalization": normalization,
        "pooling": pooling,
    }
    found = {
        "tensorflow.compat": _module("tensorflow.compat", v1=api),
        "tensorflow.compat.v1": api,
        "tensorflow.python.layers": _module("tensorflow.python.layers", **layers),
        "tensorflow.python.keras.engine": _module("tensorflow.python.keras.engine", input_spec=input_spec),
    }
    if importlib.util.find_spec("sklearn"):
        found["sklearn.metrics"] = _ImportedOnUse("sklearn.metrics")
    return found


@contextmanager
def _replaced(entries: dict[str, Any], values: dict[str, Any]) -> Iterator[None]:
    """Puts ``values`` into ``entries`` for a while."""
    before = {name: entries[name] for name in values if name in entries}
    entries.update(values)
    try:
        yield
    finally:
        for name in values:
            del entries[name]
        entries.update(before)


def _supply_moved_names() -> None:
    for old, moved in _MOVED.items():
        module = importlib.import_module(f"tensorflow.python.{old}")
        for name, new in moved.items():
            if not hasattr(module, name):
                source = importlib.import_module(f"tensorflow.python.{new}")
                setattr(module, name, getattr(source, _RENAMED.get(name, name)))


def _load() -> None:
    _supply_moved_names()
    stand_ins = _stand_ins()
    of_tensorflow = {"compat": stand_ins["tensorflow.compat"]}
    with quiet.startup(), _replaced(sys.modules, stand_ins), _replaced(vars(sys.modules["tensorflow"]), of_tensorflow):
        importlib.import_module("tf_slim.nets")
    # tf_slim lost this line in its move from contrib: without it GDN layers do not train.
    from tf_slim.layers import GDN

    ops.RegisterGradient("GDNLowerBound")(GDN._lower_bound_grad)


_load()
_tf_slim_modules.publish()
