"""What expressions stand for, apart from calls."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import Any

from tf1graphs.migrate import trees
from tf1graphs.migrate.facts import (
    collections,
    datasets,
    distributions,
    dtypes,
    flags,
    imports,
    inheriting,
    measures,
    metrics,
    objects,
    pipelines,
    sessions,
    syntax,
)
from tf1graphs.migrate.facts.items import is_later
from tf1graphs.migrate.facts.operators import Operators
from tf1graphs.migrate.facts.scopes import Scope
from tf1graphs.migrate.facts.shapes import parts
from tf1graphs.migrate.facts.values import (
    Bound,
    Cell,
    Class,
    Dimension,
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
    Session,
    Settings,
    Stage,
    State,
    StaticShape,
    Super,
    Symbol,
    Tensor,
    Unknown,
    Value,
    Variable,
    VariableList,
    any_of,
    latest,
    shape,
)

# What a sparse tensor or tf.IndexedSlices has that is a tensor itself.
_SPARSE = frozenset({"values", "indices", "dense_shape"})
# The version that is the judge of what a program does.
VERSION = "1.15.5"


class Expressions(Operators):
    """Evaluates the expressions of one file."""

    # Implemented for calls.

    def arguments(self, node: ast.Call) -> tuple[list[Value], dict[str, Value]]:
        """Returns what the arguments of a call stand for."""
        raise NotImplementedError

    def call(self, function: Function, arguments: Sequence[Value], keywords: dict[str, Value]) -> Value:
        """Returns what a call of one of the program's functions stands for."""
        raise NotImplementedError

    def call_host(self, function: Value, node: ast.Call, values: Sequence[Value]) -> Value:
        """Returns what a call of something from outside TensorFlow stands for."""
        raise NotImplementedError

    def each_round(self) -> AbstractContextManager[None]:
        """Notes what in the rounds of a loop is the same object."""
        raise NotImplementedError

    # Names, constants and attributes.

    def evaluate(self, node: ast.expr) -> Value:
        """Returns what an expression stands for, and adds what it reads to the present item."""
        self.path.append(node)
        value: Value = getattr(self, f"_{type(node).__name__}", self._computed)(node)
        self.path.pop()
        if not self.is_repeated:
            # What was seen in one round need not be so in the next one, which may not have been run.
            value = self.trace.known(node, value)
        self.facts.note(node, value)
        if node in self.asking:
            measures.note(self, node, value)
        if isinstance(value, Placeholder) and not isinstance(node, ast.Call):
            self.item.placeholders.add(value)
        if isinstance(value, VariableList) and value.stage is Stage.LATER:
            self.item.listed.add(value)
            around = self.path[-1] if self.path else None
            if not (isinstance(around, ast.ListComp | ast.GeneratorExp) and collections.chooses(around)):
                objects.check_list(self, node, value)
        if isinstance(value, VariableList) and value.is_open and not syntax.is_whole(self.item.node, node):
            self.facts.opened.add(node)
        if isinstance(value, (Tensor, Layer)):
            self._hang_on(value, is_call=isinstance(node, ast.Call))
        return value

    def _hang_on(self, value: Tensor | Layer, is_call: bool) -> None:
        """Notes that the present statement hangs on a tensor; what a call returns may be of another one's graph."""
        if isinstance(value, datasets.Element) and not value.label:
            return
        if not is_call and not self.is_initial:
            self.item.stage = max(self.item.stage, value.stage)
        if isinstance(value, Tensor) and value.item not in (None, self.item):
            self.item.reads.add(value.item)

    def _computed(self, node: ast.expr) -> Value:
        return self.computed([self.evaluate(child) for child in trees.children(node) if isinstance(child, ast.expr)])

    def _Name(self, node: ast.Name) -> Value:
        found = self.scope.find(node.id)
        if found is None:
            return Host()
        bound, scope = found
        for function in [] if self.is_asking else self.calling:
            if function.scope and function.scope.sees(scope):
                self.facts.read_outside(function.node, node.id, bound)
        # In its first round a loop reads what is bound before it.
        before = self.facts.bound_by.get(node, frozenset()) if self.item in bound.items else frozenset()
        self.facts.bound_by[node] = bound.items | before
        self.item.outer.setdefault(node.id, scope)
        return self._read(node.id, bound)

    def _Constant(self, node: ast.Constant) -> Value:
        return Host(literal=node.value)

    def _Attribute(self, node: ast.Attribute) -> Value:
        if node.attr == metrics.RESULT:
            return metrics.result(self, node)
        if node.attr == "shape":
            owner, measured = measures.asked(self, node.value, node)
            if measured is not None:
                return measured
        else:
            owner = self.evaluate(node.value)
        if isinstance(owner, Dimension) and node.attr == "value":
            return Host(owner.stage, owner.size)
        if isinstance(owner, StaticShape) and node.attr in ("ndims", "rank"):
            return Host(literal=len(owner.elements))
        if flags.has_values(owner):
            return Host()
        if isinstance(owner, Symbol):
            if node.attr == "__version__":
                return Host(literal=VERSION)
            if dtypes.is_dtype(owner.name):
                return Host()
            return Symbol(name=imports.public(f"{owner.name}.{node.attr}"))
        if isinstance(owner, Entries) and node.attr in owner.entries:
            return owner.entries[node.attr]
        if isinstance(owner, Instance):
            return self.attribute_of(owner, node.attr)
        if isinstance(owner, Super):
            assert owner.instance is not None
            return self._method(owner.mro, node.attr, owner.instance) or Host()
        if isinstance(owner, Class):
            return _static(owner, node.attr)
        if isinstance(owner, (datasets.Dataset, datasets.Iterator)):
            return pipelines.attribute(owner, node.attr)
        if isinstance(owner, distributions.Distribution):
            return distributions.attribute(self, owner, node)
        if isinstance(owner, Variable):
            return self._attribute_of_variable(owner, node)
        if isinstance(owner, Session) and node.attr == "graph":
            return Graph()
        if isinstance(owner, Layer):
            return Host()
        if isinstance(owner, State) and len(owner.parts) == 2 and node.attr in ("c", "h"):
            return replace(owner.parts["ch".index(node.attr)])
        if isinstance(owner, Tensor) and node.attr == "op":
            return Operation(owner.stage, label=owner.label, item=owner.item)
        if isinstance(owner, Tensor):
            return Tensor(owner.stage) if node.attr in _SPARSE else Host(owner.stage)
        if isinstance(owner, (Unknown, Settings)):
            return type(owner)(owner.stage)
        return Host(latest([owner]))

    def _attribute_of_variable(self, variable: Variable, node: ast.Attribute) -> Value:
        if node.attr in ("name", "op"):
            self.facts.named[node].add(variable)
        if variable.name and node.attr == "name":
            return Host(literal=f"{variable.name}:0")
        if variable.name and node.attr == "op":
            return Entries(entries={"name": Host(literal=variable.name)})
        return Initializer(Stage.LATER) if node.attr == "initializer" else Host()

    def attribute_of(self, instance: Instance, name: str) -> Value:
        """Returns what an attribute of an object stands for."""
        if name in instance.attributes:
            return self._read(name, instance.attributes[name])
        assert instance.of is not None
        return self._method(instance.of.mro, name, instance) or sessions.presumed(self, name, Unknown())

    def _method(self, mro: Sequence[Class], name: str, instance: Instance) -> Value | None:
        """Returns a method that an object has from some of its classes, or the value of a property; None for others."""
        function = inheriting.bound(mro, name, instance)
        if function is not None and syntax.is_decorated(function.node, "property"):
            return self.call(function, [], {})
        is_static = function is not None and syntax.is_decorated(function.node, "staticmethod")
        return inheriting.method(mro, name) if is_static else function

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
        if isinstance(bound.value, Tensor) and bound.value.label and not any(map(is_later, bound.items)):
            # What a function is given or has returned is computed under the name that first stood for it.
            self.item.outer.setdefault(bound.value.label, self.scope)
        return bound.value

    # Lists, tuples and dicts.

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
        is_known = isinstance(value, Host) and value.literal is not ... and type(value.literal) is not slice
        return value.literal if isinstance(value, Host) and is_known else value

    def _Subscript(self, node: ast.Subscript) -> Value:
        owner, index = self.evaluate(node.value), self.evaluate(node.slice)
        literal = index.literal if isinstance(index, Host) else ...
        if isinstance(owner, Host) and isinstance(owner.literal, (str, list)) and literal is not ...:
            return _part(owner, literal)
        if isinstance(owner, datasets.Element) and not owner.label and literal is not ...:
            return datasets.part(owner, literal)
        if (
            isinstance(owner, Elements)
            and type(literal) is int
            and -len(owner.elements) <= literal < len(owner.elements)
        ):
            return owner.elements[literal]
        if type(owner) in (Elements, StaticShape) and type(literal) is slice:
            part: tuple[Value, ...] = owner.elements[literal]  # type: ignore[attr-defined]
            return type(owner)(latest(part), part)  # type: ignore[call-arg]
        if isinstance(owner, Elements) and isinstance(node.slice, ast.Slice):
            return Many(owner.stage, any_of(owner.elements))
        if isinstance(owner, Entries) and literal is not ... and type(literal) is not slice:
            return owner.entries.get(literal, Host(latest([owner])))
        if isinstance(owner, (Elements, Entries, Many)):
            return self.element_of(owner)
        if isinstance(owner, State) and type(literal) is int and 0 <= literal < len(owner.parts):
            return replace(owner.parts[literal])
        result = self.computed([owner, index])
        if isinstance(result, Tensor):
            result.sizes = parts.of_index(shape(owner), node.slice, self._literal)
        return result

    def _literal(self, node: ast.expr) -> object:
        value = self.facts.values.get(node)
        return value.literal if isinstance(value, Host) else ...

    def _Slice(self, node: ast.Slice) -> Value:
        values = [self.evaluate(part) if part else Host(literal=None) for part in (node.lower, node.upper, node.step)]
        literals = [value.literal if isinstance(value, Host) else ... for value in values]
        is_known = all(each is None or type(each) is int for each in literals)
        return Host(latest(values), slice(*literals) if is_known else ...)

    # Comprehensions and lambdas.

    def _ListComp(self, node: ast.ListComp) -> Value:
        return self._list(node)

    def _SetComp(self, node: ast.SetComp) -> Value:
        return self._comprehension(node, [node.elt])

    def _GeneratorExp(self, node: ast.GeneratorExp) -> Value:
        return self._list(node)

    def _list(self, node: ast.ListComp | ast.GeneratorExp) -> Value:
        chosen = collections.filtered(self, node)
        if chosen is None:
            return self._each(node)
        if isinstance(node.elt, ast.Name):
            return chosen
        before, self.scope = self.scope, Scope(self.scope)
        self.assign(node.generators[0].target, any_of(chosen.elements), node)
        value = self.evaluate(node.elt)
        self.scope = before
        return Many(latest([value]), value)

    def _each(self, node: ast.ListComp | ast.GeneratorExp) -> Value:
        """Returns the elements of a comprehension, one by one if it is known for what and variables are made for it."""
        generator = node.generators[0]
        rounds = self.rounds_of(self.evaluate(generator.iter))
        if len(node.generators) > 1 or generator.ifs or not rounds:
            return self._comprehension(node, [node.elt])
        before, self.scope = self.scope, Scope(self.scope)
        made, values = len(self.created), []
        with self.each_round():
            for element in rounds:
                self.assign(generator.target, element, generator)
                values.append(self.evaluate(node.elt))
        self.scope = before
        if len(self.created) > made or isinstance(values[0], Cell):
            return Elements(latest(values), tuple(values))
        return Many(latest(values), any_of(values))

    def _DictComp(self, node: ast.DictComp) -> Value:
        return self._comprehension(node, [node.key, node.value])

    def _comprehension(self, node: Any, results: Sequence[ast.expr]) -> Many:
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


def _static(of: Class, name: str) -> Value:
    """Returns what an attribute of a class stands for; it is followed if it is a function of its own."""
    method = inheriting.method(of.mro, name)
    return method if method is not None and syntax.is_decorated(method.node, "staticmethod") else Host()


def _part(owner: Host, index: Any) -> Host:
    """Returns an element or a part of a known text or list."""
    try:
        return Host(owner.stage, owner.literal[index])
    except (TypeError, LookupError):
        return Host(owner.stage)
