"""What is known while a program is gone through, and the names that it binds."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager

from tf1graphs.migrate.facts import syntax
from tf1graphs.migrate.facts.items import Frame, Item, Owner, is_later
from tf1graphs.migrate.facts.names import Names
from tf1graphs.migrate.facts.program import Facts
from tf1graphs.migrate.facts.savers import Made
from tf1graphs.migrate.facts.scopes import Scope
from tf1graphs.migrate.facts.trace import Trace
from tf1graphs.migrate.facts.values import (
    Bound,
    Cell,
    Class,
    Default,
    Function,
    Graph,
    Instance,
    Stage,
    Tensor,
    Value,
    Variable,
    latest,
)
from tf1graphs.migrate.refusals import Refusal
from tf1graphs.migrate.source import Source


class State:
    """Holds what the interpreter of one file knows at a point of it, and binds names there.

    Attributes:
        trace: what a run of the program has shown.
        fed: the statements that compute what some runs feed.
        facts: what has been found.
        scope: the names of the function that is interpreted.
        item: the statement that is interpreted.
        whole: the statement of an owner that is interpreted, of which the present one may be a part.
        owner: whose statement that is.
        around: the compound statements around it.
        names: the names that TensorFlow 1.15 gives.
        functions: every function that has been defined.
        classes: every class that builds a part of a graph.
        instances: the objects of those classes.
        called: the functions that have been interpreted.
        returned: what the present function has returned so far.
        is_initial: whether a variable starts with what is evaluated.
        is_repeated: whether a part of the program is interpreted that runs any number of times.
        is_mapping: whether a function is interpreted that a dataset applies to its elements.
        made: the variables, layers and train ops of the present graph.
        defaults: the arguments that the open scopes give to functions.
        graph_seed: the argument of the last ``tf.set_random_seed``.
        passed: the statements of the present call that have been interpreted, and their stages in it.
        is_asking: whether what is evaluated is fetched or fed, rather than a part of the graph.
        created: the names of the variables and layers that the present call has made or shared.
        rounds: what calls have made or shared in the rounds of the present loop.
        controls: what the control dependencies of each ``with`` statement hang on.
        frames: the calls of functions within the present statement of an owner, from the outside.
        collected: the calls that make the summaries of each collection, and their statements.
        path: the expressions that are evaluated, from the outside.
        asking: the expressions around static shapes.
        told: the sizes that the present call of a function has read from static shapes.
        ran: the classes whose objects have called a method.
        building: the methods that have a part of a graph.
        made_for: the object for which each variable or layer was made, by its name in 1.15.
        graphs: the names and collections of the graphs that the program creates.
    """

    owner: Owner
    item: Item
    whole: Item

    def __init__(self, source: Source, trace: Trace, fed: frozenset[ast.stmt] = frozenset()) -> None:
        self.source = source
        self.fed = fed
        self.trace = trace
        self.facts = Facts(source)
        self.scope = Scope()
        self.item = self.whole = None  # type: ignore[assignment]
        self.around: list[ast.stmt] = []
        self.names = Names()
        self.functions: list[Function] = []
        self.classes: list[Class] = []
        self.instances: list[Instance] = []
        self.called: set[ast.AST] = set()
        self.ran: defaultdict[ast.AST | None, set[Class]] = defaultdict(set)
        self.building: set[ast.FunctionDef] = set()
        self.calling: list[Function] = []
        self.returned: list[Value] = []
        self.is_initial = False
        self.is_repeated = False
        self.is_mapping = False
        self.created: list[str] = []
        self.rounds: list[tuple[ast.Call, tuple[str, ...]]] = []
        self.made = Made()
        self.passed: list[tuple[Item, Stage]] = []
        self.is_asking = False
        self.graph_seed: ast.expr | None = None
        self.defaults: Mapping[str, Mapping[str, Default]] = {}
        self.controls: dict[ast.stmt, set[Item]] = {}
        self.frames: list[Frame] = []
        self.collected: dict[str, frozenset[tuple[ast.Call, Item]]] = {}
        self.path: list[ast.expr] = []
        self.asking: set[ast.expr] = set()
        self.told: dict[ast.expr, object] = {}
        self.made_for: dict[str, Instance] = {}
        self.graphs: dict[Graph, tuple[Names, dict[str, frozenset[tuple[ast.Call, Item]]]]] = {}

    # Implemented for expressions and statements.

    def evaluate(self, node: ast.expr) -> Value:
        """Returns what an expression stands for, and adds what it reads to the present item."""
        raise NotImplementedError

    def apart(self, node: ast.expr) -> Value:
        """Returns what an expression stands for that the new program does not read."""
        raise NotImplementedError

    def run(self, body: Sequence[ast.stmt]) -> None:
        """Interprets the statements of a block within one item."""
        raise NotImplementedError

    def run_flat(self, body: Sequence[ast.stmt]) -> None:
        """Interprets the statements of an owner's block."""
        raise NotImplementedError

    def as_owner(
        self, node: ast.FunctionDef | ast.ClassDef, bases: tuple[ast.ClassDef, ...] = ()
    ) -> AbstractContextManager[None]:
        """Interprets the statements of a function as items of their own."""
        raise NotImplementedError

    def assign(self, target: ast.expr, value: Value, place: ast.AST) -> None:
        """Makes a target stand for a value."""
        raise NotImplementedError

    # Refusals and names.

    def refuse(self, node: ast.AST, construct: str, reason: str, remedy: str) -> None:
        """Notes that something keeps the program from being migrated."""
        line = getattr(node, "lineno", 1)
        self.facts.refusals.add(Refusal(line, construct, reason, remedy))

    def bind(self, name: str, value: Value, place: ast.AST) -> None:
        """Makes a name stand for a value that the present item computes."""
        self._defer(value)
        if isinstance(value, (Tensor, Variable, Cell)) and not value.label and not self.item.is_local:
            value.label, value.item = name, self.item
        if is_later(self.item) and name in self.scope.bound:
            for item in self.scope.bound[name].items & self.item.reads:
                # A number to which a part of the graph is added begins where that is computed.
                item.stage = Stage.LATER if syntax.is_literal(item.node) else item.stage
        self.scope.bind(name, Bound(value, frozenset([self.item])), place)
        if self.scope is self.owner.scope or name in self.scope.globals:
            self.item.defines.add(name)

    def _defer(self, value: Value) -> None:
        """Leaves what some runs feed to those that compute it."""
        if self.item.node in self.fed and isinstance(value, Tensor):
            value.stage = max(value.stage, Stage.EITHER)
            self.item.stage = max(self.item.stage, Stage.EITHER)

    def bind_attribute(self, instance: Instance, name: str, value: Value) -> None:
        """Makes an attribute of an object stand for a value that the present item computes."""
        self._defer(value)
        if isinstance(value, (Tensor, Variable)) and not value.label and not self.item.is_local:
            value.label, value.item = name, self.item
        instance.attributes[name] = Bound(value, frozenset([self.item]))
        self.item.defines.add(name)

    def change(self, name: str, value: Value, place: ast.AST) -> None:
        """Makes a name stand for its object as the present item has changed it."""
        found = self.scope.find(name)
        if found is None:
            return
        old, scope = found
        scope.bound[name] = self._changed(old, value)
        scope.places[name].add(place)
        if scope is self.owner.scope:
            self.item.defines.add(name)

    def change_attribute(self, instance: Instance, name: str, value: Value) -> None:
        """Makes an attribute of an object stand for its list as the present item has changed it."""
        if name in instance.attributes:
            instance.attributes[name] = self._changed(instance.attributes[name], value)
            self.item.defines.add(name)

    def _changed(self, old: Bound, value: Value) -> Bound:
        if latest([value]) is Stage.LATER:
            for item in old.items:
                # A list into which tensors are put begins where they are computed.
                if isinstance(item.node, ast.Assign) and (
                    isinstance(item.node.value, (ast.List, ast.Dict)) or item.measures
                ):
                    item.stage = Stage.LATER
        return Bound(value, old.items | {self.item})
