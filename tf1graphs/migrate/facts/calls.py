"""What calls stand for, of the program's own functions and classes and of others."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from contextlib import nullcontext

from tf1graphs.migrate import trees
from tf1graphs.migrate.facts import builtins, cells, inheriting, measures, methods, moving, sessions, symbols, syntax
from tf1graphs.migrate.facts.items import Frame, Item
from tf1graphs.migrate.facts.scopes import Scope
from tf1graphs.migrate.facts.targets import Targets
from tf1graphs.migrate.facts.values import (
    Bound,
    Cell,
    Class,
    Elements,
    Entries,
    Function,
    Host,
    Instance,
    Layer,
    Placeholder,
    Stage,
    Super,
    Symbol,
    Tensor,
    Unknown,
    Value,
    Variable,
    any_of,
    flat,
    is_graph,
    latest,
)

# Methods that build a part of a graph or run one: a function that calls them is followed statement by statement.
_BUILDERS = frozenset(
    {
        *("run", "eval", "minimize", "apply_gradients", "compute_gradients", "placeholder", "placeholder_with_default"),
        *("Session", "InteractiveSession", "MonitoredTrainingSession", "FileWriter", "Saver", "merge_all"),
        *("global_variables_initializer", "initialize_all_variables", "get_next", "make_one_shot_iterator"),
        *("make_initializable_iterator", "make_initializer"),
    }
)
# More calls within one another than these are taken for a recursion.
_DEPTH = 30


class Calls(Targets):
    """Follows calls into the functions and classes of the program."""

    def _Call(self, node: ast.Call) -> Value:
        function: Value | None = None
        if isinstance(node.func, ast.Attribute):
            if node.func.attr == "get_shape":
                owner, measured = measures.asked(self, node.func.value, node)
                if measured is not None:
                    return measured
            else:
                owner = self._receiver(node.func)
            is_own = isinstance(owner, (Symbol, Entries, Instance, Class, Super))
            if not is_own or methods.is_method(owner, node.func.attr):
                return methods.call(self, owner, node)
            if isinstance(owner, Instance) and isinstance(node.func.value, ast.Call):
                # What makes the object is evaluated once: ``Net().train()`` is one network.
                function = self.attribute_of(owner, node.func.attr)
                self.facts.note(node.func, function)
        function = inheriting.of_super(self, node) or function or self.evaluate(node.func)
        if isinstance(function, Super):
            return function
        if isinstance(function, Symbol):
            return symbols.call(self, function.name, node)
        stage = self.item.stage
        arguments, keywords = self.arguments(node)
        method = inheriting.unbound(self, node.func, arguments)
        if method is not None:
            function, arguments = method, arguments[1:]
        if isinstance(function, Class) or (
            isinstance(function, Function) and self._is_owner(function, arguments, keywords)
        ):
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

    def apart(self, node: ast.expr) -> Value:
        """Returns what an expression stands for that the new program does not read."""
        statement = self.item
        self.item = Item(statement.node, self.owner, statement.order, statement.around)
        value = self.evaluate(node)
        self.item = statement
        return value

    def arguments(self, node: ast.Call) -> tuple[list[Value], dict[str, Value]]:
        """Returns what the arguments of a call stand for."""
        arguments: list[Value] = []
        for each in node.args:
            value = self._argument(each)
            arguments += self.members(value) if isinstance(each, ast.Starred) else [value]
        return arguments, {each.arg or "": self._argument(each.value) for each in node.keywords}

    def _argument(self, node: ast.expr) -> Value:
        is_unread = node in self.facts.unread or (isinstance(node, ast.Name) and node.id in self.facts.putting)
        return self.apart(node) if is_unread else self.evaluate(node)

    def call_host(self, function: Value, node: ast.Call, values: Sequence[Value]) -> Value:
        """Returns what a call of something from outside TensorFlow stands for."""
        name = (
            node.func.id
            if isinstance(node.func, ast.Name)
            else node.func.attr
            if isinstance(node.func, ast.Attribute)
            else ""
        )
        literals = builtins.computed(node, values)
        if literals is not None:
            return literals
        if name in builtins.BUILTINS:
            return builtins.BUILTINS[name](self, node, values)
        for value in values:
            if isinstance(value, Function):
                self.call(value, [], {})
        if name in builtins.RECORDS and node.keywords:
            return Entries(latest(values), {each.arg: self.facts.values[each.value] for each in node.keywords}, node)
        if isinstance(function, Layer):
            moving.called_object(self, function, node)
            if isinstance(function, Cell):
                cells.called_object(self, function, node)
        if isinstance(function, Unknown) or (isinstance(function, Layer) and values):
            return Unknown(latest([function, *values])) if isinstance(function, Unknown) else Tensor(Stage.LATER)
        return Host(latest(values))

    def construct(self, each: Class, arguments: Sequence[Value], keywords: dict[str, Value]) -> Instance:
        """Returns an object of a class of the program."""
        assert each.node is not None
        self.called.add(each.node)
        instance = Instance(of=each)
        self.instances.append(instance)
        constructor = inheriting.bound(each.mro, "__init__", instance)
        if constructor is not None:
            self.call(constructor, arguments, keywords)
        return instance

    def _call_own(
        self, function: Function, arguments: Sequence[Value], keywords: dict[str, Value], node: ast.Call
    ) -> Value:
        """Returns what a call of one of the program's functions stands for, and notes the variables that it makes."""
        before, self.created = self.created, []
        told, self.told = self.told, {}
        result = self.call(function, arguments, keywords, node)
        if self.told:
            measures.keep(self.facts, self.told, node)
            result = measures.hanging(result, latest([*arguments, *keywords.values()]))
        created, self.created = self.created, [*before, *self.created]
        self.told = told
        if created:
            self.item.creates.add(node)
            self.rounds.append((node, tuple(created)))
            self._note_creating(function, result, node, tuple(created))
        return result

    def _note_creating(self, function: Function, result: Value, node: ast.Call, created: tuple[str, ...]) -> None:
        """Notes that a function creates variables and returns what it computes with them, as a layer does."""
        definition = function.node
        if not isinstance(definition, ast.FunctionDef) or self.builds_or_runs(definition):
            return
        if not any(isinstance(each, Tensor) and each.stage is not Stage.FIXED for each in flat(result)):
            return
        if function.instance is not None:
            reason = "it creates variables and computes with them"
            self.refuse(node, f"method {definition.name}", reason, "make a function or class of it")
        self.facts.creating[definition] = result
        self.facts.instances[node] = created
        self.facts.graphs.setdefault(node, self.names.graph)

    def call(
        self,
        function: Function,
        arguments: Sequence[Value],
        keywords: dict[str, Value],
        node: ast.Call | None = None,
    ) -> Value:
        """Returns what a call of one of the program's functions stands for; ``node`` is the call if it has one."""
        definition = function.node
        assert definition is not None
        if any(each.node is definition for each in self.calling) or len(self.calling) > _DEPTH:
            self.facts.recursive.add(definition)
            return Unknown(latest([*arguments, *keywords.values()]))
        self.called.add(definition)
        scope = Scope(function.scope)
        before = self.scope, self.returned
        self.scope, self.returned = scope, []
        self.calling.append(function)
        frames, self.frames = self.frames, [*self.frames, Frame(node, definition, scope)]
        if isinstance(definition, ast.Lambda):
            self._bind_arguments(definition.args, arguments, keywords, definition)
            result = self.evaluate(definition.body)
        else:
            given = [function.instance, *arguments] if function.instance else arguments
            result = self._call_definition(definition, given, keywords, function.instance)
        self.calling.pop()
        self.frames = frames
        self.scope, self.returned = before
        return result

    def _call_definition(
        self,
        node: ast.FunctionDef,
        arguments: Sequence[Value],
        keywords: dict[str, Value],
        instance: Instance | None,
    ) -> Value:
        of = instance.of if instance else None
        owner = of.node if of else node
        bases = tuple(each.node for each in of.mro[1:] if each.node) if of else ()
        assert owner is not None
        own = arguments[1:] if instance else arguments
        is_owner = self._is_owner(self.calling[-1], own, keywords)
        for name, placeholder in _fed(self.calling[-1], own, keywords).items():
            known = self.facts.parameters.get((node, name), placeholder)
            if not isinstance(known, Placeholder) or (known.label, known.name) != (placeholder.label, placeholder.name):
                reason = "it feeds other placeholders from call to call"
                self.refuse(node, f"function {node.name}", reason, "write the dict where it is fed")
        with self.as_owner(owner, bases) if is_owner else nullcontext():
            outer = self.item
            if is_owner:
                self.item = Item(node, self.owner, -1)
                self.frames = []
            self._bind_arguments(node.args, arguments, keywords, node)
            before, self.passed = self.passed, []
            (self.run_flat if is_owner else self.run)(node.body)
            self.item = outer
            if not is_owner and not self.is_initial:
                # Only now it is known which random numbers a variable starts with.
                self.item.stage = max([self.item.stage, *(stage for item, stage in self.passed if not item.is_initial)])
            self.passed = before
        if of is not None and isinstance(node, ast.FunctionDef):
            inheriting.note(self, node, of)
        return any_of(self.returned) if self.returned else Host(literal=None)

    def _is_owner(self, function: Function, arguments: Sequence[Value], keywords: dict[str, Value]) -> bool:
        """Says whether the statements of a function are followed as an owner's."""
        node = function.node
        if not isinstance(node, ast.FunctionDef):
            return False
        if self.builds_or_runs(node) or _fed(function, arguments, keywords):
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
            value = given.pop(name) if name in given else sessions.presumed(self, name, Host())
            self.facts.note_parameter(place, name, value)
            self.scope.bind(name, Bound(value), place)
        if parameters.vararg:
            self.scope.bind(parameters.vararg.arg, Bound(Elements(elements=tuple(arguments[len(names) :]))), place)
        if parameters.kwarg:
            self.scope.bind(parameters.kwarg.arg, Bound(Entries(entries=given)), place)

    # What is followed statement by statement.

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
            return node.func.attr in _BUILDERS
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


def _fed(function: Function, arguments: Sequence[Value], keywords: dict[str, Value]) -> dict[str, Placeholder]:
    """Returns the placeholders that a function is given and feeds in a dict that it makes, by its parameters."""
    node = function.node
    assert isinstance(node, ast.FunctionDef)
    names = [each.arg for each in node.args.args][1 if function.instance else 0 :]
    given = dict(zip(names, arguments, strict=False)) | keywords
    keys = [key for each in trees.walk(node) if isinstance(each, ast.Dict) for key in each.keys]
    fed = {key.id: given.get(key.id) for key in keys if isinstance(key, ast.Name)}
    return {name: value for name, value in fed.items() if isinstance(value, Placeholder)}


def _is_helper(node: ast.FunctionDef, arguments: Sequence[Value], keywords: dict[str, Value]) -> bool:
    """Says whether a method only computes something from tensors that it is given."""
    stores = any(isinstance(each, ast.Attribute) and isinstance(each.ctx, ast.Store) for each in trees.walk(node))
    return not stores and any(is_graph(value) for value in [*arguments, *keywords.values()])
