"""Static shapes that a program reads: what only asks for a size does not hang on the tensor, if reading tells the size."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from typing import TYPE_CHECKING

from tf1graphs.migrate.facts.items import Item, is_later
from tf1graphs.migrate.facts.program import Facts
from tf1graphs.migrate.facts.values import (
    Dimension,
    Elements,
    Host,
    Stage,
    StaticShape,
    Tensor,
    Value,
    Variable,
    shape,
)

if TYPE_CHECKING:
    from tf1graphs.migrate.facts.expressions import Expressions


def of(value: Value) -> StaticShape | None:
    """Returns the static shape of a tensor or variable, or None if it is not known by reading."""
    sizes = shape(value)
    if sizes is None:
        return None
    stages = [value.stage if size is ... else Stage.FIXED for size in sizes]
    elements = (
        Dimension(stage, size if type(size) is int else ..., size) for stage, size in zip(stages, sizes, strict=True)
    )
    return StaticShape(max(stages, default=Stage.FIXED), tuple(elements))


def asked(self: Expressions, node: ast.expr, query: ast.expr) -> tuple[Value, StaticShape | None]:
    """Returns what is asked for its static shape, and that if it is known.

    Args:
        self: what goes through the program.
        node: the tensor.
        query: the expression of its shape: ``x.shape`` or ``x.get_shape()``.
    """
    if any(isinstance(each, ast.Call) for each in ast.walk(node)):
        return self.evaluate(node), None
    statement = self.item
    self.item = Item(statement.node, statement.owner, statement.order, statement.around, is_local=statement.is_local)
    value = self.evaluate(node)
    watched, self.item = self.item, statement
    if not isinstance(value, Tensor) or value.stage is Stage.FIXED or of(value) is None or _is_outside(self, watched):
        add(statement, watched)
        return value, of(value) if isinstance(value, (Variable, Tensor)) and value.stage is Stage.FIXED else None
    statement.measures[query] = watched
    self.facts.queries[query] = _ancestors(self.path, query)
    return value, of(value)


def _is_outside(self: Expressions, watched: Item) -> bool:
    """Says whether something is read that a function which is called finds outside of it."""
    scopes = [scope for scope in watched.outer.values() if scope is not self.scope]
    return any(function.scope and function.scope.sees(scope) for function in self.calling for scope in scopes)


def _ancestors(path: list[ast.expr], query: ast.expr) -> tuple[ast.expr, ...]:
    """Returns an expression and those around it that only ask more of it: elements, attributes, calls."""
    found = [query]
    for node in reversed(path):
        if not isinstance(node, (ast.Call, ast.Attribute, ast.Subscript)):
            break
        if node is not query and any(child is found[-1] for child in ast.walk(node)):
            found.append(node)
    return tuple(found)


def add(item: Item, watched: Item) -> None:
    """Makes a statement hang on what has been read."""
    item.reads |= watched.reads - {item}
    item.placeholders |= watched.placeholders
    item.listed |= watched.listed
    item.grows |= watched.grows
    item.outer = {**watched.outer, **item.outer}
    item.stage = max(item.stage, watched.stage)


def settle(self: Expressions, item: Item) -> None:
    """Says whether a statement that has been interpreted hangs on the tensors that it asked for sizes."""
    for query, watched in item.measures.items():
        told = _told(self.facts, query)
        first = self.facts.told.get(query, told)
        if first is not None:
            self.facts.told[query] = first
            size = known(self.facts.values[first]) if first is told else ...
            self.told[first] = size if self.told.get(first, size) == size else ...
        if told is None or told is not first or item.stage is Stage.LATER:
            add(item, watched)


def _told(facts: Facts, query: ast.expr) -> ast.expr | None:
    """Returns the outermost expression around a shape that is known."""
    nodes = [node for node in facts.queries[query] if known(facts.values.get(node)) is not ...]
    return nodes[-1] if nodes else None


def known(value: Value | None) -> object:
    """Returns a number, None, or a list of them, if a value is that; ``...`` otherwise."""
    if isinstance(value, Dimension):
        return value.literal
    if isinstance(value, Host):
        return value.literal if value.literal is None or type(value.literal) in (int, float) else ...
    if not isinstance(value, Elements):
        return ...
    found = [each.size if isinstance(each, Dimension) else known(each) for each in value.elements]
    return ... if ... in found else found


def finish(self: Expressions) -> None:
    """Notes what is written in place of each size, now that it is known which statements move into functions."""
    functions = {node: function for function in self.facts.creating for node in ast.walk(function)}
    for item in [*self.facts.items.values(), *self.facts.locals.values()]:
        function = functions.get(item.node)
        for query, watched in item.measures.items():
            if is_later(item):
                add(item, watched)
            is_created = any(query in ast.walk(call) for call in item.creates)
            if query in self.facts.told and (is_created or not is_later(item)) and (function or not item.is_local):
                _note(self, query, function)


def _note(self: Expressions, query: ast.expr, function: ast.FunctionDef | None) -> None:
    told = self.facts.told[query]
    if self.facts.sizes.get(told, ...) is not ...:
        self.facts.static[told] = self.facts.sizes[told]
    elif function is not None:
        self.facts.varying.setdefault(function, []).append(told)
    else:
        reason = "what it is differs from call to call"
        self.refuse(query, self.source.segment(query), reason, "give the function the numbers")


def note(facts: Facts, sizes: Mapping[ast.expr, object], call: ast.Call | None) -> None:
    """Notes the sizes that a part of the program has read, in a call of a function."""
    found = facts.sizes if call is None else facts.sizes_in.setdefault(call, {})
    for node, size in sizes.items():
        found[node] = size if found.get(node, size) == size else ...
