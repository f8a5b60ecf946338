"""``tfe.defun``: a Python function compiled to a graph function, once for every kind of arguments."""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable
from typing import Any

from tensorflow.core.function.capture import capture_container
from tensorflow.core.function.polymorphism import function_cache
from tensorflow.python.eager.polymorphic_function import function_type_utils, tracing_compilation


class _Function:
    """A function whose calls run the graph that its arguments were traced to."""

    def __init__(
        self, function: Callable[..., Any], input_signature: Any, autograph: bool, features: Any, relax_shapes: bool
    ) -> None:
        self.python_function, self._signature = function, input_signature
        self._features = autograph, features, relax_shapes
        function_type, defaults = function_type_utils.make_function_type(function, input_signature)
        self._options = tracing_compilation.TracingOptions(
            function,
            getattr(function, "__name__", type(function).__name__),
            polymorphic_type=function_type,
            default_values=defaults,
            autograph=autograph,
            autograph_options=features,
            reduce_retracing=relax_shapes,
            function_cache=function_cache.FunctionCache(),
            function_captures=capture_container.FunctionCaptures(),
            lock=threading.RLock(),
        )
        functools.update_wrapper(self, function, updated=())

    def __call__(self, *arguments: Any, **options: Any) -> Any:
        bound = self._bound(arguments, options)
        return tracing_compilation.call_function(bound.args, bound.kwargs, self._options)

    def get_concrete_function(self, *arguments: Any, **options: Any) -> Any:
        """Returns the graph function for these arguments, which may be ``TensorSpec`` objects."""
        if self._signature is not None and not arguments:
            return tracing_compilation.trace_function((), {}, self._options)
        bound = self._bound(arguments, options)
        return tracing_compilation.trace_function(bound.args, bound.kwargs, self._options)

    def _bound(self, arguments: Any, options: Any) -> Any:
        """Returns the arguments with the defaults of the function."""
        function_type, defaults = self._options.polymorphic_type, self._options.default_values
        try:
            return function_type_utils.bind_function_inputs(arguments, options, function_type, defaults)
        except TypeError as error:
            if self._signature is None:
                raise
            raise ValueError(f"Python inputs incompatible with input_signature: {error}") from error

    def __get__(self, instance: Any, owner: type | None = None) -> Any:
        if instance is None:
            return self
        # Every object has its own traces, which are kept with it.
        name = f"_defun_of_{getattr(self.python_function, '__name__', id(self))}"
        bound = vars(instance).get(name)
        if bound is None:
            method = self.python_function.__get__(instance, owner)
            bound = vars(instance)[name] = _Function(method, self._signature, *self._features)
        return bound


def defun(
    func: Callable[..., Any] | None = None,
    input_signature: Any = None,
    autograph: bool = True,
    experimental_autograph_options: Any = None,
    experimental_relax_shapes: bool = False,
) -> Any:
    """Compiles a function of tensors to a graph; also a decorator, with and without arguments.

    Unlike ``tf.function`` it may create variables in every trace.

    Args:
        func: the function, of tensors and Python values; ``None`` for a decorator.
        input_signature: nested ``tf.TensorSpec`` objects that every call must fit; ``None`` for any.
        autograph: whether Python's ``if``, ``for`` and ``while`` on tensors become ops.
        experimental_autograph_options: features of AutoGraph.
        experimental_relax_shapes: whether calls that differ in shapes alone share a graph.
    """

    def decorate(function: Callable[..., Any]) -> Any:
        features = experimental_autograph_options
        return _Function(function, input_signature, autograph, features, experimental_relax_shapes)

    return decorate if func is None else decorate(func)
