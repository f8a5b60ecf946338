"""Functions whose arguments had another order until 1.0; 1.15 refuses that order, so that it can be told apart."""

from __future__ import annotations

from dataclasses import replace

from tf1graphs.migrate.calls import Argument, Call, Outcome
from tf1graphs.migrate.forms import Form
from tf1graphs.migrate.rules import rule

_CONCAT = "values, axis, name='concat', concat_dim=None"
_SPLIT = "value, num_or_size_splits, axis=0, num=None, name='split', split_dim=None, num_split=None"
_REVERSE = "tensor, axis, name=None, dims=None"


def _is_number(argument: Argument | None) -> bool:
    return argument is not None and isinstance(argument.value, int)


def _swapped(call: Call, first: str, second: str) -> Call:
    """Exchanges two arguments; if both were given by place, they are still."""
    arguments = dict(call.arguments)
    arguments[first], arguments[second] = arguments[second], arguments[first]
    return replace(call, arguments=arguments)


@rule("tf.concat", "tf.concat_v2", signature=_CONCAT, becomes="the same, the values first")
def concat(call: Call) -> Outcome:
    """Takes a number in the place of the values for the axis."""
    if _is_number(call.arguments.get("values")) and "axis" in call.arguments:
        call = _swapped(call, "values", "axis")
    return Form.parse(_CONCAT, "tf.concat(values, axis | concat_dim, name)").apply(call)


@rule("tf.split", signature=_SPLIT, becomes="the same, the value first")
def split(call: Call) -> Outcome:
    """Takes a number in the place of the value for the axis."""
    if _is_number(call.arguments.get("value")) and "axis" in call.arguments:
        call = _swapped(call, "value", "axis")
    return Form.parse(_SPLIT, "tf.split(value, num_or_size_splits | num_split, axis | split_dim, num, name)").apply(
        call
    )


@rule("tf.reverse", "tf.reverse_v2", "tf.manip.reverse", signature=_REVERSE, becomes="the same, of axes by number")
def reverse(call: Call) -> Outcome:
    """Counts the axes that a list of booleans says to reverse."""
    axes = call.arguments.get("axis") or call.arguments.get("dims")
    value = axes.value if axes else ...
    if isinstance(value, list | tuple) and value and all(isinstance(each, bool) for each in value):
        numbers = [number for number, is_reversed in enumerate(value) if is_reversed]
        arguments = {**call.arguments, "axis": Argument(repr(numbers), numbers)}
        call = replace(call, arguments={name: each for name, each in arguments.items() if name != "dims"})
    return Form.parse(_REVERSE, "tf.reverse(tensor, axis | dims, name)").apply(call)
