"""What savers save: the variables that are made before them, by the names that TensorFlow 1.15 gave those."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tf1graphs.migrate.facts import objects
from tf1graphs.migrate.facts.losses import Gathered
from tf1graphs.migrate.facts.moving import Moving
from tf1graphs.migrate.facts.names import LAYERS, Names
from tf1graphs.migrate.facts.values import (
    Cell,
    Elements,
    Entries,
    Graph,
    Held,
    Host,
    Instance,
    Layer,
    Many,
    Optimizer,
    Saver,
    Stage,
    Symbol,
    Value,
    Variable,
)

if TYPE_CHECKING:
    from tf1graphs.migrate.facts.expressions import Expressions
    from tf1graphs.migrate.facts.items import Item, Owner
    from tf1graphs.migrate.facts.scopes import Scope

_ALL = frozenset({"tf.global_variables", "tf.all_variables"})
_TRAINABLE = frozenset({"tf.trainable_variables"})
_GLOBAL_STEP = "global_step"
_STEPS = frozenset(
    f"tf.{module}.{function}_global_step"
    for module in ("train", "contrib.framework")
    for function in ("create", "get_or_create")
)
# What makes variables whose names are not followed.
_MAKERS = re.compile(
    r"tf\.(keras\.(layers|models|Model|Sequential|Input)|train\.ExponentialMovingAverage|contrib\.(?!framework\.|opt\."
    r"|data\.|training\.|.*(arg_scope|initializer|regulari[sz]\w+|flatten|dropout|pool2d|one_hot_encoding|summar\w+|softmax)$))"
)


@dataclass(eq=False)
class Training:
    """A call that made a train op.

    Attributes:
        call: the call of ``minimize`` or ``apply_gradients``.
        optimizer: the optimizer.
        variables: what the names of variables began with where it was made.
        ops: what the names of ops began with.
        count: how many variables and layers there were.
    """

    call: ast.Call
    optimizer: Optimizer
    variables: str
    ops: str
    count: int


@dataclass(eq=False)
class Made:
    """What a graph has got so far.

    Attributes:
        names: the calls that made variables and layers, by the names of these.
        is_sure: whether all that is made was made just once, so that the names are right.
        training: the first train op of each optimizer.
        graphs: how often a graph has been made.
        others: the variables of earlier graphs.
        moving: the moving averages whose updates are in ``UPDATE_OPS``.
        gathered: what the collections of tensors hold.
        frozen: the layers that are not trained.
        variables: those that the program itself makes, by their names.
        cells: the recurrent cells that have been called, by what the names of their variables begin with.
    """

    names: dict[str, ast.Call] = field(default_factory=dict)
    is_sure: bool = True
    training: list[Training] = field(default_factory=list)
    graphs: int = 0
    others: frozenset[Variable] = frozenset()
    moving: list[Moving] = field(default_factory=list)
    gathered: dict[str, Gathered] = field(default_factory=dict)
    frozen: set[str] = field(default_factory=set)
    variables: dict[str, Variable] = field(default_factory=dict)
    cells: dict[str, Cell] = field(default_factory=dict)

    def note(self, name: str, node: ast.Call, is_sure: bool) -> None:
        """Notes that a variable or layer is made, or got once more."""
        self.names.setdefault(name, node)
        self.is_sure = self.is_sure and is_sure


@dataclass(eq=False)
class Saved:
    """What a saver saves.

    Attributes:
        item: the statement that creates the saver.
        owner: the module or function of the statement.
        parts: what it saves, by the names of 1.15: the expression of a variable, or the call that made it or a layer.
        training: the first train op of each optimizer whose variables it saves too.
        is_trainable: whether it saves what is trained only.
        cells: the recurrent cells that it saves, by what the names of their variables begin with.
        problem: why it cannot be migrated, and what to do.
        is_named: whether the new program can name all of it where the saver stands.
    """

    item: Item
    owner: Owner
    parts: dict[str, str | ast.Call] = field(default_factory=dict)
    training: tuple[Training, ...] = ()
    is_trainable: bool = False
    cells: Mapping[str, Held] = field(default_factory=dict)
    problem: tuple[str, str] | None = None
    is_named: bool = True


def created(self: Expressions, node: ast.Call, values: Sequence[Value]) -> Value:
    """Returns what a call of ``tf.train.Saver`` stands for."""
    del values
    saved = Saved(self.item, self.owner)
    given = next((each.value for each in node.keywords if each.arg == "var_list"), node.args[0] if node.args else None)
    value = self.facts.values.get(given) if given is not None else None
    collection = _collection(self, given)
    if value is None or (isinstance(value, Host) and value.literal is None) or collection in _ALL:
        _add_all(self, saved)
        saved.training = tuple(self.made.training)
    elif collection in _TRAINABLE:
        saved.is_trainable = True
        _add_all(self, saved)
    elif isinstance(value, (Elements, Entries)):
        _add_given(self, saved, value)
    else:
        saved.problem = "which variables it saves is not known by reading", "give it a list or dict of variables"
    if not saved.parts:
        saved.problem = saved.problem or ("this file makes no variable before it", "make the variables in this file")
    objects.check(self, node, [name for name, part in saved.parts.items() if not isinstance(part, str)])
    known = self.facts.savers.setdefault(node, saved)
    if known.parts != saved.parts:
        known.problem = (
            "it is made several times, each time for other variables",
            "make each saver in a place of its own",
        )
    return Saver(node=node)


def _collection(self: Expressions, given: ast.expr | None) -> str:
    is_whole = isinstance(given, ast.Call) and not given.args and not given.keywords
    return _called(self, given) if is_whole else ""  # type: ignore[arg-type]


def _add_all(self: Expressions, saved: Saved) -> None:
    saved.problem = unsure(self) or unnamed(self)
    saved.cells = held(self)
    reachable = reachable_variables(self)
    for name, node in self.made.names.items():
        if name not in reachable:
            saved.parts[name] = node
        elif reachable[name][1].is_trainable or not saved.is_trainable:
            saved.parts[name] = reachable[name][0]
    if _GLOBAL_STEP in reachable and not saved.is_trainable:
        saved.parts[_GLOBAL_STEP] = reachable[_GLOBAL_STEP][0]
    elif any(getattr(each, "name", None) in _STEPS for each in self.facts.values.values()):
        saved.problem = saved.problem or ("the global step cannot be named here", "bind it to a name")


def _add_given(self: Expressions, saved: Saved, value: Elements | Entries) -> None:
    saved.problem = unsure(self)
    reachable = {id(variable): text for text, variable in reachable_variables(self).values()}
    variables = value.entries.items() if isinstance(value, Entries) else [("", each) for each in value.elements]
    for name, variable in variables:
        text = reachable.get(id(variable))
        name = name or getattr(variable, "name", None)
        if text is None or not isinstance(name, str):
            saved.problem = "which variables it saves is not known by reading", "bind each variable to a name"
        else:
            saved.parts[name] = text


def unsure(self: Expressions) -> tuple[str, str] | None:
    """Returns a problem if what has been made may have other names."""
    if not self.made.is_sure:
        return "variables made in a loop, a branch or a second graph have no sure names", "make them before"
    return None


def unnamed(self: Expressions) -> tuple[str, str] | None:
    """Returns a problem if there may be variables whose names are not followed."""
    for node, value in self.facts.values.items():
        if isinstance(node, ast.Call) and (isinstance(value, Layer) or _MAKERS.match(_called(self, node))):
            maker = self.source.segment(node.func)
            is_named = isinstance(value, Cell) and value.base is not None
            if not is_named and _called(self, node) not in LAYERS:
                return f"the old names of the variables of {maker} are not known", "save the other variables only"
    return None


def _called(self: Expressions, node: ast.Call) -> str:
    """Returns the symbol of TensorFlow that is called, or an empty string."""
    function = self.facts.values.get(node.func)
    return function.name if isinstance(function, Symbol) else ""


def reachable_variables(self: Expressions) -> dict[str, tuple[str, Variable]]:
    """Returns the variables of the graph that names lead to, with their expressions, by what 1.15 calls them."""
    found: dict[str, tuple[str, Variable]] = {}
    for text, variable in _bound(self.scope):
        if isinstance(variable, Variable) and variable.name is not None and variable not in self.made.others:
            found.setdefault(variable.name, (text, variable))
    return found


def held(self: Expressions) -> dict[str, Held]:
    """Returns the recurrent cells that have been called, with the expressions that lead to them, if names do."""
    texts: dict[int, str] = {}
    for text, cell in _bound(self.scope):
        texts.setdefault(id(cell), text)
    return {name: (cell, texts.get(id(cell))) for name, cell in self.made.cells.items()}


def _bound(scope: Scope) -> Iterator[tuple[str, Variable | Cell]]:
    """Yields each variable and recurrent cell that a name leads to, with the expression."""
    seen: set[str] = set()
    around: Scope | None = scope
    while around is not None:
        for name, bound in around.bound.items():
            if name not in seen:
                yield from parts(name, bound.value)
        seen |= set(around.bound)
        around = around.parent


def parts(text: str, value: Value) -> Iterator[tuple[str, Variable | Cell]]:
    """Yields each variable and recurrent cell that a value holds, with its expression."""
    if isinstance(value, Variable):
        yield text, value
    elif isinstance(value, Cell):
        yield from _cells(text, value)
    elif isinstance(value, Elements):
        for number, each in enumerate(value.elements):
            yield from parts(f"{text}[{number}]", each)
    elif isinstance(value, Instance):
        for name, bound in value.attributes.items():
            yield from parts(f"{text}.{name}", bound.value)
    elif isinstance(value, Entries):
        is_dict = isinstance(value.node, ast.Dict) or (
            isinstance(value.node, ast.Call) and isinstance(value.node.func, ast.Name) and value.node.func.id == "dict"
        )
        for key, each in value.entries.items():
            if isinstance(key, (str, int)):
                inner = f'"{key}"' if isinstance(key, str) else f"{key}"
                yield from parts(f"{text}[{inner}]" if is_dict else f"{text}.{key}", each)


def _cells(text: str, cell: Cell) -> Iterator[tuple[str, Variable | Cell]]:
    """Yields the cells that have variables in one that is there when the graph is built."""
    if cell.stage is not Stage.FIXED:
        return
    if cell.inner is None:
        yield f"{text}{cell.path}", cell
    elif isinstance(cell.inner, Many):
        yield from parts(f"{text}{cell.path}[0]", cell.inner.element)
    else:
        yield from parts(f"{text}{cell.path}", cell.inner)


def reset(self: Expressions, node: ast.Call, values: Sequence[Value]) -> Value:
    """Notes that a graph begins without variables."""
    del node, values
    self.names = Names()
    self.made = Made(others=self.made.others | {each for _, each in _bound(self.scope) if isinstance(each, Variable)})
    self.collected = {}
    return Host()


def trained(self: Expressions, node: ast.Call, optimizer: Optimizer) -> None:
    """Notes that an optimizer makes its first train op, and its variables."""
    if all(each.optimizer is not optimizer for each in self.made.training):
        self.made.training.append(Training(node, optimizer, *self.names.prefixes, len(self.made.names)))


def graph(self: Expressions, node: ast.Call, values: Sequence[Value]) -> Value:
    """Returns what a call of ``tf.Graph`` stands for; a second graph makes it unsure in which one things are made."""
    del node, values
    self.made.graphs += 1
    self.made.is_sure = self.made.is_sure and self.made.graphs == 1 and not self.made.names
    created = Graph()
    self.graphs[created] = Names(), {}
    return created
