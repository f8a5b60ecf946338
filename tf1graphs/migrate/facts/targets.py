"""What the targets of assignments stand for afterwards."""

from __future__ import annotations

import ast
from dataclasses import replace

from tf1graphs.migrate.facts import datasets, flags, pipelines, syntax
from tf1graphs.migrate.facts.expressions import Expressions
from tf1graphs.migrate.facts.values import (
    Elements,
    Entries,
    Instance,
    Many,
    Session,
    Stage,
    Tensor,
    Value,
    any_of,
    latest,
)


class Targets(Expressions):
    """Assigns to names, elements and attributes."""

    def assign(self, target: ast.expr, value: Value, place: ast.AST) -> None:
        """Makes a target stand for a value."""
        if isinstance(target, ast.Name):
            self.bind(target.id, value, place)
        elif isinstance(target, (ast.Tuple, ast.List)):
            self._unpack(target, value, place)
        elif isinstance(target, ast.Starred):
            self.assign(target.value, Many(value.stage, value), place)
        elif isinstance(target, ast.Subscript):
            self._assign_element(target, value, place)
        elif isinstance(target, ast.Attribute):
            self._assign_attribute(target, value, place)

    def _unpack(self, target: ast.Tuple | ast.List, value: Value, place: ast.AST) -> None:
        if isinstance(value, datasets.Element) and not value.label:
            value = pipelines.unpacked(self, value, target)
        known = isinstance(value, Elements) and len(value.elements) == len(target.elts)
        starred = any(isinstance(part, ast.Starred) for part in target.elts)
        for number, part in enumerate(target.elts):
            if known and not starred:
                assert isinstance(value, Elements)
                self.assign(part, value.elements[number], place)
            else:
                self.assign(part, self.element_of(value), place)

    def _assign_element(self, target: ast.Subscript, value: Value, place: ast.AST) -> None:
        key = self.asked(target.slice)
        owner = self.evaluate(target.value)
        name = syntax.root(target)
        if isinstance(target.value, ast.Name) and isinstance(owner, Entries):
            self.change(
                target.value.id,
                replace(
                    owner,
                    entries={**owner.entries, self.key(key): value},
                    optional=owner.optional - {self.key(key)},
                ),
                place,
            )
        elif name:
            self.change(name, Many(latest([owner, value]), any_of([*self.members(owner), value])), place)

    def _assign_attribute(self, target: ast.Attribute, value: Value, place: ast.AST) -> None:
        owner = self.evaluate(target.value)
        if isinstance(owner, Instance):
            self.bind_attribute(owner, target.attr, value)
        elif flags.has_values(owner) and (name := syntax.root(target)):
            self.change(name, owner, place)
        elif isinstance(target.value, ast.Name) and isinstance(owner, Entries):
            self.change(target.value.id, Entries(owner.stage, {**owner.entries, target.attr: value}, owner.node), place)
        elif latest([value]) is not Stage.FIXED or isinstance(value, (Tensor, Session)):
            self.refuse(
                target,
                self.source.segment(target),
                "an attribute that holds a part of a graph is not followed",
                "use a variable",
            )
