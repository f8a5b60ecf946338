"""All that is found out about a program."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from tf1graphs.migrate.facts import putting, syntax
from tf1graphs.migrate.facts.items import Item, Owner, Site
from tf1graphs.migrate.facts.losses import Taken
from tf1graphs.migrate.facts.moving import Moving
from tf1graphs.migrate.facts.operations import Named
from tf1graphs.migrate.facts.savers import Saved
from tf1graphs.migrate.facts.values import (
    Bound,
    Fed,
    Host,
    Placeholder,
    Stage,
    Tensor,
    Value,
    Variable,
    VariableList,
    joined,
    stage_from,
)
from tf1graphs.migrate.refusals import Refusal
from tf1graphs.migrate.source import Source


@dataclass(frozen=True)
class Step:
    """A call of a function of the program; ``literals`` are its parameters that are strings, and these."""

    call: ast.Call
    function: ast.FunctionDef
    literals: frozenset[tuple[str, str]]


@dataclass(frozen=True)
class Tag:
    """The tag of a summary.

    Attributes:
        name: the name that the program gave it; None if that or the tag is not known.
        text: the tag.
        path: the calls of functions of the program within which it is made, from the outside.
    """

    name: str | None
    text: str
    path: tuple[Step, ...] = ()


@dataclass(frozen=True)
class Normalizing:
    """The function that a layer calls on its result, as the old program names it.

    Attributes:
        name: its symbol.
        arguments: the expressions of what it is given apart from the result.
        scope: what the names of its variables begin with, within those of the layer.
    """

    name: str
    arguments: dict[str, ast.expr]
    scope: str


@dataclass(eq=False)
class Facts:
    """What is established about a program.

    Attributes:
        source: its source.
        tf: how it spells TensorFlow.
        values: what each expression stands for; in a function that is called several times, in its last call.
        literals: the same of values of Python; one that differs from call to call or round to round is not known.
        stages: when each expression is known, the latest of all calls of its function.
        items: the statements of modules and of the functions that build or run graphs.
        owners: those modules and functions.
        sites: the places where a session runs something.
        graph_names: the name that 1.15 gives what a call creates; None if it gives several.
        graphs: the graph in which a call first creates something.
        made_by: the names in 1.15 of the variables or layers that a call has made, in their order.
        sharing: the calls that make or get one thing in several rounds of a loop, and whether it is one in all rounds.
        created: the call of ``get_variable`` that first gives each name.
        shared: the calls of ``get_variable`` that give a variable made by another, and its expression, if it has one.
        locals: the statements of the other functions of the program.
        creating: the functions that create variables and return what hangs on them.
        instances: the names of the variables that each call of such a function creates or shares.
        helpers: the methods that only compute something from tensors that they are given.
        graph_seeds: the seed of the graph at each call of TensorFlow, or None.
        bound_by: the statements that gave a name the value that it is read for.
        parameters: what each parameter of a function stands for in its calls.
        tags: for each time that a call makes a summary, its tag and where.
        savers: what each saver saves.
        selections: the lists of variables that a call or comprehension takes from a collection.
        named: the variables whose names an expression tells.
        taken: what is taken from collections of tensors.
        naming: the statements that give what they put into a collection a name, and that expression.
        given: the arguments that scopes give to each call.
        normalizers: the normalizers of layers: function, arguments, and scope of the names of the variables.
        moving: the moving averages whose updates are in ``UPDATE_OPS``.
        again: the calls that make recurrent cells which share the variables of one that they have made before.
        outside: the names of tensors that each function reads from outside of it.
        entered: the branches into which the program goes, by their first statements.
        passed_by: those that it does not enter for what is known, with parts of the graph in them.
        queries: the expressions around each static shape that ask more of it, from the inside.
        told: the one of them that is known by reading.
        sizes: what those are, ``...`` where it differs.
        sizes_in: the same for each call of a function.
        static: the sizes that are written as numbers.
        varying: those that differ from call to call of a function that creates variables.
        fed: what takes the place of each tensor or variable that is fed, by its statement and name.
        spelled: the texts of expressions that stand at a call for what others do elsewhere.
        frozen: the names in 1.15 of the layers that are not trained.
        metrics: the calls that make metrics.
        unread: the arguments that say into which collections variables are put.
        operations: what has a name in the graph that is known; None where several have it.
        trained: what stands for the list of all that a call trains, beside layers that are not trained.
        opened: the places that read lists of variables behind which those of optimizers may come.
        recursive: the functions that call themselves, by others or not.
        inherited: the methods with a part of a graph that objects of several classes have, and these classes.
        asked: the names given by statements and to functions whose dtypes are being looked for.
        refusals: what keeps the program from being migrated.
    """

    source: Source
    tf: str = "tf"
    values: dict[ast.AST, Value] = field(default_factory=dict)
    literals: dict[ast.AST, Value] = field(default_factory=dict)
    stages: dict[ast.AST, Stage] = field(default_factory=dict)
    items: dict[ast.stmt, Item] = field(default_factory=dict)
    owners: list[Owner] = field(default_factory=list)
    sites: dict[ast.Call, Site] = field(default_factory=dict)
    graph_names: dict[ast.Call, str | None] = field(default_factory=dict)
    graphs: dict[ast.Call, object] = field(default_factory=dict)
    made_by: defaultdict[ast.Call, list[str]] = field(default_factory=lambda: defaultdict(list))
    sharing: dict[ast.Call, bool] = field(default_factory=dict)
    created: dict[str, ast.Call] = field(default_factory=dict)
    shared: dict[ast.Call, str | None] = field(default_factory=dict)
    builders: dict[ast.FunctionDef, bool] = field(default_factory=dict)
    locals: dict[ast.stmt, Item] = field(default_factory=dict)
    creating: dict[ast.FunctionDef, Value] = field(default_factory=dict)
    instances: dict[ast.Call, tuple[str, ...]] = field(default_factory=dict)
    helpers: set[ast.FunctionDef] = field(default_factory=set)
    graph_seeds: dict[ast.Call, ast.expr | None] = field(default_factory=dict)
    bound_by: dict[ast.Name, frozenset[Item]] = field(default_factory=dict)
    parameters: dict[tuple[ast.AST, str], Value] = field(default_factory=dict)
    tags: dict[ast.Call, list[Tag]] = field(default_factory=dict)
    savers: dict[ast.Call, Saved] = field(default_factory=dict)
    selections: dict[ast.expr, VariableList] = field(default_factory=dict)
    named: defaultdict[ast.expr, set[Variable]] = field(default_factory=lambda: defaultdict(set))
    given: dict[ast.Call, dict[str, ast.expr]] = field(default_factory=dict)
    normalizers: dict[ast.Call, Normalizing] = field(default_factory=dict)
    taken: dict[ast.expr, Taken] = field(default_factory=dict)
    naming: dict[ast.stmt, tuple[str, ast.expr]] = field(default_factory=dict)
    moving: list[Moving] = field(default_factory=list)
    again: set[ast.Call] = field(default_factory=set)
    outside: defaultdict[ast.AST, set[str]] = field(default_factory=lambda: defaultdict(set))
    entered: set[ast.stmt] = field(default_factory=set)
    passed_by: list[tuple[ast.If, list[ast.stmt]]] = field(default_factory=list)
    queries: dict[ast.expr, tuple[ast.expr, ...]] = field(default_factory=dict)
    told: dict[ast.expr, ast.expr] = field(default_factory=dict)
    sizes: dict[ast.expr, object] = field(default_factory=dict)
    sizes_in: dict[ast.Call, dict[ast.expr, object]] = field(default_factory=dict)
    static: dict[ast.expr, object] = field(default_factory=dict)
    varying: dict[ast.FunctionDef, list[ast.expr]] = field(default_factory=dict)
    fed: dict[tuple[Item | None, str], Fed] = field(default_factory=dict)
    spelled: dict[ast.expr, str] = field(default_factory=dict)
    frozen: set[str] = field(default_factory=set)
    metrics: set[ast.Call] = field(default_factory=set)
    unread: set[ast.expr] = field(default_factory=set)
    operations: dict[str, Named | None] = field(default_factory=dict)
    trained: dict[ast.Call, ast.expr] = field(default_factory=dict)
    opened: set[ast.expr] = field(default_factory=set)
    recursive: set[ast.AST] = field(default_factory=set)
    inherited: dict[ast.FunctionDef, list[ast.ClassDef]] = field(default_factory=dict)
    asked: set[tuple[ast.AST, str]] = field(default_factory=set)
    refusals: set[Refusal] = field(default_factory=set)

    @cached_property
    def putting(self) -> frozenset[str]:
        """The names that are read for nothing but the collections of variables."""
        return putting.names(self.source.nodes)

    @cached_property
    def runs_sessions(self) -> bool:
        """Whether something is run that has the name of a session."""
        return any(map(syntax.is_run_of_session, self.source.nodes))

    def path(self, value: Value | None) -> str | None:
        """Returns the name in the graph of what made a tensor, if it is known."""
        named = [path for path, found in self.operations.items() if found and found.value is value]
        return named[0] if len(named) == 1 else None

    def note(self, node: ast.expr, value: Value) -> None:
        """Notes what an expression stands for."""
        self.values[node] = value
        told = value if isinstance(value, Host) else Host(value.stage)
        self.literals[node] = joined(self.literals.get(node, told), told)
        stage = stage_from(value)
        self.stages[node] = max(self.stages.get(node, stage), stage)

    def note_name(self, node: ast.Call, name: str | None) -> None:
        """Notes the name of what a call creates; a second, different one makes it unknown."""
        self.graph_names[node] = name if self.graph_names.get(node, name) == name else None

    def note_parameter(self, function: ast.AST, name: str, value: Value) -> None:
        """Notes what a parameter of a function stands for in a call."""
        known = self.parameters.get((function, name))
        self.parameters[function, name] = value if known is None else joined(known, value)

    def argument(self, value: Value | None) -> Placeholder | None:
        """Returns what becomes of a value that is fed: a placeholder, or what takes the place of a tensor."""
        if isinstance(value, Placeholder):
            return value
        return self.fed.get((value.item, value.label)) if isinstance(value, (Tensor, Variable)) else None

    def names_of(self, items: Iterable[Item]) -> set[str]:
        """Returns the names in 1.15 of the variables and layers that statements make or share."""
        calls = {call for item in items for call in item.creates}
        return {name for call in calls for name in (*self.made_by.get(call, ()), *self.instances.get(call, ()))}

    def unentered(self) -> list[tuple[ast.If, list[ast.stmt]]]:
        """Returns the branches, with parts of the graph in them, that the program never enters for what is known."""
        return [(node, body) for node, body in self.passed_by if body[0] not in self.entered]

    def read_outside(self, function: ast.AST | None, name: str, bound: Bound) -> None:
        """Notes that a function reads a name from outside of it."""
        if function is not None and bound.value.stage is Stage.LATER:
            self.outside[function].add(name)
