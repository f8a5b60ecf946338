"""What calls of methods stand for."""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from tf1graphs.migrate.facts import (
    cells,
    collections,
    creating,
    datasets,
    distributions,
    monitored,
    moving,
    pipelines,
    queues,
    savers,
    sessions,
    sizing,
    summaries,
    syntax,
)
from tf1graphs.migrate.facts.shapes import sizes
from tf1graphs.migrate.facts.values import (
    Cell,
    Dimension,
    Elements,
    Entries,
    Graph,
    Host,
    Instance,
    Layer,
    Many,
    Operation,
    Optimizer,
    Saver,
    Scoping,
    Session,
    Stage,
    StaticShape,
    Tensor,
    TrainOp,
    Unknown,
    Value,
    Variable,
    Writer,
    any_of,
    latest,
)

if TYPE_CHECKING:
    from tf1graphs.migrate.facts.expressions import Expressions

_DICT = frozenset({"items", "values", "keys", "update", "get", "copy"})


# Methods of a tf.TensorArray, which is followed as a tensor.
_ARRAY_METHODS = ("concat", "gather", "read", "size", "split", "stack", "scatter", "unstack", "write")
# Methods of layers and cells that compute tensors.
_TENSOR_METHODS = frozenset({"apply", "call", "zero_state", "__call__"})


def is_method(owner: Value, name: str) -> bool:
    """Says whether a call on a dict or record is one of a dict's methods rather than of an attribute."""
    return isinstance(owner, Entries) and name in _DICT and name not in owner.entries


def call(self: Expressions, owner: Value, node: ast.Call) -> Value:
    """Returns what a call of a method stands for."""
    assert isinstance(node.func, ast.Attribute)
    if isinstance(owner, datasets.Dataset):
        return pipelines.method(self, owner, node)
    if isinstance(owner, distributions.Distribution):
        return distributions.method(self, owner, node)
    for kind, methods in _METHODS.items():
        if isinstance(owner, kind) and node.func.attr in methods:
            return methods[node.func.attr](self, owner, node)
    arguments, keywords = self.arguments(node)
    values = [*arguments, *keywords.values()]
    if isinstance(owner, (Optimizer, Session, Graph, Scoping)):
        name = type(owner).__name__.lower()
        self.refuse(node, f"{name}.{node.func.attr}", "this method is not migrated", "write it anew for TensorFlow 2")
        return Unknown()
    if isinstance(owner, Host) and isinstance(owner.literal, str) and node.func.attr in _STRING_METHODS:
        return _string(owner.literal, node.func.attr, values)
    if isinstance(owner, Layer):
        if node.func.attr not in _TENSOR_METHODS:
            return Host(latest(values))
        moving.called_object(self, owner, node)
        if isinstance(owner, Cell) and node.func.attr != "zero_state":
            cells.called_object(self, owner, node)
        if node.func.attr == "zero_state":
            return cells.initial_state(owner, latest(values))
        return Tensor(max(latest(values), Stage.EITHER))
    if isinstance(owner, Unknown):
        return Unknown(latest([owner, *values]))
    return self.call_host(Host(latest([owner])), node, values)


_STRING_METHODS = frozenset(
    {"startswith", "endswith", "lower", "upper", "replace", "split", "strip", "find", "count", "format"}
)


def _string(text: str, method: str, values: Sequence[Value]) -> Value:
    """Returns what a method of a string gives, if that and its arguments are known."""
    literals = [value.literal if isinstance(value, Host) else ... for value in values]
    if ... in literals:
        return Host(latest(values))
    try:
        return Host(literal=getattr(text, method)(*literals))
    except (TypeError, ValueError, LookupError):
        return Host()


# Scopes and graphs.


def _close(self: Expressions, owner: Value, node: ast.Call) -> Value:
    return Host(literal=None)


def _as_default(self: Expressions, owner: Value, node: ast.Call) -> Value:
    return owner


# Variables and tensors.


def _assign(self: Expressions, owner: Value, node: ast.Call) -> Value:
    self.arguments(node)
    self.item.stage = Stage.LATER
    self.item.assigns = True
    return Tensor(Stage.LATER)


def _read(self: Expressions, owner: Value, node: ast.Call) -> Value:
    stage = Stage.FIXED if self.is_initial else Stage.EITHER
    self.item.stage = max(self.item.stage, stage)
    return Tensor(stage)


def _of_array(self: Expressions, owner: Value, node: ast.Call) -> Value:
    arguments, keywords = self.arguments(node)
    return Tensor(latest([owner, *arguments, *keywords.values()]))


def _fixed(self: Expressions, owner: Value, node: ast.Call) -> Value:
    self.arguments(node)
    return Host()


def _static(self: Expressions, owner: Value, node: ast.Call) -> Value:
    self.arguments(node)
    return Host(owner.stage)


# Shapes.


def _set_shape(self: Expressions, owner: Value, node: ast.Call) -> Value:
    arguments, _ = self.arguments(node)
    assert isinstance(owner, (Tensor, Variable))
    told = sizes.of_sizes(sizing.literal(arguments[0])) if arguments else None
    if owner.sizes is None or told is None or len(owner.sizes) != len(told):
        owner.sizes = None
    else:
        # What was not known before a run may be known now.
        owner.sizes = tuple(b if a is None else a for a, b in zip(owner.sizes, told, strict=True))
    return Host(owner.stage)


def _listed(self: Expressions, owner: Value, node: ast.Call) -> Value:
    assert isinstance(owner, StaticShape)
    return Elements(owner.stage, tuple(Host(each.stage, sizing.literal(each)) for each in owner.elements))


def _count(self: Expressions, owner: Value, node: ast.Call) -> Value:
    assert isinstance(owner, StaticShape)
    return Host(owner.stage, sizes.total(each.size if isinstance(each, Dimension) else ... for each in owner.elements))


def _is_defined(self: Expressions, owner: Value, node: ast.Call) -> Value:
    assert isinstance(owner, StaticShape)
    found = [sizing.literal(each) for each in owner.elements]
    return Host(owner.stage, ... if ... in found else None not in found)


# Optimizers.


def _minimize(self: Expressions, owner: Value, node: ast.Call) -> Value:
    self.arguments(node)
    assert isinstance(owner, Optimizer)
    self.item.reads |= owner.reads
    self.item.placeholders |= owner.placeholders
    self.item.stage = Stage.LATER
    self.item.trains.setdefault(node, owner)
    if node.func.attr == "minimize" and syntax.argument(node, 2, "var_list") is None:  # type: ignore[attr-defined]
        collections.trained(self, node)
    savers.trained(self, node, owner)
    value = TrainOp(Stage.LATER)
    creating.note_op(self, "minimize", node, value)
    return value


def _compute_gradients(self: Expressions, owner: Value, node: ast.Call) -> Value:
    self.arguments(node)
    assert isinstance(owner, Optimizer)
    self.item.stage = Stage.LATER
    self.item.trains.setdefault(node, owner)
    if syntax.argument(node, 1, "var_list") is None:
        collections.trained(self, node)
    return Many(Stage.LATER, Elements(Stage.LATER, (Tensor(Stage.LATER), Variable())))


# Lists and dicts.


def _append(self: Expressions, owner: Value, node: ast.Call) -> Value:
    arguments, _ = self.arguments(node)
    assert isinstance(node.func, ast.Attribute)
    place = node.func.value
    holder = self.facts.values.get(place.value) if isinstance(place, ast.Attribute) else None
    if arguments and isinstance(place, ast.Name):
        self.change(place.id, _appended(self, owner, node.func.attr, arguments[-1]), node)
    elif arguments and isinstance(place, ast.Attribute) and isinstance(holder, Instance):
        is_sure = self.names.is_sure and not self.is_repeated
        method = node.func.attr if is_sure else "insert"
        _change_attribute(self, holder, place, owner, _appended(self, owner, method, arguments[-1]))
    return Host(literal=None)


def _appended(self: Expressions, owner: Value, method: str, value: Value) -> Value:
    """Returns what a list is after a method has put something into it."""
    if method == "extend":
        return self.added(owner, value)
    if isinstance(owner, Elements) and len(owner.elements) < 64 and method == "append":
        return Elements(latest([owner, value]), (*owner.elements, value))
    return Many(latest([owner, value]), any_of([*self.members(owner), value]))


def _change_attribute(self: Expressions, holder: Instance, place: ast.Attribute, old: Value, new: Value) -> None:
    """Changes a list that an object has; one with tensors is made in functions, from its first to its last element."""
    is_later = latest([new]) is Stage.LATER
    if is_later and self.members(old) and latest([old]) is not Stage.LATER:
        reason, remedy = "it holds tensors beside other things", "use a list for each"
        self.refuse(place, self.source.segment(place), reason, remedy)
    self.facts.note(place, new)
    self.change_attribute(holder, place.attr, new)


def _items(self: Expressions, owner: Value, node: ast.Call) -> Value:
    assert isinstance(owner, Entries)
    pairs = [
        Elements(value.stage, (key if isinstance(key, Value) else Host(literal=key), value))
        for key, value in owner.entries.items()
    ]
    return Elements(latest(pairs), tuple(pairs))


def _values(self: Expressions, owner: Value, node: ast.Call) -> Value:
    values = self.members(owner)
    return Elements(latest(values), values)


def _keys(self: Expressions, owner: Value, node: ast.Call) -> Value:
    assert isinstance(owner, Entries)
    return Elements(elements=tuple(key if isinstance(key, Value) else Host(literal=key) for key in owner.entries))


def _update(self: Expressions, owner: Value, node: ast.Call) -> Value:
    arguments, keywords = self.arguments(node)
    assert isinstance(owner, Entries) and isinstance(node.func, ast.Attribute)
    more = {key: value for each in arguments if isinstance(each, Entries) for key, value in each.entries.items()}
    if isinstance(node.func.value, ast.Name):
        entries = {**owner.entries, **more, **keywords}
        self.change(node.func.value.id, Entries(latest(entries.values()), entries, owner.node), node)
    return Host(literal=None)


def _get(self: Expressions, owner: Value, node: ast.Call) -> Value:
    self.arguments(node)
    return any_of(self.members(owner))


def _copy(self: Expressions, owner: Value, node: ast.Call) -> Value:
    return owner


Method = Callable[[Any, Value, ast.Call], Value]
_METHODS: dict[type[Value], dict[str, Method]] = {
    Session: {
        "run": sessions.run,
        "close": _close,
        "as_default": _as_default,
        "__enter__": _as_default,
        "__exit__": _close,
    },
    Operation: {"run": sessions.evaluated, "eval": sessions.evaluated},
    Variable: {
        **dict.fromkeys(
            ("assign", "assign_add", "assign_sub", "scatter_add", "scatter_sub", "scatter_update"), _assign
        ),
        **dict.fromkeys(("initialized_value", "read_value", "value"), _read),
        **dict.fromkeys(("get_shape", "load"), _fixed),
        "set_shape": _set_shape,
        "eval": sessions.evaluated,
    },
    Tensor: {
        **{"eval": sessions.evaluated, "get_shape": _static, "set_shape": _set_shape},
        **dict.fromkeys(_ARRAY_METHODS, _of_array),
    },
    Optimizer: {"minimize": _minimize, "compute_gradients": _compute_gradients, "apply_gradients": _minimize},
    datasets.Iterator: pipelines.METHODS,
    monitored.Monitored: monitored.METHODS,
    queues.Reader: queues.METHODS,
    Writer: summaries.METHODS,
    Saver: dict.fromkeys(("save", "restore", "recover_last_checkpoints", "set_last_checkpoints"), _fixed),
    StaticShape: {"as_list": _listed, "num_elements": _count, "is_fully_defined": _is_defined},
    Scoping: {
        **dict.fromkeys(("trainable_variables", "global_variables"), collections.of_scope),
        "reuse_variables": _close,
    },
    Graph: {
        **{"as_default": _as_default, "finalize": _close},
        **dict.fromkeys(("as_graph_def", "get_operations"), lambda *_: Graph()),
    },
    Elements: dict.fromkeys(("append", "extend", "insert"), _append),
    Many: dict.fromkeys(("append", "extend", "insert"), _append),
    Entries: {
        **{"items": _items, "values": _values, "keys": _keys, "update": _update, "get": _get, "copy": _copy},
    },
}
