"""Watches calls of ``tf.function``: what they are fed, and what they return under the names of their source."""

from __future__ import annotations

import ast
import functools
import inspect
import textwrap
import threading
import weakref
from typing import Any

from tensorflow.python.eager import context
from tensorflow.python.eager.polymorphic_function import polymorphic_function
from tensorflow.python.util import nest

from . import programs
from .run import Run


def returned_names(function: Any) -> Any:
    """Returns the names in the last ``return`` of a Python function: for ``return loss, acc``, loss and acc.

    An expression that is no name, or attribute, has None. Where the source is not to be had there are none.
    """
    try:
        tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    except (OSError, TypeError, SyntaxError):
        return []
    returned = [node.value for node in ast.walk(tree) if isinstance(node, ast.Return) and node.value is not None]
    if not returned:
        return []
    value = returned[-1]
    if isinstance(value, ast.Dict):
        return [getattr(key, "value", None) for key in value.keys]
    parts = value.elts if isinstance(value, (ast.Tuple, ast.List)) else [value]
    return [getattr(part, "id", getattr(part, "attr", None)) for part in parts]


def _plain(function: Any) -> Any:
    """Returns the function or method that a partial or a callable object calls; of a builtin something without code."""
    while isinstance(function, functools.partial):
        function = function.func
    return function if hasattr(function, "__code__") else type(function).__call__


class Functions:
    """Records the outermost calls of the program's functions."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._names: weakref.WeakKeyDictionary[Any, list[str | None]] = weakref.WeakKeyDictionary()
        self._training: weakref.WeakSet[Any] = weakref.WeakSet()
        self._depth = threading.local()

    def install(self) -> None:
        """Watches every function from now on; none is compiled by XLA, which runs nothing of the recorder."""
        function = polymorphic_function.Function
        function.__init__ = _uncompiled(function.__init__)
        function.__call__ = self._watched(function.__call__)

    def _watched(self, original: Any) -> Any:
        @functools.wraps(original)
        def call(function: Any, *arguments: Any, **options: Any) -> Any:
            depth = getattr(self._depth, "value", 0)
            if depth or self._run.is_paused or not context.executing_eagerly():
                return original(function, *arguments, **options)
            if function in self._training:
                self._run.stop_at_limit()
            self._run.batch(_arrays((arguments, options)))
            step = self._run.step
            self._depth.value = 1
            try:
                result = original(function, *arguments, **options)
            finally:
                self._depth.value = 0
            plain = _plain(function.python_function)
            if hasattr(plain, "__code__") and programs.is_own(plain.__code__):
                self._returned(function, plain, result)
            if self._run.step > step:
                self._training.add(function)
            return result

        return call

    def _returned(self, function: Any, plain: Any, result: Any) -> None:
        if function not in self._names:
            self._names[function] = returned_names(plain)
        values = list(result.values()) if isinstance(result, dict) else nest.flatten(result)
        names = self._names[function]
        if len(names) != len(values):
            names = [plain.__name__] if len(values) == 1 else []
        for name, value in zip(names, values):
            if name and hasattr(value, "numpy"):
                self._run.value("value", [name], value.numpy())


def _arrays(structure: Any) -> Any:
    """Returns the arrays among what a function is called with, but not its variables."""
    return [
        value.numpy() if hasattr(value, "numpy") else value
        for value in nest.flatten(structure)
        if not hasattr(value, "handle") and not hasattr(value, "_value") and hasattr(value, "dtype")
    ]


def _uncompiled(original: Any) -> Any:
    @functools.wraps(original)
    def make(function: Any, *arguments: Any, **options: Any) -> None:
        if options.get("jit_compile"):
            options["jit_compile"] = False
        original(function, *arguments, **options)

    return make
