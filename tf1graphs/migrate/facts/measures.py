"""Static shapes that a program reads: what only asks for a size that is known does not hang on the tensor."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from tf1graphs.migrate import trees
from tf1graphs.migrate.facts import sizing
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


# Statements that move as a whole, with those in them.
_BLOCKS = (ast.If, ast.For, ast.While, ast.Try)


def of(value: Value) -> StaticShape | None:
    """Returns the static shape of a tensor or variable, or None if it is not known by reading."""
    sizes = shape(value)
    if sizes is None:
        return None
    # What is known only in a run has no number that could be written.
    stages = [Stage.FIXED if type(size) is int else value.stage for size in sizes]
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
    if any(isinstance(each, ast.Call) for each in trees.walk(node)):
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
    self.asking |= set(self.facts.queries[query])
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
        if node is not query and any(child is found[-1] for child in trees.walk(node)):
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


def note(self: Expressions, node: ast.expr, value: Value) -> None:
    """Notes the size that an expression around a static shape tells."""
    size = known(value)
    self.told[node] = size if self.told.get(node, size) == size else ...


def settle(self: Expressions, item: Item) -> None:
    """Says whether a statement that has been interpreted hangs on the tensors that it asked for sizes."""
    for query, watched in item.measures.items():
        # What is asserted of shapes goes with the graph.
        told = None if isinstance(item.node, ast.Assert) else _told(self.facts, query)
        if told is not None:
            self.facts.told.setdefault(query, told)
        if told is None or self.facts.told[query] is not told or item.stage is Stage.LATER:
            add(item, watched)


def _told(facts: Facts, query: ast.expr) -> ast.expr | None:
    """Returns the outermost expression around a shape that is known; None if it only leads to one that is not."""
    nodes = facts.queries[query]
    found = [node for node in nodes if known(facts.values.get(node)) is not ...]
    if not found:
        return None
    beyond = nodes[nodes.index(found[-1]) + 1 :]
    is_list = isinstance(known(facts.values.get(found[-1])), list)
    return None if is_list and beyond and isinstance(beyond[0], ast.Subscript) else found[-1]


def known(value: Value | None) -> object:
    """Returns a number or a list of sizes, if a value is that; ``...`` otherwise."""
    if isinstance(value, Host):
        return value.literal if type(value.literal) in (int, float) else ...
    if not isinstance(value, Elements):
        return ...
    found = [sizing.literal(each) for each in value.elements]
    return found if all(size is None or type(size) is int for size in found) else ...


def finish(self: Expressions) -> None:
    """Notes what is written in place of each size, now that it is known which statements move into functions."""
    functions = {node: function for function in self.facts.creating for node in trees.walk(function)}
    items = [*self.facts.items.values(), *self.facts.locals.values()]
    # Statements in one that moves move with it.
    moved = [item.node for item in items if is_later(item)]
    moving = {node for each in moved for node in (trees.walk(each) if isinstance(each, _BLOCKS) else [each])}
    for item in items:
        function = functions.get(item.node)
        for query, watched in item.measures.items():
            if item.node in moving:
                add(item, watched)
            is_created = any(query in trees.walk(call) for call in item.creates)
            is_written = is_created or item.node not in moving
            if query in self.facts.told and is_written and (function or not item.is_local):
                _note(self, query, function)


def _note(self: Expressions, query: ast.expr, function: ast.FunctionDef | None) -> None:
    told = self.facts.told[query]
    if self.facts.sizes.get(told, ...) is not ...:
        self.facts.static[told] = self.facts.sizes[told]
    elif function is not None:
        self.facts.varying.setdefault(function, []).append(told)
    else:
        reason = "the size that it tells is not always the same"
        self.refuse(query, self.source.segment(query), reason, "write the numbers out")


def keep(facts: Facts, sizes: Mapping[ast.expr, object], call: ast.Call | None) -> None:
    """Keeps the sizes that a call of a function has read, or all else that the program does."""
    several = [facts.sizes] if call is None else [facts.sizes, facts.sizes_in.setdefault(call, {})]
    for node, size in sizes.items():
        for found in several:
            found[node] = size if found.get(node, size) == size else ...


def hanging(value: Value, stage: Stage) -> Value:
    """Returns numbers as what is known at a stage, as a function has read them from what it was given."""
    if isinstance(value, Host):
        return replace(value, stage=max(value.stage, stage))
    if type(value) in (Elements, StaticShape) and isinstance(value, Elements):
        return replace(value, stage=stage, elements=tuple(hanging(each, stage) for each in value.elements))
    return value
