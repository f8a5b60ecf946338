"""The variables of TensorFlow 1 graphs, and what they are called in a recording."""

from __future__ import annotations

import weakref
from typing import Any, NamedTuple, Sequence

from tensorflow.python.framework import ops

from .matching import Described
from .names import Names
from .run import Run


class _Named(NamedTuple):
    """What a variable is called in the recording, and after how many steps it got that name."""

    name: str
    step: int


def of(graph: Any) -> list[Any]:
    """Returns the graph's variables in order of creation."""
    with graph.as_default():
        found = list(graph.get_collection(ops.GraphKeys.GLOBAL_VARIABLES))
        return found + [v for v in graph.get_collection(ops.GraphKeys.LOCAL_VARIABLES) if not is_among(v, found)]


def is_among(variable: Any, variables: Sequence[Any]) -> bool:
    """Whether a variable is one of ``variables``, whose ``==`` may make tensors."""
    return any(variable is other for other in variables)


def behind(graph: Any, xs: Any) -> list[Any]:
    """Returns the variable that each of ``xs`` is, or is the handle of; none if any is something else."""
    by_op = {variable.op: variable for variable in of(graph)}
    found = [by_op.get(getattr(x, "op", None)) for x in (xs if isinstance(xs, (list, tuple)) else [xs])]
    return [] if any(variable is None for variable in found) else found


class GraphVariables:
    """Names the variables of this process's graphs."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._fresh = Names()
        self._names: weakref.WeakKeyDictionary[Any, dict[str, _Named]] = weakref.WeakKeyDictionary()

    def name(self, graph: Any, variable: Any) -> str:
        """Returns the recorded name of a variable of the graph."""
        return self._named(graph, variable).name

    def _named(self, graph: Any, variable: Any) -> _Named:
        names = self._names.setdefault(graph, {})
        if variable.op.name not in names:
            names[variable.op.name] = _Named(self._fresh.new(variable.op.name), self._run.step)
        return names[variable.op.name]

    def begin_again(self, graph: Any, variables: Sequence[Any]) -> None:
        """Gives variables that are initialized after having been trained new names."""
        for variable in variables:
            if self._named(graph, variable).step < self._run.step:
                del self._names[graph][variable.op.name]

    def described(self, graph: Any, variables: Sequence[Any]) -> list[Described]:
        """Returns what the recording says of variables."""
        trainable = graph.get_collection(ops.GraphKeys.TRAINABLE_VARIABLES)
        return [
            Described(
                self.name(graph, variable),
                tuple(variable.shape.as_list()) if variable.shape.ndims is not None else (),
                is_among(variable, trainable) and not variable.dtype.is_integer,
            )
            for variable in variables
        ]
