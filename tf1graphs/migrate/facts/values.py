"""What the expressions of a program stand for."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import IntEnum
from typing import TYPE_CHECKING, Any

from tf1graphs.migrate.facts.shapes import sizes
from tf1graphs.migrate.facts.shapes.sizes import Shape, Size

if TYPE_CHECKING:
    from tf1graphs.migrate.facts.items import Item
    from tf1graphs.migrate.facts.scopes import Scope


class Stage(IntEnum):
    """When the value of an expression is known.

    FIXED: when the program builds its graph, and it stays.
    EITHER: it may differ from run to run, but a variable can start with it: a random number, another variable's value.
    LATER: only when a session runs it, as it hangs on a placeholder or changes a variable.
    """

    FIXED = 0
    EITHER = 1
    LATER = 2


@dataclass(eq=False)
class Value:
    """What an expression stands for; ``stage`` says when it is known."""

    stage: Stage = Stage.FIXED


@dataclass(eq=False)
class Host(Value):
    """A value of Python or NumPy; ``literal`` is ``...`` where it is not known."""

    literal: Any = ...


@dataclass(eq=False)
class Symbol(Value):
    """A module, class or function of TensorFlow, by the name that 1.15 has for it, such as ``tf.nn.relu``."""

    name: str = ""


@dataclass(eq=False)
class Elements(Value):
    """A list or tuple whose elements are known."""

    elements: tuple[Value, ...] = ()


@dataclass(eq=False)
class Dimension(Host):
    """An element of a static shape, which was an object with a ``value`` in 1.15."""

    size: Size = ...


@dataclass(eq=False)
class StaticShape(Elements):
    """A static shape: an object with methods, whose elements are dimensions."""


@dataclass(eq=False)
class Entries(Value):
    """A dict whose keys are known, or an object whose attributes are; ``node`` is the expression that made it.

    The keys of a feed that it may or may not have are ``optional``.
    """

    entries: Mapping[Any, Value] = field(default_factory=dict)
    node: ast.expr | None = None
    optional: frozenset[Any] = frozenset()


@dataclass(eq=False)
class Many(Value):
    """A collection of an unknown number of values that are like ``element``."""

    element: Value = field(default_factory=Host)


# A recurrent cell, and the expression that leads to it from the names of a statement, if there is one.
Held = tuple["Cell", "str | None"]


@dataclass(eq=False)
class VariableList(Elements):
    """The variables of a collection; ``made`` is, by names in 1.15, the expression of each or the call that made it.

    A call that made a layer comes with the layer's name; ``item`` is the statement that lists them, which has the
    ``cells`` by the expressions in it, by their names in 1.15. In a list that ``is_open``, variables of optimizers
    may come behind.
    """

    made: Mapping[str, str | tuple[str, ast.Call]] = field(default_factory=dict)
    item: Item | None = None
    cells: Mapping[str, Held] = field(default_factory=dict)
    is_open: bool = False


@dataclass(eq=False)
class Tensor(Value):
    """A tensor; ``label`` is the name that first stood for it, which the statement ``item`` gave it.

    Its static shape in 1.15 is ``sizes``.
    """

    label: str = ""
    item: Item | None = None
    sizes: Shape = None


@dataclass(eq=False)
class Placeholder(Tensor):
    """A placeholder: an argument of the functions that need it; the expressions are those of its call."""

    name: str = ""
    call: ast.Call | None = None
    dtype: ast.expr | None = None
    shape: ast.expr | None = None
    default: ast.expr | None = None


@dataclass(eq=False)
class State(Tensor):
    """A state of a recurrent cell that is a tuple; ``parts`` are its elements, none if they are not known."""

    parts: tuple[Value, ...] = ()


@dataclass(eq=False)
class Variable(Value):
    """A variable; its value at the time of a run is a tensor that hangs on it; ``call`` made it, if no layer did.

    The program has put it into the ``collections`` of its own.
    """

    name: str | None = None
    is_trainable: bool = True
    label: str = ""
    item: Item | None = None
    call: ast.Call | None = None
    sizes: Shape = None
    collections: frozenset[str] = frozenset()


@dataclass(eq=False)
class Fed(Placeholder):
    """What becomes an argument of the functions of runs that feed a tensor or variable, which then is not computed.

    Attributes:
        of: the tensor or variable.
        kind: the name of its dtype, such as ``float32``.
    """

    of: Tensor | Variable = field(default_factory=Tensor)
    kind: str = ""


@dataclass(eq=False)
class Layer(Value):
    """An object with variables of its own that is called with tensors: a layer, a cell; ``symbol`` is its class."""

    symbol: str = ""


@dataclass(eq=False)
class Cell(Layer):
    """A recurrent cell or what wraps some.

    Attributes:
        call: the call that made it, or None if that is not known.
        base: what 1.15 calls its variables if nothing else has the name; nothing for a wrapper that opens no scope, and
            None if it is not known.
        inner: the cell or cells that it wraps, or None.
        path: what leads in the new program from its object to what it wraps, or to itself, such as ``.cell``.
        name: what the names of its variables begin with, once it has been called.
        user: the call that called it first.
        is_sure: whether it was made just once.
        label: the name that first stood for it, which the statement ``item`` gave it.
    """

    call: ast.Call | None = None
    base: str | None = None
    inner: Value | None = None
    path: str = ""
    name: str | None = None
    user: ast.Call | None = None
    is_sure: bool = True
    label: str = ""
    item: Item | None = None


@dataclass(eq=False)
class Optimizer(Value):
    """An optimizer; ``rate`` is the expression of a learning rate that is known only in a run, from ``reads``."""

    rate: ast.expr | None = None
    reads: frozenset[Item] = frozenset()
    placeholders: frozenset[Placeholder] = frozenset()


@dataclass(eq=False)
class Count(Tensor):
    """What a metric has counted so far, or, if it ``is_update``, with a batch more; ``call`` made the metric."""

    call: ast.Call | None = None
    is_update: bool = False


@dataclass(eq=False)
class Operation(Tensor):
    """An op that is run for what it does and has no value."""


@dataclass(eq=False)
class Initializer(Operation):
    """The op that gives the variables their initial values, which TensorFlow 2 does when it creates them."""


@dataclass(eq=False)
class TrainOp(Operation):
    """The op that ``minimize`` or ``apply_gradients`` returned."""


@dataclass(eq=False)
class Updates(Operation):
    """The ops that move the averages of layers, which these do themselves when they are called."""


@dataclass(eq=False)
class Session(Value):
    """A session."""


@dataclass(eq=False)
class Graph(Value):
    """A graph."""


@dataclass(eq=False)
class Settings(Value):
    """Settings of sessions and devices, such as a ``tf.ConfigProto``."""


@dataclass(eq=False)
class Default:
    """An argument that a scope gives to calls: its expression, what that stands for, and what the names in it do."""

    node: ast.expr
    value: Value
    names: Mapping[str, Bound | None]


@dataclass(eq=False)
class Scoping(Value):
    """A context whose ``with`` statement is only about names, such as a variable scope, or about places.

    Attributes:
        name: its name within the scope around it.
        is_variable_scope: whether it is one of variables.
        reuse: whether variables are shared inside.
        is_known: whether the name is.
        is_numbered: whether the name gets a number if it is taken.
        defaults: the arguments that it gives to functions, by the names of these.
        is_only: whether the arguments that other scopes give do not hold inside.
        whole: all arguments that are given inside, once it has been entered.
        path: what the names of variables begin with inside, once it has been entered.
        is_again: whether it is entered by its object once more, wherever that is.
    """

    name: str | None = None
    is_variable_scope: bool = False
    reuse: bool | None = None
    is_known: bool = True
    is_numbered: bool = False
    defaults: Mapping[str, Mapping[str, Default]] = field(default_factory=dict)
    is_only: bool = False
    whole: Mapping[str, Mapping[str, Default]] = field(default_factory=dict)
    path: str | None = None
    is_again: bool = False


@dataclass(eq=False)
class Saver(Value):
    """A saver, and the call that made it."""

    node: ast.Call | None = None


@dataclass(eq=False)
class Writer(Value):
    """A writer of summaries."""


@dataclass(eq=False)
class Summary(Tensor):
    """A summary, or several that have been merged: the calls that make them, and the statements that do."""

    made: frozenset[tuple[ast.Call, Item]] = frozenset()

    @property
    def calls(self) -> frozenset[ast.Call]:
        """The calls that make them."""
        return frozenset(call for call, _ in self.made)


@dataclass(eq=False)
class Function(Value):
    """A function of the program; a method knows its object."""

    node: ast.FunctionDef | ast.Lambda | None = None
    scope: Scope | None = None
    instance: Instance | None = None


@dataclass(eq=False)
class Class(Value):
    """A class of the program that builds a part of a graph; ``bases`` are those of the program."""

    node: ast.ClassDef | None = None
    scope: Scope | None = None
    bases: tuple[Class, ...] = ()

    @property
    def mro(self) -> tuple[Class, ...]:
        """The classes in which Python looks for a method, one after the other."""
        return (self, *(each for base in self.bases for each in base.mro))


@dataclass(eq=False)
class Instance(Value):
    """An object of such a class, and what its attributes stand for."""

    of: Class | None = None
    attributes: dict[str, Bound] = field(default_factory=dict)


@dataclass(eq=False)
class Super(Value):
    """An object as its classes behind some class see it: ``super()``."""

    instance: Instance | None = None
    mro: tuple[Class, ...] = ()


@dataclass(eq=False)
class Unknown(Value):
    """Something that is not followed."""


@dataclass(eq=False)
class Bound:
    """What a name stands for, and the statements that made it so."""

    value: Value
    items: frozenset[Item] = frozenset()


def literal(value: Value | None, node: ast.expr) -> object:
    """Returns the literal value of an expression, or ``...``."""
    if isinstance(value, Host) and value.literal is not ...:
        return value.literal
    try:
        return ast.literal_eval(node)
    except (ValueError, TypeError, SyntaxError):
        return ...


def flat(value: Value) -> Iterator[Value]:
    """Yields a value, or the elements of nested lists, tuples and dicts."""
    if isinstance(value, Elements):
        for element in value.elements:
            yield from flat(element)
    elif isinstance(value, Entries):
        for element in value.entries.values():
            yield from flat(element)
    elif isinstance(value, Many):
        yield from flat(value.element)
    else:
        yield value


def latest(values: Iterable[Value]) -> Stage:
    """Returns the stage of what is computed from values; what is computed from a variable is ``EITHER``."""
    return max(map(stage_from, values), default=Stage.FIXED)


def stage_from(value: Value) -> Stage:
    """Returns the stage of what is computed from a value."""
    if isinstance(value, (Elements, Entries, Many)):
        return max([value.stage, *map(stage_from, flat(value))])
    return max(value.stage, Stage.EITHER) if isinstance(value, (Variable, Layer)) else value.stage


def is_graph(value: Value) -> bool:
    """Says whether a value is a tensor or a variable, or holds one."""
    return any(isinstance(each, (Tensor, Variable)) for each in flat(value))


def joined(first: Value, second: Value) -> Value:
    """Returns what a name stands for that is one of two values."""
    if first is second:
        return first
    result = _joined(first, second)
    if isinstance(result, (Tensor, Variable)):
        result.sizes = sizes.same([shape(first), shape(second)])
    return result


def shape(value: Value) -> Shape:
    """Returns the static shape of a tensor or variable, or None."""
    return value.sizes if isinstance(value, (Tensor, Variable)) else None


def _joined(first: Value, second: Value) -> Value:
    stage = max(first.stage, second.stage)
    if isinstance(first, Dimension) and isinstance(second, Dimension) and first.size != second.size:
        return Dimension(stage)
    if isinstance(first, Host) and isinstance(second, Host):
        same = first.literal is second.literal or first.literal == second.literal
        return replace(first, stage=stage) if same else Host(stage)
    if isinstance(first, StaticShape) and isinstance(second, StaticShape):
        return (
            StaticShape(stage, tuple(map(joined, first.elements, second.elements)))
            if len(first.elements) == len(second.elements)
            else Unknown(stage)
        )
    if isinstance(first, Elements) and isinstance(second, Elements) and len(first.elements) == len(second.elements):
        return Elements(stage, tuple(map(joined, first.elements, second.elements)))
    if isinstance(first, Entries) and isinstance(second, Entries) and _is_alike(first, second):
        return _joined_entries(first, second, stage)
    if isinstance(first, (Many, Elements)) and isinstance(second, (Many, Elements)):
        return Many(stage, any_of([*_members(first), *_members(second)]))
    if isinstance(first, Summary) and isinstance(second, Summary):
        return replace(first, stage=stage, made=first.made | second.made)
    if isinstance(first, Placeholder) and isinstance(second, Placeholder):
        return Tensor(stage)
    if isinstance(first, Initializer) and type(first) is not Initializer:
        # Which iterator it starts, and with what, is not known any more.
        return Unknown(stage)
    if isinstance(first, Cell) and isinstance(second, Cell):
        return Cell(stage)
    if type(first) is type(second):
        if isinstance(first, Tensor) and isinstance(second, Tensor) and first.item is not second.item:
            return replace(first, stage=stage, label="", item=None)
        return replace(first, stage=stage)
    if isinstance(first, Tensor) and isinstance(second, Tensor):
        return Tensor(stage)
    return Unknown(latest([first, second]))


def _is_alike(first: Entries, second: Entries) -> bool:
    """Says whether two dicts have the same keys, or what they have is fed."""
    differing = set(first.entries) ^ set(second.entries)
    return all(isinstance(key, Value) for key in differing)


def _joined_entries(first: Entries, second: Entries, stage: Stage) -> Entries:
    differing = set(first.entries) ^ set(second.entries)
    entries = {**first.entries, **second.entries}
    entries |= {key: joined(value, second.entries[key]) for key, value in first.entries.items() if key not in differing}
    return Entries(stage, entries, first.node, first.optional | second.optional | differing)


def _members(value: Many | Elements) -> tuple[Value, ...]:
    return value.elements if isinstance(value, Elements) else (value.element,)


def any_of(values: Iterable[Value]) -> Value:
    """Returns what stands for each of some values."""
    result: Value | None = None
    for value in values:
        result = value if result is None else joined(result, value)
    return result or Host()
