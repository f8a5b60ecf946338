"""Gives what calls and operators compute their static shapes."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from tf1graphs.migrate import renames
from tf1graphs.migrate.facts import syntax
from tf1graphs.migrate.facts.program import Facts
from tf1graphs.migrate.facts.shapes import ops, pictures, sizes, table
from tf1graphs.migrate.facts.shapes.sizes import Shape
from tf1graphs.migrate.facts.values import Dimension, Elements, Host, Many, Tensor, Value, shape

if TYPE_CHECKING:
    from tf1graphs.migrate.facts.expressions import Expressions

# The modules whose rules the table has once they are imported.
RULED = (ops, pictures)
_SEVERAL = {"tf.split": ("value", "num_or_size_splits", "axis"), "tf.unstack": ("value", "num", "axis")}


def call(self: Expressions, name: str, node: ast.Call, value: Value) -> None:
    """Gives what a call of a symbol of TensorFlow computes its static shape, if that is known."""
    name = renames.current(name)
    if isinstance(value, Many) and isinstance(value.element, Tensor) and name in _SEVERAL:
        value.element.sizes = _part(name, _given(self.facts, node, _SEVERAL[name]))
    if type(value) is Tensor and name in table.RULES:
        parameters, rule = table.RULES[name]
        value.sizes = rule(_given(self.facts, node, parameters))


def _given(facts: Facts, node: ast.Call, parameters: tuple[str, ...]) -> table.Given:
    expressions = dict(zip(parameters, node.args, strict=False))
    expressions |= {each.arg: each.value for each in node.keywords if each.arg}
    expressions |= facts.given.get(node, {})
    values = {name: facts.values[each] for name, each in expressions.items() if each in facts.values}
    shapes = {name: found for name, value in values.items() if (found := _shapes(value)) is not None}
    return table.Given({name: literal(value) for name, value in values.items()}, shapes)


def _shapes(value: Value) -> Shape | list[Shape]:
    if isinstance(value, Elements):
        return [shape(each) for each in value.elements]
    if isinstance(value, Host):
        return () if type(value.literal) in (int, float, bool, str) else None
    return shape(value)


def literal(value: Value) -> object:
    """Returns a value of Python, in lists and tuples ``...`` where it is not known."""
    if isinstance(value, Dimension):
        return value.size
    if isinstance(value, Host):
        return value.literal
    return [literal(each) for each in value.elements] if isinstance(value, Elements) else ...


def _part(name: str, given: table.Given) -> Shape:
    """Returns the shape of each of the parts into which a tensor is taken."""
    whole, axis = given.shape("value"), given.literal("axis", default=0)
    if whole is None or type(axis) is not int or not -len(whole) <= axis < len(whole):
        return None
    place = axis % len(whole)
    if name == "tf.unstack":
        return (*whole[:place], *whole[place + 1 :])
    size, count = whole[place], given.literal("num_or_size_splits")
    if size is not None:
        size = size // count if type(size) is int and type(count) is int and count else ...
    return (*whole[:place], size, *whole[place + 1 :])


def operator(node: ast.BinOp, left: Value, right: Value) -> Shape:
    """Returns the static shape of what an operator computes."""
    first, second = (each if not isinstance(each, list) else None for each in (_shapes(left), _shapes(right)))
    if isinstance(node.op, ast.MatMult):
        known = {"a": first, "b": second}
        return table.RULES["tf.matmul"][1](table.Given({}, {n: s for n, s in known.items() if s is not None}))
    return sizes.broadcast([first, second])


def placeholder(facts: Facts, node: ast.expr | None) -> Shape:
    """Returns the static shape of a placeholder from the expression of its shape."""
    value = facts.values.get(node) if node is not None else None
    return sizes.of_sizes(literal(value)) if value is not None else None


def variable(facts: Facts, short: str, node: ast.Call) -> Shape:
    """Returns the static shape of a variable from the call that makes it."""
    if syntax.argument(node, None, "validate_shape") is not None:
        return None
    if short == "Variable":
        return _start(facts, syntax.argument(node, 0, "initial_value"))
    found = syntax.argument(node, 1, "shape")
    value = facts.values.get(found) if found is not None else None
    if value is None or (isinstance(value, Host) and value.literal is None):
        return _start(facts, syntax.argument(node, 3, "initializer"))
    return sizes.of_sizes(literal(value))


def _start(facts: Facts, node: ast.expr | None) -> Shape:
    value = facts.values.get(node) if node is not None else None
    found = _shapes(value) if value is not None else None
    return None if isinstance(found, list) else found
