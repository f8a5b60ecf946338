"""Finds methods in the classes from which a class inherits, as Python does."""

from __future__ import annotations

import ast
import builtins
import sys
from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING

from tf1graphs.migrate import trees
from tf1graphs.migrate.facts import syntax
from tf1graphs.migrate.facts.values import (
    Class,
    Function,
    Graph,
    Host,
    Initializer,
    Instance,
    Session,
    Settings,
    Super,
    Symbol,
    Unknown,
    Value,
    flat,
)

if TYPE_CHECKING:
    from tf1graphs.migrate.facts.calls import Calls
    from tf1graphs.migrate.facts.expressions import Expressions
    from tf1graphs.migrate.facts.program import Facts

# Modules beside the standard library whose classes know nothing of TensorFlow.
_HOSTS = frozenset({*sys.stdlib_module_names, "numpy", "six"})
# Classes whose objects hold others, which may be parts of a graph.
_CONTAINERS = frozenset(
    {
        *("list", "tuple", "dict", "set", "frozenset", "ndarray", "NamedTuple", "SimpleNamespace"),
        *("OrderedDict", "defaultdict", "deque", "Counter", "ChainMap", "UserDict", "UserList"),
    }
)
# What is no part of a graph.
_IDLE = frozenset({Host, Symbol, Function, Class, Instance, Super, Unknown, Session, Settings, Graph, Initializer})


def method(mro: Sequence[Class], name: str) -> Function | None:
    """Returns the first method of a name that classes have, without its object; None if none has one."""
    for of in mro:
        found = syntax.method(of.node, name)
        if found is not None:
            return Function(node=found, scope=of.scope)
        if of.node is not None and name in {each for node in of.node.body for each in _given(node)}:
            return None
    return None


def _given(node: ast.stmt) -> set[str]:
    """Returns the names that a statement of a class gives a value."""
    return syntax.stored(node) if isinstance(node, (ast.Assign, ast.AnnAssign)) else set()


def bound(mro: Sequence[Class], name: str, instance: Instance) -> Function | None:
    """Returns the first method of a name that classes have, for an object; None if none has one."""
    found = method(mro, name)
    return found and Function(node=found.node, scope=found.scope, instance=instance)


def constructor(of: Class) -> ast.FunctionDef | None:
    """Returns the method that makes an object of a class ready, if the program has one."""
    found = method(of.mro, "__init__")
    return found.node if found is not None and isinstance(found.node, ast.FunctionDef) else None


def methods(instance: Instance) -> list[Function]:
    """Returns the methods that an object has by their names."""
    mro = instance.of.mro if instance.of is not None else ()
    names = dict.fromkeys(each.name for of in mro for each in syntax.methods(of.node))
    return [found for found in (bound(mro, name, instance) for name in names) if found is not None]


def heirs(nodes: Collection[ast.AST], node: ast.ClassDef) -> Iterator[ast.ClassDef]:
    """Yields the classes that name a class, or one of these, as their base."""
    names, found = {node.name}, True
    while found:
        found = False
        for each in nodes:
            if isinstance(each, ast.ClassDef) and each.name not in names and names & set(map(_name, each.bases)):
                names.add(each.name)
                found = True
                yield each


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else ""


# Bases.


def reason(self: Expressions, node: ast.ClassDef, bases: Sequence[Value]) -> str | None:
    """Returns why it is not known what a class inherits from its bases, or None if it is."""
    for expression, base in zip(node.bases, bases, strict=True):
        if isinstance(base, Symbol):
            return f"it inherits from {base.name}"
        if _last(expression) in _CONTAINERS:
            return f"what an object holds as a {_last(expression)} is not followed"
        if not isinstance(base, Class) and not _is_of_host(self, expression):
            return "it inherits from a class that is not known by reading"
    found = [each for base in bases if isinstance(base, Class) for each in base.mro]
    if len(set(found)) < len(found):
        return "it inherits from a class in two ways"
    private = syntax.private(node) & {name for each in found if each.node for name in syntax.private(each.node)}
    return f"{min(private)} is another attribute in a class from which it inherits" if private else None


def _is_of_host(self: Expressions, node: ast.expr) -> bool:
    """Says whether a class comes from Python, its standard library or NumPy."""
    root = syntax.root(node)
    found = self.scope.find(root) if root else None
    if found is None:
        return isinstance(node, ast.Name) and hasattr(builtins, node.id)
    places = found[1].places[root or ""]
    modules = {_module(place, root or "") for place in places}
    return type(found[0].value) is Host and modules <= _HOSTS


def _last(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else _name(node)


def _module(place: ast.AST, name: str) -> str:
    """Returns the top module from which an import brings a name; nothing for other statements."""
    if isinstance(place, ast.ImportFrom) and not place.level:
        return (place.module or "").partition(".")[0]
    if isinstance(place, ast.Import):
        found = [each.name for each in place.names if (each.asname or each.name.partition(".")[0]) == name]
        return found[-1].partition(".")[0] if found else ""
    return ""


# Calls.


def of_super(self: Expressions, node: ast.Call) -> Super | None:
    """Returns what a call of ``super`` stands for in a method; None for other calls."""
    if not isinstance(node.func, ast.Name) or node.func.id != "super" or self.scope.find("super"):
        return None
    calling = next((each for each in reversed(self.calling) if each.instance is not None), None)
    if calling is None or calling.instance is None or calling.instance.of is None:
        return None
    mro = calling.instance.of.mro
    if node.args:
        place = self.evaluate(node.args[0])
        for each in node.args[1:]:
            self.evaluate(each)
    else:
        place = next((each for each in mro if calling.node in syntax.methods(each.node)), Host())
    return Super(instance=calling.instance, mro=mro[mro.index(place) + 1 :]) if place in mro else None


def unbound(self: Expressions, function: ast.expr, arguments: Sequence[Value]) -> Function | None:
    """Returns the method that a call takes from a class for the object which it gives first; None for others."""
    owner = self.facts.values.get(function.value) if isinstance(function, ast.Attribute) else None
    first = arguments[0] if arguments else None
    if not isinstance(owner, Class) or not isinstance(first, Instance) or first.of is None:
        return None
    if owner not in first.of.mro:
        return None
    found = bound(owner.mro, function.attr, first)  # type: ignore[attr-defined]
    if found is not None:
        self.facts.note(function, found)
    return found


def is_bound(facts: Facts, function: ast.expr) -> bool:
    """Says whether what is called is made or has its object, so that the call does not give it."""
    value = facts.values.get(function)
    owner = facts.values.get(function.value) if isinstance(function, ast.Attribute) else None
    return isinstance(value, Class) or (
        isinstance(value, Function) and value.instance is not None and not isinstance(owner, Class)
    )


# Methods of several classes.


def note(self: Calls, method: ast.FunctionDef, of: Class) -> None:
    """Notes for which classes a method has run, and whether it has a part of a graph."""
    self.ran[method].add(of)
    values = (self.facts.values.get(node) for node in trees.walk(method))
    if any(type(each) not in _IDLE for value in values if value is not None for each in flat(value)):
        self.building.add(method)


def is_passed_by(self: Calls, of: Class) -> bool:
    """Says whether a class has a method with a part of a graph that objects of no other class run."""
    methods = [each for each in syntax.methods(of.node) if each not in self.called]
    return any(syntax.uses(each, lambda name: _is_symbol(of, name)) or syntax.runs(each) for each in methods)


def _is_symbol(of: Class, name: str) -> bool:
    found = of.scope.find(name) if of.scope else None
    return found is not None and isinstance(found[0].value, Symbol)


def differing(self: Calls) -> dict[ast.FunctionDef, list[ast.ClassDef]]:
    """Returns the methods with a part of a graph that objects of several classes have, and these classes."""
    ran = {method: list(self.ran[method]) for method in self.building if len(self.ran[method]) > 1}
    return {method: [each.node for each in of if each.node] for method, of in ran.items()}
