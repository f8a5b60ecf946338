"""What Python's operators make of values, and what collections hold."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Sequence
from dataclasses import replace

from tf1graphs.migrate.facts import builtins, sizing
from tf1graphs.migrate.facts.state import State
from tf1graphs.migrate.facts.values import (
    Elements,
    Entries,
    Host,
    Many,
    Stage,
    Tensor,
    Unknown,
    Value,
    Variable,
    VariableList,
    any_of,
    is_graph,
    joined,
    latest,
    shape,
)

# Loops of more rounds than these are not followed round by round.
_MANY = 64


class Operators(State):
    """Follows operators and the elements of collections."""

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
        result = self.computed([value])
        if isinstance(result, Tensor):
            result.sizes = shape(value)
        return result

    def _BinOp(self, node: ast.BinOp) -> Value:
        left, right = self.evaluate(node.left), self.evaluate(node.right)
        if isinstance(node.op, ast.Add) and isinstance(left, (Elements, Many)) and isinstance(right, (Elements, Many)):
            return self.added(left, right)
        if isinstance(node.op, ast.Mod) and isinstance(left, Host) and isinstance(left.literal, str):
            return builtins.formatted(left.literal, right)
        if isinstance(left, Host) and isinstance(right, Host):
            return builtins.folded(node.op, left, right)
        if isinstance(node.op, ast.Mult) and isinstance(left, Elements) and isinstance(right, Host):
            return Many(latest([left]), any_of(left.elements))
        result = self.computed([left, right])
        if isinstance(result, Tensor):
            result.sizes = sizing.operator(node, left, right)
        return result

    def _JoinedStr(self, node: ast.JoinedStr) -> Value:
        # What stands inside has no place of its own before Python 3.12, by which it could be known from a run.
        was_repeated, self.is_repeated = self.is_repeated, True
        parts = [self.evaluate(part) for part in node.values]
        self.is_repeated = was_repeated
        texts = [part.literal for part in parts if isinstance(part, Host) and isinstance(part.literal, str)]
        return Host(literal="".join(texts)) if len(texts) == len(parts) else self.computed(parts)

    def _FormattedValue(self, node: ast.FormattedValue) -> Value:
        value = self.evaluate(node.value)
        spec = self.evaluate(node.format_spec) if node.format_spec else Host(literal="")
        is_plain = isinstance(value, Host) and type(value.literal) in (str, int)
        if is_plain and node.conversion == -1 and isinstance(spec, Host) and spec.literal == "":
            return Host(literal=str(value.literal))  # type: ignore[attr-defined]
        return self.computed([value, spec])

    def _BoolOp(self, node: ast.BoolOp) -> Value:
        return any_of([self.evaluate(value) for value in node.values])

    def _Compare(self, node: ast.Compare) -> Value:
        values = [self.evaluate(each) for each in [node.left, *node.comparators]]
        if isinstance(node.ops[0], (ast.Is, ast.IsNot)) and len(values) == 2:
            same = builtins.is_same(*values)
            if same is not None:
                return Host(literal=same is isinstance(node.ops[0], ast.Is))
        if all(isinstance(value, Host) for value in values) and len(values) == 2:
            return builtins.compared(node.ops[0], *values)
        if isinstance(node.ops[0], (ast.In, ast.NotIn, ast.Is, ast.IsNot)):
            return Host(latest(values))
        return self.computed(values)

    def _IfExp(self, node: ast.IfExp) -> Value:
        test = self.evaluate(node.test)
        if isinstance(test, Host) and test.literal is not ...:
            return self.evaluate(node.body if test.literal else node.orelse)
        return joined(self.evaluate(node.body), self.evaluate(node.orelse))

    # Collections.

    def members(self, value: Value) -> tuple[Value, ...]:
        """Returns the elements of a collection, or one that stands for each."""
        if isinstance(value, Elements):
            return value.elements
        if isinstance(value, Many):
            return (value.element,)
        return tuple(value.entries.values()) if isinstance(value, Entries) else ()

    def rounds_of(self, value: Value) -> Sequence[Value] | None:
        """Returns what each round of a loop over a value has; None if that is not known, or there are many."""
        if isinstance(value, Elements) and len(value.elements) <= _MANY:
            return value.elements
        if isinstance(value, Host) and isinstance(value.literal, str) and len(value.literal) <= _MANY:
            return [Host(literal=each) for each in value.literal]
        return None

    def added(self, first: Value, second: Value) -> Value:
        """Returns what two lists are together."""
        if isinstance(first, VariableList) and isinstance(second, VariableList):
            return replace(
                first,
                stage=latest([first, second]),
                elements=first.elements + second.elements,
                made={**first.made, **second.made},
                cells={**first.cells, **second.cells},
            )
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
