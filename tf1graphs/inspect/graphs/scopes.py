"""Operations, parameters and floating point operations by name scope."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from tf1graphs.inspect.graphs.variables import Variable
from tf1graphs.inspect.reading.dtypes import numpy_dtype

# Nobody reads a tree that is deeper; what is deeper counts for the scope at this depth.
_DEEPEST = 32


@dataclass(frozen=True)
class Scope:
    """A name scope, with all that is below it.

    Attributes:
        name: its name; empty for the whole graph.
        depth: how many scopes it is in.
        operations: the number of operations.
        parameters: the number of elements of the variables that are or may be trained.
        floats: floating point operations, as ``floats.count_floats`` counts them.
    """

    name: str
    depth: int
    operations: int
    parameters: int
    floats: int


def is_parameter(variable: Variable) -> bool:
    """Whether a variable is trained; where the file does not say it, whether its numbers could be."""
    if variable.trainable is not None:
        return variable.trainable
    if variable.optimizer is not None:
        return False
    dtype = numpy_dtype(variable.dtype)
    return dtype is not None and dtype.kind not in "iub"


def _above(name: str) -> Iterator[str]:
    """The scopes in which a name is, the outermost first."""
    yield ""
    end = name.find("/")
    for _ in range(_DEEPEST):
        if end < 0:
            return
        yield name[:end]
        end = name.find("/", end + 1)


def scope_tree(names: Iterable[str], variables: Iterable[Variable], floats: Mapping[str, int]) -> tuple[Scope, ...]:
    """The scopes of a graph, each followed by those in it; the first is the whole graph.

    Args:
        names: of all operations.
        variables: the variables of the graph.
        floats: floating point operations by operation.
    """
    names = list(names)
    below: dict[str, dict[str, None]] = {"": {}}
    for name in names:
        above = list(_above(name))
        for outer, inner in zip(above, above[1:], strict=False):
            below.setdefault(outer, {})[inner] = None
            below.setdefault(inner, {})
    parameters = {variable.name: variable.elements or 0 for variable in variables if is_parameter(variable)}
    sums = {scope: [0, 0, 0] for scope in below}
    for name in names:
        amounts = (1, parameters.get(name, 0), floats.get(name, 0))
        # An operation can have the name of a scope, as a variable has.
        for scope in {*_above(name), name} & below.keys():
            for index, amount in enumerate(amounts):
                sums[scope][index] += amount
    ordered, ready = [], [("", 0)]
    while ready:
        scope, depth = ready.pop()
        ordered.append(Scope(scope, depth, *sums[scope]))
        ready.extend((inner, depth + 1) for inner in reversed(below[scope]))
    return tuple(ordered)
