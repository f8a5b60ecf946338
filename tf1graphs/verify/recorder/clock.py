"""The number of completed training steps, as a tensor that graphs, functions and eager code can read."""

from __future__ import annotations

import weakref
from typing import Any

from tensorflow.python.eager import context
from tensorflow.python.framework import dtypes, ops
from tensorflow.python.ops import array_ops

from .run import Run

INITIALIZING = -1


class Clock:
    """Tells random ops in which step they draw, whatever else the program has drawn before."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._placeholders: weakref.WeakKeyDictionary[Any, Any] = weakref.WeakKeyDictionary()
        self._variables: dict[str | None, Any] = {}

    def now(self) -> Any:
        """Returns the number of completed steps, an int64 scalar; INITIALIZING while a graph's variables start."""
        with ops.init_scope():
            if context.executing_eagerly():
                variable = self.variable()
            else:
                return self._placeholder(ops.get_default_graph())
        return variable.read_value()

    def variable(self) -> Any:
        """Returns the TensorFlow 2 variable that counts steps."""
        return self.trained(None)

    def trained(self, name: str | None) -> Any:
        """Returns the TensorFlow 2 variable that counts the steps of some variables, made at first use."""
        if name not in self._variables:
            from tensorflow.python.ops import resource_variable_ops

            with self._run.pause(), ops.init_scope(), ops.device("CPU:0"):
                self._variables[name] = resource_variable_ops.ResourceVariable(
                    0, dtype=dtypes.int64, trainable=False, name="tf1graphs_verify_step"
                )
        return self._variables[name]

    def _placeholder(self, graph: Any) -> Any:
        if graph not in self._placeholders:
            with ops.name_scope(None):
                zero = ops.convert_to_tensor(0, dtypes.int64)
                self._placeholders[graph] = array_ops.placeholder_with_default(zero, [], "tf1graphs_verify_step")
        return self._placeholders[graph]

    def feed(self, graph: Any, step: int) -> Any:
        """Returns what a session that runs a step of ``graph`` must feed."""
        placeholder = self._placeholders.get(graph)
        return {} if placeholder is None else {placeholder: step}
