"""What Python's own functions and operators give."""

from __future__ import annotations

import ast
import math
import operator
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from tf1graphs.migrate.facts.values import (
    Dimension,
    Elements,
    Entries,
    Host,
    Many,
    Stage,
    Value,
    VariableList,
    any_of,
    is_graph,
    latest,
)

if TYPE_CHECKING:
    from tf1graphs.migrate.facts.expressions import Expressions

# What makes a record of its keywords.
RECORDS = frozenset({"SimpleNamespace", "Namespace", "dict", "AttrDict", "Bunch"})


def folded(operation: ast.operator, left: Host, right: Host) -> Value:
    """Returns what an arithmetic operator makes of two values of Python, computed where both are numbers or strings."""
    function = _ARITHMETIC.get(type(operation))
    known = [each.literal for each in (left, right) if each.literal is not ...]
    is_number = all(isinstance(each, (int, float)) for each in known)
    is_joined = isinstance(operation, ast.Add) and all(isinstance(each, str) for each in known)
    if function and len(known) == 2 and (is_number or is_joined):
        try:
            literal = function(*known)
        except ArithmeticError:
            return Host()
        is_size = isinstance(left, Dimension) or isinstance(right, Dimension)
        return Dimension(literal=literal, size=literal) if is_size else Host(literal=literal)
    return Host(max(left.stage, right.stage))


def formatted(text: str, value: Value) -> Value:
    """Returns what ``%`` makes of a string and a value or a tuple of values, if these are known."""
    parts = value.elements if isinstance(value, Elements) else (value,)
    literals = [part.literal if isinstance(part, Host) else ... for part in parts]
    if ... in literals:
        return Host(latest([value]))
    try:
        return Host(literal=text % (tuple(literals) if isinstance(value, Elements) else literals[0]))
    except (TypeError, ValueError):
        return Host()


_ARITHMETIC = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
}
_COMPARISONS: dict[type[ast.cmpop], Callable[[Any, Any], Any]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.In: lambda part, whole: part in whole,
    ast.NotIn: lambda part, whole: part not in whole,
}


def compared(operation: ast.cmpop, left: Value, right: Value) -> Value:
    """Returns what a comparison of two values of Python gives, if both are known."""
    function = _COMPARISONS.get(type(operation))
    assert isinstance(left, Host) and isinstance(right, Host)
    if function and ... not in (left.literal, right.literal):
        try:
            return Host(literal=function(left.literal, right.literal))
        except TypeError:
            return Host()
    return Host(max(left.stage, right.stage))


def is_same(left: Value, right: Value) -> bool | None:
    """Says whether two values are one object, where one is None; None if that is not known."""
    if not (isinstance(right, Host) and right.literal is None):
        return None
    if isinstance(left, Host):
        return None if left.literal is ... else left.literal is None
    return False


def _str(self: Expressions, node: ast.Call, values: Sequence[Value]) -> Value:
    del self, node
    value = values[0] if len(values) == 1 else None
    is_known = isinstance(value, Host) and value.literal is not ...
    return Host(literal=str(value.literal)) if is_known else Host(latest(values))  # type: ignore[union-attr]


def _range(self: Expressions, node: ast.Call, values: Sequence[Value]) -> Value:
    del self, node
    literals = [value.literal for value in values if isinstance(value, Host) and type(value.literal) is int]
    if literals and len(literals) == len(values):
        numbers = range(*literals)
        if len(numbers) <= 64:
            return Elements(elements=tuple(Host(literal=number) for number in numbers))
    return Many(latest(values), Host(latest(values)))


def _len(self: Expressions, node: ast.Call, values: Sequence[Value]) -> Value:
    del self, node
    if values and isinstance(values[0], Elements):
        return Host(literal=len(values[0].elements))
    return Host(Stage.FIXED if not values or isinstance(values[0], Many) else latest(values))


def _enumerate(self: Expressions, node: ast.Call, values: Sequence[Value]) -> Value:
    del node
    if isinstance(values[0], Elements):
        pairs = [Elements(v.stage, (Host(literal=n), v)) for n, v in enumerate(values[0].elements)]
        return Elements(latest(values), tuple(pairs))
    element = self.element_of(values[0])
    return Many(latest(values), Elements(element.stage, (Host(), element)))


def _zip(self: Expressions, node: ast.Call, values: Sequence[Value]) -> Value:
    lists = [value for value in values if isinstance(value, VariableList)]
    closed = [len(value.elements) for value in lists if not value.is_open]
    if closed and all(len(value.elements) >= min(closed) for value in lists):
        # What comes behind is not read.
        self.facts.opened -= set(node.args)
    if values and all(isinstance(value, Elements) for value in values):
        rows = zip(*(value.elements for value in values if isinstance(value, Elements)), strict=False)
        return Elements(latest(values), tuple(Elements(latest(row), row) for row in rows))
    element = tuple(self.element_of(value) for value in values)
    return Many(latest(values), Elements(latest(element), element))


def _list(self: Expressions, node: ast.Call, values: Sequence[Value]) -> Value:
    del node
    if not values:
        return Elements()
    value = values[0]
    if isinstance(value, (Elements, Many)):
        return value
    return (
        Many(latest(values), self.element_of(value))
        if isinstance(value, Entries) or is_graph(value)
        else Host(value.stage)
    )


def _sum(self: Expressions, node: ast.Call, values: Sequence[Value]) -> Value:
    del node
    return self.computed([self.element_of(values[0])]) if values else Host()


def _first(self: Expressions, node: ast.Call, values: Sequence[Value]) -> Value:
    del self, node
    return any_of(values[:1])


def computed(node: ast.Call, values: Sequence[Value]) -> Value | None:
    """Returns what a function of numbers gives, if these are known; None for other functions."""
    function = _FUNCTIONS.get(ast.unparse(node.func)) if len(values) == len(node.args) == 1 else None
    number = _numbers(values[0]) if function is not None else ...
    if function in (int, float) and isinstance(values[0], Host) and isinstance(values[0].literal, str):
        number = values[0].literal
    if function is None or number is ...:
        return None
    try:
        return Host(literal=function(number))
    except (TypeError, ValueError, OverflowError):
        return None


def _numbers(value: Value) -> Any:
    """Returns a number or a list of them, ``...`` if it is something else or not known."""
    if isinstance(value, Host):
        return value.literal if type(value.literal) in (int, float) else ...
    found = [_numbers(each) for each in value.elements] if isinstance(value, Elements) else [...]
    return ... if ... in found else found


_FUNCTIONS: dict[str, Callable[[Any], Any]] = {
    "int": int,
    "float": float,
    **dict.fromkeys(("np.prod", "numpy.prod"), math.prod),
    **dict.fromkeys(("math.sqrt", "np.sqrt", "numpy.sqrt"), math.sqrt),
}
BUILTINS: dict[str, Callable[[Any, ast.Call, Sequence[Value]], Value]] = {
    "str": _str,
    "range": _range,
    "xrange": _range,
    "len": _len,
    "enumerate": _enumerate,
    "zip": _zip,
    "list": _list,
    "tuple": _list,
    "sum": _sum,
    "reversed": _first,
    "sorted": _first,
}
