"""Loads TensorFlow's kernels, ops, gradients and training classes, and nothing that a TF1 graph does not need."""

from __future__ import annotations

import functools
import importlib
import importlib.util
import inspect
import os
import site
import sys
import types
import typing
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tf1graphs import quiet
from tf1graphs.v1._deferred import DeferredModule, defer

# Internal modules that TensorFlow's own modules import at their head and use in few functions. Measured on 2.21:
# together they are a third of the time that ops and training take to load.
_SELDOM_NEEDED = (
    "tensorflow.python.compiler.tensorrt",
    "tensorflow.python.compiler.tensorrt.trt_convert",
    "tensorflow.python.keras",
    "tensorflow.python.keras.optimizer_v2",
)


class DeferredTensorFlow(DeferredModule):
    """The package ``tensorflow`` without its ``__init__``, which runs when a program asks for TF2's names."""

    @property
    def is_tensor(self) -> typing.Any:
        """``tf.is_tensor``, which matplotlib asks of a loaded TensorFlow for everything that it draws."""
        from tensorflow.python.framework import tensor_util

        return tensor_util.is_tf_type

    def execute(self) -> None:
        """Runs ``tensorflow/__init__.py`` but for its last act, which would turn eager execution on."""
        from tensorflow.python import tf2
        from tensorflow.python.compat import v2_compat

        from tf1graphs.v1 import _graph_mode

        with quiet.startup():
            # Its table takes the function that is replaced below, and is to keep the real one.
            importlib.import_module("tensorflow._api.v2.compat")
        enable = v2_compat.enable_v2_behavior
        v2_compat.enable_v2_behavior = lambda: None
        try:
            with quiet.startup():
                super().execute()
        finally:
            v2_compat.enable_v2_behavior = enable
            tf2.disable()
        _graph_mode.refuse_keras_3(self)


@contextmanager
def _annotations_compiled_once() -> Iterator[None]:
    """Lets ``typing`` compile each annotation string once: the generated ops repeat some 300 of them 16,900 times."""
    namespace = vars(typing)
    namespace["compile"] = functools.lru_cache(maxsize=None)(compile)
    try:
        yield
    finally:
        del namespace["compile"]


def _remembering_last(function: Callable[[typing.Any], typing.Any]) -> Callable[[typing.Any], typing.Any]:
    last: list[typing.Any] = [None, None]

    def call(argument: typing.Any) -> typing.Any:
        if argument is not last[0]:
            last[:] = argument, function(argument)
        return last[1]

    return call


@contextmanager
def _signatures_taken_once() -> Iterator[None]:
    """Lets TensorFlow take a function's signature once: each of 3,200 decorators asks for it twice in a row."""
    from tensorflow.python.util import tf_decorator

    own = {name: getattr(tf_decorator, name) for name in ("inspect", "fullargspec_to_signature")}
    tf_decorator.inspect = types.SimpleNamespace(**vars(inspect))
    tf_decorator.inspect.signature = _remembering_last(inspect.signature)
    tf_decorator.fullargspec_to_signature = _remembering_last(own["fullargspec_to_signature"])
    try:
        yield
    finally:
        vars(tf_decorator).update(own)


def _stand_in_for_tensorflow() -> None:
    defer("tensorflow", DeferredTensorFlow)
    package: types.ModuleType = sys.modules["tensorflow"]
    public_api = os.path.join(package.__path__[0], "_api", "v2")
    package.__path__.append(public_api)


def _load_device_plugins() -> None:
    """Loads the kernels and devices (GPUs among them) that ``tensorflow/__init__.py`` loads."""
    from tensorflow.python.framework import load_library

    kernels = os.path.join(sys.modules["tensorflow"].__path__[0], "core", "kernels")
    if os.path.isdir(kernels):
        load_library.load_library(kernels)
    folders = [*site.getsitepackages(), site.getusersitepackages()]
    for plugins in [os.path.join(folder, "tensorflow-plugins") for folder in folders]:
        if os.path.isdir(plugins):
            load_library.load_library(plugins)
            load_library.load_pluggable_device_library(plugins)


def load() -> None:
    """Imports TensorFlow's internals; in a process that has imported ``tensorflow``, uses what is there.

    Raises:
        ImportError: TensorFlow is not installed.
    """
    if "tensorflow" in sys.modules:
        return
    if importlib.util.find_spec("tensorflow") is None:
        raise ImportError("tf1graphs.v1 needs TensorFlow 2.16 to 2.21: pip install tensorflow")
    _stand_in_for_tensorflow()
    with quiet.startup(), _annotations_compiled_once():
        from tensorflow.python import pywrap_tensorflow, tf2  # noqa: F401

        tf2.disable()
        for name in _SELDOM_NEEDED:
            defer(name)
        with _signatures_taken_once():
            # Between them these register every gradient, tensor conversion and collection type.
            from tensorflow.python.client import session  # noqa: F401
            from tensorflow.python.ops import standard_ops  # noqa: F401
            from tensorflow.python.training import training  # noqa: F401
    _load_device_plugins()
