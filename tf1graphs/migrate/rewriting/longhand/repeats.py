"""``slim.repeat`` and ``slim.stack``: layers that are called one after the other."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from tf1graphs.migrate.facts import syntax
from tf1graphs.migrate.facts.values import Function, Symbol
from tf1graphs.migrate.rewriting.longhand.places import Place, Writer, Written

_MODULES = ("tf.contrib.slim", "tf.contrib.layers")
# What 1.15's layers call themselves where that is another name.
_OWN = {f"conv{rank}d": f"convolution{rank}d" for rank in (1, 2, 3)}
_OWN |= {f"{kind}conv2d{end}": f"{kind}convolution2d{end}" for kind, end in (("", "_transpose"), ("separable_", ""))}
_MANY = 64


def _repeat(place: Place) -> Written | None:
    """Calls a layer with the same arguments as often as it says."""
    args = place.call.args
    if len(args) < 3 or any(isinstance(each, ast.Starred) for each in args):
        return None
    count = place.literal(args[1])
    if type(count) is not int or not 0 < count <= _MANY:
        return None
    return _layers(place, args[0], args[2], [[place.text(each) for each in args[3:]]] * count, "Repeat")


def _stack(place: Place) -> Written | None:
    """Calls a layer with each of the arguments in a list."""
    args = place.call.args
    given = {each.arg: each.value for each in place.call.keywords}
    listed = args[2] if len(args) == 3 else given.get("stack_args") if len(args) == 2 else None
    if not isinstance(listed, (ast.List, ast.Tuple)) or not 0 < len(listed.elts) <= _MANY:
        return None
    rows = [each.elts if isinstance(each, (ast.List, ast.Tuple)) else [each] for each in listed.elts]
    return _layers(place, args[0], args[1], [[place.text(each) for each in row] for row in rows], "Stack")


def _layers(
    place: Place, inputs: ast.expr, layer: ast.expr, rows: Sequence[Sequence[str]], default: str
) -> Written | None:
    given = {each.arg: each.value for each in place.call.keywords if each.arg != "stack_args"}
    scope = place.literal(given.pop("scope", None))
    own = _own_name(place, layer)
    if None in given or scope is ... or own is None:
        return None
    options = [f"{name}={place.text(each)}" for name, each in given.items()]
    inner = scope or own
    path = f"{scope}/" if scope else ""
    read = {name for each in [*place.call.args[1:], *given.values()] for name in syntax.read(each)}
    is_named = place.target is not None and place.target not in read
    before: list[str] = []
    result = place.text(inputs)
    for number, row in enumerate(rows, 1):
        texts = [result, *row, *options, f'scope="{path}{inner}_{number}"']
        result = f"{place.text(layer)}({', '.join(texts)})"
        if is_named:
            assert place.target is not None
            before.append(f"{place.target} = {result}")
            result = place.target
    if scope is None:
        if not is_named:
            return None
        before = [f'with {place.tf}.variable_scope(None, "{default}"):', *(f"    {line}" for line in before)]
    return before, result


def _own_name(place: Place, layer: ast.expr) -> str | None:
    """Returns the name by which a layer knows itself."""
    value = place.facts.values.get(layer)
    if isinstance(value, Symbol):
        last = value.name.rpartition(".")[2]
        return _OWN.get(last, last)
    return value.node.name if isinstance(value, Function) and isinstance(value.node, ast.FunctionDef) else None


CALLS: dict[str, Writer] = {
    f"{module}.{name}": write for module in _MODULES for name, write in (("repeat", _repeat), ("stack", _stack))
}
