"""What expressions stand for."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any

from tf1graphs.migrate.facts import collections, datasets, defaults, methods, moving, pipelines, symbols, syntax
from tf1graphs.migrate.facts.items import Item, Owner, is_later
from tf1graphs.migrate.facts.names import Names
from tf1graphs.migrate.facts.program import Facts
from tf1graphs.migrate.facts.savers import Made
from tf1graphs.migrate.facts.scopes import Scope
from tf1graphs.migrate.facts.values import (
    Bound,
    Class,
    Elements,
    Entries,
    Function,
    Graph,
    Host,
    Initializer,
    Instance,
    Layer,
    Many,
    Operation,
    Placeholder,
    Scoping,
    Settings,
    Stage,
    Symbol,
    Tensor,
    Unknown,
    Value,
    Variable,
    VariableList,
    any_of,
    flat,
    is_graph,
    joined,
    latest,
)
from tf1graphs.migrate.refusals import Refusal
from tf1graphs.migrate.source import Source

_DEPTH = 30


class Expressions:
    """Evaluates the expressions of one file.

    Attributes:
        facts: what has been found.
        scope: the names of the function that is interpreted.
        item: the statement that is interpreted.
        whole: the statement of an owner that is interpreted, of which the present one may be a part.
        owner: whose statement that is.
        around: the compound statements around it.
        names: the names that TensorFlow 1.15 gives.
        functions: every function that has been defined.
        classes: every class that builds a part of a graph.
        called: the functions that have been interpreted.
        returned: what the present function has returned so far.
        is_initial: whether a variable starts with what is evaluated.
        is_mapping: whether a function is interpreted that a dataset applies to its elements.
        made: the variables, layers and train ops of the present graph.
        defaults: the arguments that the open scopes give to functions.
        graph_seed: the argument of the last ``tf.set_random_seed``.
        passed: the statements of the present call that have been interpreted, and their stages in it.
        is_asking: whether what is evaluated is fetched or fed, rather than a part of the graph.
        created: the names of the variables and layers that the present call has made or shared.
        controls: what the control dependencies of each ``with`` statement hang on.
        collected: the calls that make the summaries of each collection, and their statements.
        graphs: the names and collections of the graphs that the program creates.
    """

    owner: Owner
    item: Item
    whole: Item

    def __init__(self, source: Source) -> None:
        self.source = source
        self.facts = Facts(source)
        self.scope = Scope()
        self.item = self.whole = None  # type: ignore[assignment]
        self.around: list[ast.stmt] = []
        self.names = Names()
        self.functions: list[Function] = []
        self.classes: list[Class] = []
        self.called: set[ast.AST] = set()
        self.calling: list[Function] = []
        self.returned: list[Value] = []
        self.is_initial = False
        self.is_mapping = False
        self.created: list[str] = []
        self.made = Made()
        self.passed: list[tuple[Item, Stage]] = []
        self.is_asking = False
        self.graph_seed: ast.expr | None = None
        self.defaults: Mapping[str, Mapping[str, defaults.Default]] = {}
        self.controls: dict[ast.stmt, set[Item]] = {}
        self.collected: dict[str, dict[ast.Call, Item]] = {}
        self.graphs: dict[Graph, tuple[Names, dict[str, dict[ast.Call, Item]]]] = {}

    # Implemented for statements.

    def run(self, body: Sequence[ast.stmt]) -> None:
        """Interprets the statements of a block within one item."""
        raise NotImplementedError

    def run_flat(self, body: Sequence[ast.stmt]) -> None:
        """Interprets the statements of an owner's block."""
        raise NotImplementedError

    def as_owner(self, node: ast.FunctionDef | ast.ClassDef) -> AbstractContextManager[None]:
        """Interprets the statements of a function as items of their own."""
        raise NotImplementedError

    def assign(self, target: ast.expr, value: Value, place: ast.AST) -> None:
        """Makes a target stand for a value."""
        raise NotImplementedError

    def refuse(self, node: ast.AST, construct: str, reason: str, remedy: str) -> None:
        """Notes that something keeps the program from being migrated."""
        line = getattr(node, "lineno", 1)
        self.facts.refusals.add(Refusal(line, construct, reason, remedy))

    # Names.

    def bind(self, name: str, value: Value, place: ast.AST) -> None:
        """Makes a name stand for a value that the present item computes."""
        if isinstance(value, (Tensor, Variable)) and not value.label and not self.item.is_local:
            value.label, value.item = name, self.item
        self.scope.bind(name, Bound(value, frozenset([self.item])), place)
        if self.scope is self.owner.scope or name in self.scope.globals:
            self.item.defines.add(name)

    def bind_attribute(self, instance: Instance, name: str, value: Value) -> None:
        """Makes an attribute of an object stand for a value that the present item computes."""
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
        scope.bound[name] = Bound(value, old.items | {self.item})
        if latest([value]) is Stage.LATER:
            for item in old.items:
                # A list into which tensors are put begins where they are computed.
                if isinstance(item.node, ast.Assign) and isinstance(item.node.value, (ast.List, ast.Dict)):
                    item.stage = Stage.LATER
        scope.places[name].add(place)
        if scope is self.owner.scope:
            self.item.defines.add(name)

    def is_symbol_name(self, name: str) -> bool:
        """Says whether a name stands for something of TensorFlow."""
        found = self.scope.find(name)
        return found is not None and isinstance(found[0].value, Symbol)

    def evaluate(self, node: ast.expr) -> Value:
        """Returns what an expression stands for, and adds what it reads to the present item."""
        value: Value = getattr(self, f"_{type(node).__name__}", self._computed)(node)
        self.facts.note(node, value)
        if isinstance(value, Placeholder) and not isinstance(node, ast.Call):
            self.item.placeholders.add(value)
        if isinstance(value, VariableList) and value.stage is Stage.LATER:
            self.item.listed.add(value)
        if isinstance(value, (Tensor, Layer)):
            self._hang_on(value, is_call=isinstance(node, ast.Call))
        return value

    def _hang_on(self, value: Tensor | Layer, is_call: bool) -> None:
        """Notes that the present statement hangs on a tensor; what a call returns may be of another function's graph."""
        if isinstance(value, datasets.Element) and not value.label:
            return
        if not is_call and not self.is_initial:
            self.item.stage = max(self.item.stage, value.stage)
        if isinstance(value, Tensor) and value.item not in (None, self.item):
            self.item.reads.add(value.item)

    def _Name(self, node: ast.Name) -> Value:
        found = self.scope.find(node.id)
        if found is None:
            return Host()
        bound, scope = found
        for function in [] if self.is_asking else self.calling:
            if function.scope and function.scope.sees(scope):
                self.facts.read_outside(function.node, node.id, bound)
        self.facts.bound_by[node] = bound.items
        self.item.outer.setdefault(node.id, scope)
        return self._read(node.id, bound)

    def _Constant(self, node: ast.Constant) -> Value:
        return Host(literal=node.value)

    def _Attribute(self, node: ast.Attribute) -> Value:
        owner = self.evaluate(node.value)
        if isinstance(owner, Symbol):
            return Symbol(name=symbols.public(f"{owner.name}.{node.attr}"))
        if isinstance(owner, Entries) and node.attr in owner.entries:
            return owner.entries[node.attr]
        if isinstance(owner, Instance):
            return self._attribute_of(owner, node.attr)
        if isinstance(owner, (datasets.Dataset, datasets.Iterator)):
            return pipelines.attribute(owner, node.attr)
        if isinstance(owner, Variable) and node.attr in ("name", "op"):
            self.facts.named[node].add(owner)
        if isinstance(owner, Variable) and owner.name and node.attr == "name":
            return Host(literal=f"{owner.name}:0")
        if isinstance(owner, Variable) and owner.name and node.attr == "op":
            return Entries(entries={"name": Host(literal=owner.name)})
        if isinstance(owner, Variable) and node.attr == "initializer":
            return Initializer(Stage.LATER)
        if isinstance(owner, (Variable, Layer)):
            return Host()
        if isinstance(owner, Tensor) and node.attr == "op":
            return Operation(owner.stage, label=owner.label, item=owner.item)
        if isinstance(owner, Tensor):
            return Host(owner.stage)
        if isinstance(owner, (Unknown, Settings)):
            return type(owner)(owner.stage)
        return Host(latest([owner]))

    def _attribute_of(self, instance: Instance, name: str) -> Value:
        if name in instance.attributes:
            return self._read(name, instance.attributes[name])
        assert instance.of is not None
        method = syntax.method(instance.of.node, name)
        if method is None:
            return Unknown()
        function = Function(node=method, scope=instance.of.scope, instance=instance)
        if any(isinstance(each, ast.Name) and each.id == "property" for each in method.decorator_list):
            return self.call(function, [], {})
        return function

    def _read(self, name: str, bound: Bound) -> Value:
        """Notes that the present item reads what a name or attribute stands for."""
        self.item.reads |= bound.items - {self.item}
        if self.item in bound.items and any(isinstance(each, (ast.For, ast.While)) for each in self.item.around):
            self.item.grows = True
        if self.is_initial:
            for item in bound.items:
                item.is_initial = True
        else:
            moved = [item.stage for item in bound.items if is_later(item)]
            self.item.stage = max([self.item.stage, *moved])
        self.item.outer.setdefault(name, self.scope)
        return bound.value

    def _computed(self, node: ast.expr) -> Value:
        return self.computed(
            [self.evaluate(child) for child in ast.iter_child_nodes(node) if isinstance(child, ast.expr)]
        )

    def computed(self, values: Iterable[Value]) -> Value:
        """Returns what is computed from values by an operator."""
        values = list(values)
        stage = Stage.FIXED if self.is_initial and latest(values) is Stage.EITHER else latest(values)
        return Tensor(stage) if any(map(is_graph, values)) else Host(stage)

    def _UnaryOp(self, node: ast.UnaryOp) -> Value:
        value = self.evaluate(node.operand)
        if isinstance(value, Host) and value.literal is not ...:
            if isinstance(node.op, ast.Not):
                return Host(literal=not value.literal)
            if isinstance(node.op, ast.USub) and isinstance(value.literal, (int, float)):
                return Host(literal=-value.literal)
        return self.computed([value])

    def _BinOp(self, node: ast.BinOp) -> Value:
        left, right = self.evaluate(node.left), self.evaluate(node.right)
        if isinstance(node.op, ast.Add) and isinstance(left, (Elements, Many)) and isinstance(right, (Elements, Many)):
            return self.added(left, right)
        if isinstance(left, Host) and isinstance(right, Host):
            return symbols.folded(node.op, left, right)
        if isinstance(node.op, ast.Mult) and isinstance(left, Elements) and isinstance(right, Host):
            return Many(latest([left]), any_of(left.elements))
        return self.computed([left, right])

    def _BoolOp(self, node: ast.BoolOp) -> Value:
        return any_of([self.evaluate(value) for value in node.values])

    def _Compare(self, node: ast.Compare) -> Value:
        values = [self.evaluate(each) for each in [node.left, *node.comparators]]
        if isinstance(node.ops[0], (ast.Is, ast.IsNot)) and len(values) == 2:
            same = symbols.is_same(*values)
            if same is not None:
                return Host(literal=same is isinstance(node.ops[0], ast.Is))
        if all(isinstance(value, Host) for value in values) and len(values) == 2:
            return symbols.compared(node.ops[0], *values)
        if isinstance(node.ops[0], (ast.In, ast.NotIn, ast.Is, ast.IsNot)):
            return Host(latest(values))
        return self.computed(values)

    def _IfExp(self, node: ast.IfExp) -> Value:
        test = self.evaluate(node.test)
        if isinstance(test, Host) and test.literal is not ...:
            return self.evaluate(node.body if test.literal else node.orelse)
        return joined(self.evaluate(node.body), self.evaluate(node.orelse))

    def _List(self, node: ast.List) -> Value:
        return self._elements(node.elts)

    def _Tuple(self, node: ast.Tuple) -> Value:
        return self._elements(node.elts)

    def _elements(self, nodes: Sequence[ast.expr]) -> Value:
        elements = tuple(self.evaluate(node) for node in nodes)
        if any(isinstance(node, ast.Starred) for node in nodes):
            return Many(latest(elements), any_of(each for element in elements for each in self.members(element)))
        return Elements(latest(elements), elements)

    def _Starred(self, node: ast.Starred) -> Value:
        return self.evaluate(node.value)

    def _Dict(self, node: ast.Dict) -> Value:
        entries: dict[Any, Value] = {}
        for key, value_node in zip(node.keys, node.values, strict=True):
            value = self.evaluate(value_node)
            if key is None:
                entries |= value.entries if isinstance(value, Entries) else {}
            else:
                # To feed a placeholder is not to hang on it.
                entries[self.key(self.asked(key))] = value
        return Entries(latest(entries.values()), entries, node)

    def asked(self, node: ast.expr) -> Value:
        """Returns what an expression stands for that only says what is fed or fetched."""
        before, stage, self.is_asking = self.is_asking, self.item.stage, True
        value = self.evaluate(node)
        self.is_asking, self.item.stage = before, stage
        return value

    def key(self, value: Value) -> Any:
        """Returns what stands for a key of a dict: its literal, or the placeholder or tensor itself."""
        return value.literal if isinstance(value, Host) and value.literal is not ... else value

    def _Subscript(self, node: ast.Subscript) -> Value:
        owner, index = self.evaluate(node.value), self.evaluate(node.slice)
        literal = index.literal if isinstance(index, Host) else ...
        if isinstance(owner, datasets.Element) and not owner.label and literal is not ...:
            return datasets.part(owner, literal)
        if (
            isinstance(owner, Elements)
            and type(literal) is int
            and -len(owner.elements) <= literal < len(owner.elements)
        ):
            return owner.elements[literal]
        if isinstance(owner, Elements) and isinstance(node.slice, ast.Slice):
            return Many(owner.stage, any_of(owner.elements))
        if isinstance(owner, Entries) and literal is not ...:
            return owner.entries.get(literal, Host(latest([owner])))
        if isinstance(owner, (Elements, Entries, Many)):
            return self.element_of(owner)
        return self.computed([owner, index])

    def _Slice(self, node: ast.Slice) -> Value:
        return Host(latest([self.evaluate(part) for part in (node.lower, node.upper, node.step) if part]))

    def _ListComp(self, node: ast.ListComp) -> Value:
        return self._list(node)

    def _SetComp(self, node: ast.SetComp) -> Value:
        return self._comprehension(node, [node.elt])

    def _GeneratorExp(self, node: ast.GeneratorExp) -> Value:
        return self._list(node)

    def _list(self, node: ast.ListComp | ast.GeneratorExp) -> Value:
        chosen = collections.filtered(self, node)
        if chosen is None:
            return self._comprehension(node, [node.elt])
        if isinstance(node.elt, ast.Name):
            return chosen
        before, self.scope = self.scope, Scope(self.scope)
        self.assign(node.generators[0].target, any_of(chosen.elements), node)
        value = self.evaluate(node.elt)
        self.scope = before
        return Many(latest([value]), value)

    def _DictComp(self, node: ast.DictComp) -> Value:
        return self._comprehension(node, [node.key, node.value])

    def _comprehension(self, node: Any, results: Sequence[ast.expr]) -> Value:
        before, self.scope = self.scope, Scope(self.scope)
        for generator in node.generators:
            self.assign(generator.target, self.element_of(self.evaluate(generator.iter)), generator)
            for test in generator.ifs:
                self.evaluate(test)
        with self.names.perhaps():
            values = [self.evaluate(result) for result in results]
        self.scope = before
        return Many(latest(values), values[-1])

    def _Lambda(self, node: ast.Lambda) -> Value:
        return Function(node=node, scope=self.scope)

    # Collections.

    def members(self, value: Value) -> tuple[Value, ...]:
        """Returns the elements of a collection, or one that stands for each."""
        if isinstance(value, Elements):
            return value.elements
        if isinstance(value, Many):
            return (value.element,)
        return tuple(value.entries.values()) if isinstance(value, Entries) else ()

    def added(self, first: Value, second: Value) -> Value:
        """Returns what two lists are together."""
        if isinstance(first, Elements) and isinstance(second, Elements):
            return Elements(latest([first, second]), first.elements + second.elements)
        return Many(latest([first, second]), any_of([*self.members(first), *self.members(second)]))

    def element_of(self, value: Value) -> Value:
        """Returns what stands for each element of a collection."""
        if isinstance(value, Entries):
            return any_of(Host(literal=key) if not isinstance(key, Value) else key for key in value.entries)
        members = self.members(value)
        if members:
            return any_of(members)
        if isinstance(value, (Tensor, Variable)):
            return Tensor(latest([value]))
        return Host(latest([value])) if isinstance(value, (Host, Elements)) else Unknown(latest([value]))

    # Calls.

    def _Call(self, node: ast.Call) -> Value:
        if isinstance(node.func, ast.Attribute):
            owner = self._receiver(node.func)
            if not isinstance(owner, (Symbol, Entries, Instance)) or methods.is_method(owner, node.func.attr):
                return methods.call(self, owner, node)
        function = self.evaluate(node.func)
        if isinstance(function, Symbol):
            return symbols.call(self, function.name, node)
        stage = self.item.stage
        arguments, keywords = self.arguments(node)
        if isinstance(function, Class) or (isinstance(function, Function) and self._is_owner(function, arguments, keywords)):
            # What builds or runs a graph is called where it stood, whatever parts of the graph it was given.
            self.item.stage = stage
        if isinstance(function, Class):
            return self.construct(function, arguments, keywords)
        if isinstance(function, Function):
            return self._call_own(function, arguments, keywords, node)
        return self.call_host(function, node, [*arguments, *keywords.values()])

    def _receiver(self, node: ast.Attribute) -> Value:
        """Returns what has the method that is called; what is run does not make the statement a part of the graph."""
        item = self.item
        if node.attr in ("eval", "run"):
            self.item = Item(item.node, self.owner, item.order, item.around)
        value = self.evaluate(node.value)
        if not isinstance(value, (Tensor, Variable)):
            item.reads |= self.item.reads - {item}
            item.stage = max(item.stage, self.item.stage)
            item.outer |= self.item.outer
        self.item = item
        return value

    def arguments(self, node: ast.Call) -> tuple[list[Value], dict[str, Value]]:
        """Returns what the arguments of a call stand for."""
        arguments: list[Value] = []
        for each in node.args:
            value = self.evaluate(each)
            arguments += self.members(value) if isinstance(each, ast.Starred) else [value]
        return arguments, {each.arg or "": self.evaluate(each.value) for each in node.keywords}

    def call_host(self, function: Value, node: ast.Call, values: Sequence[Value]) -> Value:
        """Returns what a call of something from outside TensorFlow stands for."""
        name = (
            node.func.id
            if isinstance(node.func, ast.Name)
            else node.func.attr
            if isinstance(node.func, ast.Attribute)
            else ""
        )
        if name in symbols.BUILTINS:
            return symbols.BUILTINS[name](self, node, values)
        for value in values:
            if isinstance(value, Function):
                self.call(value, [], {})
        if name in symbols.RECORDS and node.keywords:
            return Entries(latest(values), {each.arg: self.facts.values[each.value] for each in node.keywords}, node)
        if isinstance(function, Layer):
            moving.called_object(self, function, node)
        if isinstance(function, Unknown) or (isinstance(function, Layer) and values):
            return Unknown(latest([function, *values])) if isinstance(function, Unknown) else Tensor(Stage.LATER)
        return Host(latest(values))

    def construct(self, each: Class, arguments: Sequence[Value], keywords: dict[str, Value]) -> Instance:
        """Returns an object of a class of the program."""
        assert each.node is not None
        self.called.add(each.node)
        instance = Instance(of=each)
        method = syntax.method(each.node, "__init__")
        if method is not None:
            self.call(Function(node=method, scope=each.scope, instance=instance), arguments, keywords)
        return instance

    def _call_own(
        self, function: Function, arguments: Sequence[Value], keywords: dict[str, Value], node: ast.Call
    ) -> Value:
        """Returns what a call of one of the program's functions stands for, and notes the variables that it makes."""
        before, self.created = self.created, []
        result = self.call(function, arguments, keywords)
        created, self.created = self.created, [*before, *self.created]
        definition = function.node
        if created:
            self.item.creates.add(node)
        if created and isinstance(definition, ast.FunctionDef) and not self.builds_or_runs(definition):
            if any(isinstance(each, Tensor) and each.stage is not Stage.FIXED for each in flat(result)):
                if function.instance is not None:
                    reason = "it creates variables and computes with them"
                    self.refuse(node, f"method {definition.name}", reason, "make a function or class of it")
                self.facts.creating[definition] = result
                self.facts.instances[node] = tuple(created)
        return result

    def call(self, function: Function, arguments: Sequence[Value], keywords: dict[str, Value]) -> Value:
        """Returns what a call of one of the program's functions stands for."""
        definition = function.node
        assert definition is not None
        if any(each.node is definition for each in self.calling) or len(self.calling) > _DEPTH:
            return Unknown(latest([*arguments, *keywords.values()]))
        self.called.add(definition)
        self.facts.calls[definition] = self.facts.calls.get(definition, 0) + 1
        scope = Scope(function.scope)
        before = self.scope, self.returned
        self.scope, self.returned = scope, []
        self.calling.append(function)
        if isinstance(definition, ast.Lambda):
            self._bind_arguments(definition.args, arguments, keywords, definition)
            result = self.evaluate(definition.body)
        else:
            given = [function.instance, *arguments] if function.instance else arguments
            result = self._call_definition(definition, given, keywords, function.instance)
        self.calling.pop()
        self.scope, self.returned = before
        return result

    def _call_definition(
        self,
        node: ast.FunctionDef,
        arguments: Sequence[Value],
        keywords: dict[str, Value],
        instance: Instance | None,
    ) -> Value:
        owner = instance.of.node if instance and instance.of else node
        assert owner is not None
        is_owner = self._is_owner(self.calling[-1], arguments[1:] if instance else arguments, keywords)
        with self.as_owner(owner) if is_owner else nullcontext():
            outer = self.item
            if is_owner:
                self.item = Item(node, self.owner, -1)  # type: ignore[arg-type]
            self._bind_arguments(node.args, arguments, keywords, node)
            before, self.passed = self.passed, []
            (self.run_flat if is_owner else self.run)(node.body)
            self.item = outer
            if not is_owner and not self.is_initial:
                # Only now it is known which random numbers a variable starts with.
                self.item.stage = max([self.item.stage, *(stage for item, stage in self.passed if not item.is_initial)])
            self.passed = before
        return any_of(self.returned) if self.returned else Host(literal=None)

    def _is_owner(self, function: Function, arguments: Sequence[Value], keywords: dict[str, Value]) -> bool:
        """Says whether the statements of a function are followed as an owner's."""
        node = function.node
        if not isinstance(node, ast.FunctionDef):
            return False
        if self.builds_or_runs(node):
            return True
        if function.instance is None:
            return False
        if _is_helper(node, arguments, keywords):
            self.facts.helpers.add(node)
        return node not in self.facts.helpers

    def _bind_arguments(
        self, parameters: ast.arguments, arguments: Sequence[Value], keywords: dict[str, Value], place: ast.AST
    ) -> None:
        names = [each.arg for each in [*parameters.posonlyargs, *parameters.args]]
        given: dict[str, Value] = dict(zip(names, arguments, strict=False)) | keywords
        for name, default in [
            *zip(names[len(names) - len(parameters.defaults) :], parameters.defaults, strict=True),
            *(
                (each.arg, value)
                for each, value in zip(parameters.kwonlyargs, parameters.kw_defaults, strict=True)
                if value
            ),
        ]:
            if name not in given:
                given[name] = self.evaluate(default)
        for name in [*names, *(each.arg for each in parameters.kwonlyargs)]:
            value = given.pop(name, Host())
            self.facts.note_parameter(place, name, value)
            self.scope.bind(name, Bound(value), place)
        if parameters.vararg:
            self.scope.bind(parameters.vararg.arg, Bound(Elements(elements=tuple(arguments[len(names) :]))), place)
        if parameters.kwarg:
            self.scope.bind(parameters.kwarg.arg, Bound(Entries(entries=given)), place)

    # What statements mean for a session or a graph.

    def builds_or_runs(self, node: ast.FunctionDef) -> bool:
        """Says whether a function makes placeholders or train ops, or runs a session: its statements are items."""
        if node not in self.facts.builders:
            self.facts.builders[node] = False
            self.facts.builders[node] = any(self._builds_or_runs(each) for each in syntax.walk(node.body))
        return self.facts.builders[node]

    def _builds_or_runs(self, node: ast.AST) -> bool:
        if not isinstance(node, ast.Call):
            return False
        if isinstance(node.func, ast.Attribute):
            return node.func.attr in symbols.BUILDERS
        if isinstance(node.func, ast.Name):
            found = self.scope.find(node.func.id)
            value = found[0].value if found else None
            return (
                isinstance(value, Function)
                and isinstance(value.node, ast.FunctionDef)
                and self.builds_or_runs(value.node)
            )
        return False

    def runs_sessions(self, body: Sequence[ast.stmt]) -> bool:
        """Says whether a block runs a session, by itself or in a function that it calls."""
        return any(self._builds_or_runs(each) for each in syntax.walk(body))

    def entered(self, value: Value, node: ast.expr) -> AbstractContextManager[Any]:
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


def _is_helper(node: ast.FunctionDef, arguments: Sequence[Value], keywords: dict[str, Value]) -> bool:
    """Says whether a method only computes something from tensors that it is given."""
    stores = any(isinstance(each, ast.Attribute) and isinstance(each.ctx, ast.Store) for each in ast.walk(node))
    return not stores and any(is_graph(value) for value in [*arguments, *keywords.values()])
