"""The statements of a program, and what they hang on."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from tf1graphs.migrate.facts import syntax
from tf1graphs.migrate.facts.scopes import Scope
from tf1graphs.migrate.facts.values import Optimizer, Placeholder, Stage, Value, VariableList


@dataclass(eq=False)
class Owner:
    """A module, function or class whose statements build a graph or run it.

    Attributes:
        node: the module, function or class.
        scope: its names.
        parent: the owner in which the function is defined, or None.
        bases: the classes of the program from which a class inherits: their methods are its own.
    """

    node: ast.Module | ast.FunctionDef | ast.ClassDef
    scope: Scope
    parent: Owner | None = None
    bases: tuple[ast.ClassDef, ...] = ()

    @property
    def nodes(self) -> tuple[ast.AST, ...]:
        """The module or function, or the class and those from which it inherits."""
        return (self.node, *self.bases)

    @property
    def methods(self) -> list[ast.FunctionDef]:
        """The methods that its objects have or call by ``super``, if it is a class; static ones are functions."""
        found = [method for node in self.nodes if isinstance(node, ast.ClassDef) for method in syntax.methods(node)]
        return [method for method in found if not syntax.is_decorated(method, "staticmethod")]

    @property
    def is_class(self) -> bool:
        """Whether it is a class: its functions are methods."""
        return isinstance(self.node, ast.ClassDef)

    @property
    def depth(self) -> int:
        """How many owners are around it."""
        return self.parent.depth + 1 if self.parent else 0

    def is_around(self, other: Owner | None) -> bool:
        """Says whether another is this one or stands in it."""
        return other is self or (other is not None and self.is_around(other.parent))


@dataclass(eq=False)
class Frame:
    """A call of a function of the program, within a statement of an owner.

    Attributes:
        call: the call; None if the program does not call the function itself.
        function: the function.
        scope: its names.
    """

    call: ast.Call | None
    function: ast.FunctionDef | ast.Lambda
    scope: Scope


@dataclass(eq=False)
class Item:
    """A statement of an owner.

    Attributes:
        node: the statement.
        owner: the module or function to which it belongs.
        order: its place among all statements.
        around: the compound statements around it within its owner, from the outside.
        stage: when what it computes is known.
        reads: the statements whose results it uses.
        outer: the names from outside of it that are known when the graph is built, with their scopes.
        defines: the names that it gives a value, or changes the value of.
        is_initial: whether a variable starts with what it computes.
        assigns: whether it changes a variable, each time it is run.
        grows: whether it adds to what it has itself computed in the round of a loop before.
        is_local: whether it is a statement of a function that is interpreted as a part of those that call it.
        creates: the calls in it that create variables, or objects that have some.
        calls: the calls that made the recurrent cells which it calls.
        placeholders: the placeholders that it reads.
        trains: the calls in it that compute or apply gradients, with their optimizers.
        summaries: the calls in it that make summaries.
        helped: those in functions of the program that it calls.
        is_merge: whether all it does is to gather the summaries or updates of other statements.
        updates: the statements that call the layers whose updates it runs.
        listed: the lists that it reads of variables which layers have once they have been called.
        measures: the static shapes that it asks for, and what it would hang on if they were not known.
    """

    node: ast.stmt
    owner: Owner
    order: int
    around: tuple[ast.stmt, ...] = ()
    stage: Stage = Stage.FIXED
    reads: set[Item] = field(default_factory=set)
    outer: dict[str, Scope] = field(default_factory=dict)
    defines: set[str] = field(default_factory=set)
    is_initial: bool = False
    assigns: bool = False
    grows: bool = False
    is_local: bool = False
    creates: set[ast.Call] = field(default_factory=set)
    calls: set[ast.Call] = field(default_factory=set)
    placeholders: set[Placeholder] = field(default_factory=set)
    trains: dict[ast.Call, Optimizer] = field(default_factory=dict)
    summaries: set[ast.Call] = field(default_factory=set)
    helped: set[ast.Call] = field(default_factory=set)
    is_merge: bool = False
    updates: set[Item] = field(default_factory=set)
    listed: set[VariableList] = field(default_factory=set)
    measures: dict[ast.expr, Item] = field(default_factory=dict)


def is_later(item: Item) -> bool:
    """Says whether a statement belongs into a function, rather than where it stands."""
    return item.stage > (Stage.EITHER if item.is_initial else Stage.FIXED)


def closure(items: Iterable[Item], cut: Iterable[Item] = ()) -> Iterator[Item]:
    """Yields statements and all on which they hang, but for some and what only these hang on."""
    waiting, seen = list(items), set(cut)
    while waiting:
        item = waiting.pop()
        if item not in seen:
            seen.add(item)
            yield item
            waiting += item.reads


@dataclass(eq=False)
class Fetch:
    """A tensor or op that a session is asked for, or a collection of them.

    Attributes:
        node: its expression.
        value: what it stands for.
        reads: the statements that compute it.
        outer: the names that the expression reads, with their scopes.
        placeholders: the placeholders that it reads.
        is_own: whether it reads a value of Python that only the function has in which it stands.
        assigns: whether the expression itself makes an op that changes a variable.
        is_at_once: whether that is all it does, with a value that Python knows.
    """

    node: ast.expr
    value: Value
    reads: set[Item]
    outer: dict[str, Scope]
    placeholders: set[Placeholder]
    is_own: bool = False
    assigns: bool = False
    is_at_once: bool = False


@dataclass(eq=False)
class Site:
    """A place where a session runs something.

    Attributes:
        node: the call.
        fetches: the expression of all that is fetched.
        fetched: the elements of a list or tuple of fetches, or the only fetch.
        feeds: the expression of what each fed placeholder gets; None where it stands in another place.
        feed: the expression of the dict that is fed, or None.
        optional: what is fed at some times and not at others.
        item: the statement in which the call stands.
        owner: the module or function in which the call stands.
        scope: the names where the call stands.
    """

    node: ast.Call
    fetches: ast.expr
    fetched: list[Fetch]
    feeds: dict[Placeholder, ast.expr | None]
    feed: ast.expr | None
    item: Item
    owner: Owner
    scope: Scope
    optional: set[Placeholder] = field(default_factory=set)

    def is_over(self, item: Item) -> bool:
        """Says whether the place is never reached after a statement."""
        loops = [each for each in self.item.around if isinstance(each, (ast.For, ast.While))]
        # The methods of a class are called in any order.
        is_before = self.owner is item.owner and not self.owner.is_class and self.item.order < item.order
        return is_before and not any(each in item.around for each in loops)
