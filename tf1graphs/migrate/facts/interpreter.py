"""Goes through a program as Python would while it builds its graph, and notes what its statements hang on."""

from __future__ import annotations

import ast
import copy
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any, TypeVar

from tf1graphs.migrate import trees
from tf1graphs.migrate.facts import defaults, imports, inheriting, measures, syntax
from tf1graphs.migrate.facts.calls import Calls
from tf1graphs.migrate.facts.items import Item, Owner
from tf1graphs.migrate.facts.values import (
    Bound,
    Class,
    Elements,
    Function,
    Graph,
    Host,
    Instance,
    Many,
    Scoping,
    Session,
    Stage,
    Symbol,
    Tensor,
    Value,
    Variable,
    joined,
)

_Kept = TypeVar("_Kept")


def _copied(state: _Kept) -> _Kept:
    """Returns an object with lists, dicts and sets of its own."""
    other = copy.copy(state)
    for name, value in vars(state).items():
        if isinstance(value, (list, dict, set)):
            setattr(other, name, copy.copy(value))
    return other


class Interpreter(Calls):
    """Interprets the statements of one file."""

    def program(self) -> None:
        """Interprets the module, then the functions that nothing in it has called."""
        self.owner = Owner(self.source.tree, self.scope)
        self.facts.owners.append(self.owner)
        self.item = self.whole = Item(self.source.tree.body[0], self.owner, -1) if self.source.tree.body else self.item
        self.run_flat(self.source.tree.body)
        for name, bound in self.scope.bound.items():
            if isinstance(bound.value, Symbol) and bound.value.name == "tf":
                self.facts.tf = name
                break
        for each in self.classes:
            if not any(each in other.mro for other in self.classes if other is not each):
                self._finish(each)
        for each in self.classes:
            # Of a base there are objects in the program, or of what it does some is done by these alone.
            if each.node in self.called or inheriting.is_passed_by(self, each):
                self._finish(each)
        for function in self.functions:
            if function.node not in self.called:
                assert isinstance(function.node, ast.FunctionDef)
                # Whether it runs in the graph that others have filled is not known.
                self.names.is_sure = not self.made.names
                self.call(function, [], {})
        measures.keep(self.facts, self.told, None)
        measures.finish(self)
        self.facts.inherited = inheriting.differing(self)
        for _, body in [] if self.trace else self.facts.unentered():
            self.refuse(body[0], "a branch", "it is not taken, and makes another graph", "remove it")

    def _finish(self, each: Class) -> None:
        """Interprets what nothing in the file calls of a class."""
        if each.node not in self.called:
            self.names.is_sure = not self.made.names
            self.construct(each, [], {})
        for instance in [known for known in self.instances if known.of is each][-1:]:
            self._call_others(instance, each)

    def _call_others(self, instance: Instance, of: Class) -> None:
        """Interprets the methods that nothing in the file calls; in which order others call them is not known."""
        methods = [method for method in inheriting.methods(instance) if self._is_waiting(method, of)]
        definitions = [each.node for each in methods if isinstance(each.node, ast.FunctionDef)]
        changed = {name for definition in definitions for name in syntax.stored_attributes(definition)}
        for name in changed & set(instance.attributes):
            bound = instance.attributes[name]
            if isinstance(bound.value, Host):
                instance.attributes[name] = Bound(Host(bound.value.stage), bound.items)
        for method in methods:
            if self._is_waiting(method, of):
                self.call(method, [], {})

    def _is_waiting(self, method: Function, of: Class) -> bool:
        """Says whether no object of a class has called a method: what others do by it may be another thing."""
        ran = self.ran[method.node]
        return of not in ran if ran else method.node not in self.called

    # Statements of an owner: each is an item of its own.

    def run_flat(self, body: Sequence[ast.stmt]) -> None:
        """Interprets the statements of an owner's block."""
        for statement in body:
            self._run_flat(statement)
            if isinstance(statement, (ast.Return, ast.Raise, ast.Break, ast.Continue)):
                return

    def _run_flat(self, node: ast.stmt) -> None:
        if isinstance(node, (ast.With, ast.If, ast.For, ast.While, ast.Try)) and self._is_open(node):
            with self._around(node):
                self._open(node)
        else:
            with self._item(node):
                self.statement(node)

    def _is_open(self, node: ast.With | ast.If | ast.For | ast.While | ast.Try) -> bool:
        """Says whether the statements in a compound statement are items of their own."""
        if isinstance(node, ast.With) or (isinstance(node, ast.If) and syntax.is_main(node)):
            return True
        return self.runs_sessions(node.body)

    def _open(self, node: ast.stmt) -> None:
        if isinstance(node, ast.With):
            self._with(node, self.run_flat)
        elif isinstance(node, ast.If):
            if syntax.is_main(node):
                self.run_flat(node.body)
            else:
                with self._item(node):
                    test = self.evaluate(node.test)
                self._branches(node, test, self.run_flat)
        elif isinstance(node, ast.For):
            # Twice: what an iteration leaves is what the next one finds.
            for _ in range(2):
                with self._item(node):
                    self.assign(node.target, self.element_of(self.evaluate(node.iter)), node)
                self._maybe(node.body, self.run_flat)
            self.run_flat(node.orelse)
        elif isinstance(node, ast.While):
            for _ in range(2):
                with self._item(node):
                    self.evaluate(node.test)
                self._maybe(node.body, self.run_flat)
            self.run_flat(node.orelse)
        elif isinstance(node, ast.Try):
            self._try(node, self.run_flat)

    @contextmanager
    def _item(self, node: ast.stmt) -> Iterator[None]:
        item = self.facts.items.get(node)
        if item is None:
            item = Item(node, self.owner, len(self.facts.items), tuple(self.around))
            self.facts.items[node] = item
        for around in self.around:
            # What stands under control dependencies runs after them.
            item.reads |= self.controls.get(around, set())
            if around in self.facts.items:
                item.updates |= self.facts.items[around].updates
        outer, self.item, self.whole = (self.item, self.whole), item, item
        yield
        measures.settle(self, item)
        self.item, self.whole = outer

    @contextmanager
    def _local(self, node: ast.stmt) -> Iterator[None]:
        """Notes what a statement of a function reads and creates, both for itself and for the statement that calls."""
        item = self.facts.locals.get(node)
        if item is None:
            item = self.facts.locals[node] = Item(node, self.owner, len(self.facts.locals), is_local=True)
        # What it reads in other calls is nothing to the statement that makes this one.
        before = item.stage, item.reads, item.placeholders, item.outer, item.trains
        item.stage, item.reads, item.placeholders, item.outer, item.trains = Stage.FIXED, set(), set(), {}, {}
        outer, self.item = self.item, item
        measured, item.measures = item.measures, {}
        yield
        measures.settle(self, item)
        item.measures |= measured
        self.item = outer
        outer.reads |= {read for read in item.reads if not read.is_local or outer.is_local}
        self.passed.append((item, item.stage))
        if item.stage is Stage.LATER:
            outer.stage = Stage.LATER
        outer.trains |= item.trains
        outer.placeholders |= item.placeholders
        around = self.calling[-1].scope
        outer.outer |= {name: scope for name, scope in item.outer.items() if around and around.sees(scope)}
        item.stage = max(item.stage, before[0])
        item.reads |= before[1]
        item.placeholders |= before[2]
        item.outer |= before[3]
        item.trains |= before[4]

    @contextmanager
    def _around(self, node: ast.stmt) -> Iterator[None]:
        self.around.append(node)
        yield
        self.around.pop()

    @contextmanager
    def as_owner(self, node: ast.FunctionDef | ast.ClassDef, bases: tuple[ast.ClassDef, ...] = ()) -> Iterator[None]:
        """Interprets the statements of a function as items of their own."""
        owner = next((each for each in self.facts.owners if each.node is node), None)
        if owner is None:
            around = [each for each in self.facts.owners if self.scope.sees(each.scope)]
            owner = Owner(node, self.scope, max(around, key=lambda each: each.depth), bases)
            self.facts.owners.append(owner)
        owner.scope = self.scope
        before = self.owner, self.around
        self.owner, self.around = owner, []
        yield
        self.owner, self.around = before

    # Statements.

    def run(self, body: Sequence[ast.stmt]) -> None:
        """Interprets the statements of a block within one item."""
        for statement in body:
            with self._local(statement) if self.scope is not self.owner.scope else nullcontext():
                self.statement(statement)
            if isinstance(statement, (ast.Return, ast.Raise, ast.Break, ast.Continue)):
                return

    def statement(self, node: ast.stmt) -> None:
        """Interprets a statement within the present item."""
        getattr(self, f"_{type(node).__name__}", self._other)(node)

    def _other(self, node: ast.stmt) -> None:
        for child in trees.children(node):
            if isinstance(child, ast.expr):
                self.evaluate(child)

    def _Import(self, node: ast.Import) -> None:
        for alias in node.names:
            name = imports.symbol(alias.name)
            local = alias.asname or alias.name.partition(".")[0]
            if name is None:
                self.bind(local, Host(), node)
            elif alias.asname or alias.name == local:
                self.bind(local, Symbol(name=name), node)
            else:
                self.bind(local, Symbol(name="tf"), node)

    def _ImportFrom(self, node: ast.ImportFrom) -> None:
        module = None if node.level else imports.symbol(node.module or "")
        for alias in node.names:
            name = imports.symbol(f"{node.module}.{alias.name}") if node.module and not node.level else None
            if module is None and name is None:
                self.bind(alias.asname or alias.name, Host(), node)
            elif alias.name == "*":
                self.refuse(
                    node, f"from {node.module} import *", "the names it brings are not known", "import each name"
                )
            else:
                self.bind(alias.asname or alias.name, Symbol(name=name or "tf"), node)

    def _FunctionDef(self, node: ast.FunctionDef) -> None:
        function = Function(node=node, scope=self.scope)
        for decorator in node.decorator_list:
            self.evaluate(decorator)
        for default in [*node.args.defaults, *filter(None, node.args.kw_defaults)]:
            self.evaluate(default)
        self.functions.append(function)
        self.bind(node.name, function, node)

    def _ClassDef(self, node: ast.ClassDef) -> None:
        bases = [self.evaluate(base) for base in node.bases]
        heirs = inheriting.heirs(self.source.nodes, node)
        if not any(syntax.uses(each, self._is_of_class) or syntax.runs(each) for each in (node, *heirs)):
            self.bind(node.name, Host(), node)
            return
        reason = inheriting.reason(self, node, bases)
        if reason is not None:
            self.refuse(node, f"class {node.name}", reason, "write it without inheritance")
        value = Class(node=node, scope=self.scope, bases=tuple(each for each in bases if isinstance(each, Class)))
        self.classes.append(value)
        self.bind(node.name, value, node)

    def _is_of_class(self, name: str) -> bool:
        """Says whether a class that uses a name builds or has a part of a graph."""
        found = self.scope.find(name)
        return found is not None and isinstance(found[0].value, (Symbol, Class))

    def _Global(self, node: ast.Global) -> None:
        self.scope.globals |= set(node.names)

    def _Assign(self, node: ast.Assign) -> None:
        value = self.evaluate(node.value)
        for target in node.targets:
            self.assign(target, value, node)

    def _AnnAssign(self, node: ast.AnnAssign) -> None:
        if node.value:
            self.assign(node.target, self.evaluate(node.value), node)

    def _AugAssign(self, node: ast.AugAssign) -> None:
        loaded = syntax.loaded(node.target)
        old, new = self.evaluate(loaded), self.evaluate(node.value)
        if isinstance(old, (Elements, Many)) and isinstance(new, (Elements, Many)):
            self.assign(node.target, self.added(old, new), node)
        else:
            self.assign(node.target, self.computed([old, new]), node)

    def _Expr(self, node: ast.Expr) -> None:
        self.evaluate(node.value)

    def _Return(self, node: ast.Return) -> None:
        value = self.evaluate(node.value) if node.value else Host(literal=None)
        self.returned.append(value)

    def _With(self, node: ast.With) -> None:
        self._with(node, self.run)

    def _with(self, node: ast.With, run: syntax.Run) -> None:
        entered = []
        for part in node.items:
            with self._item(node):
                value = self.evaluate(part.context_expr)
                if part.optional_vars:
                    self.assign(part.optional_vars, value, node)
                if isinstance(value, Scoping) and value.stage is Stage.LATER:
                    self.controls[node] = self.item.reads | ({self.item} if self.item.assigns else set())
            entered.append(self._entered(value, part.context_expr))
        for context in entered:
            context.__enter__()
        run(node.body)
        for context in reversed(entered):
            context.__exit__(None, None, None)

    def _entered(self, value: Value, node: ast.expr) -> AbstractContextManager[Any]:
        """Returns what entering an object by ``with`` means for the names of what is created inside."""
        if isinstance(value, Graph):
            return self._within(value)
        return defaults.entered(self, value) if isinstance(value, Scoping) else nullcontext()

    @contextmanager
    def _within(self, graph: Graph) -> Iterator[None]:
        before = self.names, self.collected
        self.names, self.collected = self.graphs.get(graph, before)
        yield
        self.names, self.collected = before

    def _If(self, node: ast.If) -> None:
        self._branches(node, self.evaluate(node.test), self.run)

    def _branches(self, node: ast.If, test: Value, run: syntax.Run) -> None:
        if isinstance(test, Host) and test.literal is not ...:
            taken, other = (node.body, node.orelse) if test.literal else (node.orelse, node.body)
            self.facts.entered |= set(taken[:1])
            run(taken)
            if any(syntax.uses(each, self._is_of_graph) for each in other):
                self._set_aside(node, other, run)
            return
        self.facts.entered |= {*node.body[:1], *node.orelse[:1]}
        before = dict(self.scope.bound)
        returned = len(self.returned)
        with self.names.perhaps():
            run(node.body)
            after, self.scope.bound = self.scope.bound, before
            run(node.orelse)
        if len(self.returned) == returned or not syntax.leaves(node.body):
            self.scope.merge(after)

    def _is_of_graph(self, name: str) -> bool:
        found = self.scope.find(name)
        return found is not None and isinstance(found[0].value, (Symbol, Session, Tensor, Variable, Function))

    def _set_aside(self, node: ast.If, body: list[ast.stmt], run: syntax.Run) -> None:
        """Interprets a branch that is not taken: it is written too, but what it makes is not there afterwards."""
        before = self.names, self.made, self.collected, self.graph_seed, self.returned, dict(self.scope.bound)
        stage, created = self.item.stage, set(self.item.creates)
        self.names, self.made, self.returned = _copied(self.names), _copied(self.made), []
        self.collected = dict(self.collected)
        attributes = [(each, dict(each.attributes)) for each in self.instances]
        run(body)
        for instance, known in attributes:
            instance.attributes = known
        makes = self.made.names.keys() != before[1].names.keys() or self.item.creates != created
        if self.item.is_local:
            # A function that stays has the branch with its test, for other calls.
            self.item.stage = stage
        if makes or self.item.stage is not stage:
            self.facts.passed_by.append((node, body))
        self.names, self.made, self.collected, self.graph_seed, self.returned, self.scope.bound = before

    def _maybe(self, body: Sequence[ast.stmt], run: syntax.Run) -> None:
        before = dict(self.scope.bound)
        attributes = [(each, dict(each.attributes)) for each in self.instances]
        was_repeated, self.is_repeated = self.is_repeated, True
        with self.names.perhaps():
            run(body)
        self.is_repeated = was_repeated
        self.scope.merge(before)
        for instance, earlier in attributes:
            for name, bound in earlier.items():
                here = instance.attributes[name]
                if here is not bound and isinstance(here.value, Host) and isinstance(bound.value, Host):
                    instance.attributes[name] = Bound(joined(bound.value, here.value), bound.items | here.items)

    def _For(self, node: ast.For) -> None:
        iterated = self.evaluate(node.iter)
        rounds = self.rounds_of(iterated)
        with self.each_round():
            if rounds is not None:
                for element in rounds:
                    self.assign(node.target, element, node)
                    self.run(node.body)
            else:
                for _ in range(2):
                    self.assign(node.target, self.element_of(iterated), node)
                    self._maybe(node.body, self.run)
        self.run(node.orelse)

    @contextmanager
    def each_round(self) -> Iterator[None]:
        """Notes what in the rounds of a loop is the same object."""
        before, self.rounds = self.rounds, []
        yield
        made: defaultdict[ast.Call, list[tuple[str, ...]]] = defaultdict(list)
        for call, names in self.rounds:
            made[call].append(names)
        for call, each in made.items():
            if len({name for names in each for name in names}) < sum(map(len, each)):
                self.facts.sharing[call] = len(set(each)) == 1 and self.facts.sharing.get(call, True)
        self.rounds = before + self.rounds

    def _While(self, node: ast.While) -> None:
        for _ in range(2):
            self.evaluate(node.test)
            self._maybe(node.body, self.run)
        self.run(node.orelse)

    def _Try(self, node: ast.Try) -> None:
        self._try(node, self.run)

    def _try(self, node: ast.Try, run: syntax.Run) -> None:
        run(node.body)
        for handler in node.handlers:
            before = dict(self.scope.bound)
            if handler.name:
                self.bind(handler.name, Host(), handler)
            run(handler.body)
            self.scope.merge(before)
        run(node.orelse)
        run(node.finalbody)

    def _Delete(self, node: ast.Delete) -> None:
        for target in node.targets:
            if isinstance(target, ast.Name):
                self.scope.bound.pop(target.id, None)
