"""Every name of ``tf.compat.v1`` is in ``tf1graphs.v1``, and is the very same object unless the room replaces it."""

from __future__ import annotations

import functools
import importlib
import inspect
import sys
import types
from collections.abc import Iterator

import pytest

import tf1graphs.v1 as tf

REAL = "tensorflow._api.v2.compat.v1"
# Replaced: what Keras 3 took away. The API's second self is tf.compat.v1, TF2's API is tf.compat.v2.
REPLACED = {"keras", "layers", "nn.rnn_cell", "compat.v1", "compat.v2"}


def real_names(path: str = "") -> Iterator[tuple[str, object]]:
    """Yields (dotted name, object) for the public names of TensorFlow's own ``tf.compat.v1``."""
    module = importlib.import_module(REAL + (f".{path}" if path else ""))
    for name in dir(module):
        dotted = f"{path}.{name}" if path else name
        if name.startswith("_") or dotted in REPLACED:
            continue
        value = getattr(module, name)
        yield dotted, value
        if isinstance(value, types.ModuleType) and f"{REAL}.{dotted}" in sys.modules:
            yield from real_names(dotted)


def resolve(dotted: str) -> object:
    return functools.reduce(getattr, filter(None, dotted.split(".")), tf)


def is_same(ours: object, real: object) -> bool:
    # TensorFlow's weak_tensor_ops, once something loads it, wraps ops in their modules: the op inside counts.
    return isinstance(real, types.ModuleType) or inspect.unwrap(ours) is inspect.unwrap(real)  # type: ignore[arg-type]


def test_every_name_of_compat_v1_is_the_same_object():
    names = dict(real_names())
    assert len(names) > 3000
    different = [dotted for dotted, value in names.items() if not is_same(resolve(dotted), value)]
    assert different == ["VERSION"]


def test_every_module_lists_the_names_it_has():
    names = dict(real_names())
    paths = ["", *(name for name, value in names.items() if isinstance(value, types.ModuleType))]
    listed = {f"{path}.{name}".lstrip(".") for path in paths for name in dir(resolve(path))}
    assert names.keys() - listed == set()


def test_modules_import_by_path_and_as_attributes():
    import tf1graphs.v1.train as train

    import tf1graphs.v1.nn.rnn_cell as rnn_cell
    from tf1graphs.v1.nn import relu

    assert train is tf.train
    assert rnn_cell is tf.nn.rnn_cell
    assert relu is tf.nn.relu


def test_compat_v1_is_the_api_itself():
    assert tf.compat.v1 is tf


def test_star_import_gives_the_public_names():
    namespace: dict[str, object] = {}
    exec("from tf1graphs.v1.nn import *", namespace)
    assert namespace["dropout"] is tf.nn.dropout
    assert not [name for name in namespace if name.startswith("_") and name != "__builtins__"]


def test_unknown_name_is_an_attribute_error_that_names_the_module():
    with pytest.raises(AttributeError, match=r"module 'tensorflow\.nn' has no attribute 'no_such_op'"):
        _ = tf.nn.no_such_op
    with pytest.raises(ImportError):
        importlib.import_module("tf1graphs.v1.no_such_module")


def test_version_is_that_of_the_api():
    assert tf.__version__ == tf.VERSION == "1.15.5"
    assert tf.version.VERSION.startswith("2.")
