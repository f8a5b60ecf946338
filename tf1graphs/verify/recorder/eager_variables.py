"""Watches TensorFlow 2 variables: their initial values, and what they are at the end."""

from __future__ import annotations

import contextlib
import functools
from typing import Any, Iterator

from tensorflow.python.eager import context, lift_to_graph
from tensorflow.python.eager.polymorphic_function import polymorphic_function
from tensorflow.python.framework import ops
from tensorflow.python.ops import op_selector, resource_variable_ops

from .matching import Described, plain
from .names import Names
from .run import Run


class EagerVariables:
    """All variables that the program makes outside of TensorFlow 1 graphs, in order of creation."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._variables: list[tuple[Described, Any]] = []
        self._names: dict[int, str] = {}
        self._fresh = Names()
        self._paths: list[str] = []

    def install(self) -> None:
        """Watches every variable made from now on."""
        made = resource_variable_ops.ResourceVariable
        made.__init__ = self._watched(made.__init__)
        lifted = polymorphic_function.UnliftedInitializerVariable
        lifted.__init__ = self._given(lifted.__init__)

    @contextlib.contextmanager
    def called(self, path: str) -> Iterator[Any]:
        """Names the variable made in the block ``path``, as Keras 3 calls it, instead of what TensorFlow calls it."""
        self._paths.append(path)
        try:
            yield
        finally:
            self._paths.pop()

    def name(self, variable: Any) -> Any:
        """Returns the name by which a variable was recorded, or its own."""
        variable = getattr(variable, "_value", variable)
        return self._names.get(id(variable), plain(getattr(variable, "name", "variable")))

    def _watched(self, original: Any) -> Any:
        @functools.wraps(original)
        def make(variable: Any, *arguments: Any, **options: Any) -> None:
            original(variable, *arguments, **options)
            if not self._run.is_paused and context.executing_eagerly() and not isinstance(variable.handle, int):
                self._add(variable)

        return make

    def _given(self, original: Any) -> Any:
        """A variable made inside a ``tf.function`` gets its initial value before the function has run."""

        @functools.wraps(original)
        def make(variable: Any, initial_value: Any = None, *arguments: Any, **options: Any) -> None:
            value = None if self._run.is_paused else _evaluated(initial_value)
            original(variable, initial_value if value is None else value, *arguments, **options)
            if value is not None:
                with ops.init_scope():
                    variable.assign(value)
                    self._add(variable)

        return make

    def _describe(self, variable: Any) -> Any:
        path = self._paths[-1] if self._paths else plain(variable.name)
        name = self._fresh.new(path)
        self._names[id(variable)] = name
        # Keras counts its batches in variables that are trainable by name only.
        trainable = bool(variable.trainable) and not variable.dtype.is_integer
        return Described(name, tuple(variable.shape.as_list()), trainable)

    def _add(self, variable: Any) -> None:
        if variable.dtype.base_dtype in (ops.dtypes.string, ops.dtypes.variant, ops.dtypes.resource):
            return
        with self._run.pause():
            self._variables.append((self._describe(variable), variable))
            described = [each for each, _ in self._variables]
            arrays = {len(described) - 1: variable.numpy()}
            for index, value in self._run.initial.values(described, arrays).items():
                if index in arrays or not self._run.step:
                    self._variables[index][1].assign(value)

    def finish(self) -> None:
        """Records the final values."""
        with self._run.pause():
            for described, variable in self._variables:
                self._run.final(described, variable.numpy())


def _evaluated(value: Any) -> Any:
    """Returns the array of an initial value that is made while a function is traced; None where that has to wait."""
    with ops.init_scope():
        if not context.executing_eagerly():
            return None
        value = value() if callable(value) else value
        try:
            return ops.convert_to_tensor(_lifted(value) if hasattr(value, "graph") else value).numpy()
        except op_selector.UnliftableError:  # it depends on what the function is called with
            return None


def _lifted(tensor: Any) -> Any:
    """Returns an eager tensor with the value of ``tensor``, of a function's graph."""

    def compute() -> Any:
        captured = tensor.graph.internal_captures
        lifted = lift_to_graph.lift_to_graph([tensor], ops.get_default_graph(), captured, handle_captures=True)
        return lifted[tensor]

    return polymorphic_function.function(compute, autograph=False)()
