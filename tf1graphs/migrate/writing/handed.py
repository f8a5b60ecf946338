"""Names what methods are given of a graph, or get from each other, as the functions do that compute it."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator

from tf1graphs.migrate import trees
from tf1graphs.migrate.facts.items import Item, is_later
from tf1graphs.migrate.facts.program import Facts
from tf1graphs.migrate.facts.values import Function, Instance, Placeholder, Tensor, Value
from tf1graphs.migrate.refusals import Refusal
from tf1graphs.migrate.writing.gone import is_gone


class Handed:
    """Tells by which names the methods of a file read what others have made.

    Args:
        facts: what is known of the old program.
        argument: the name of the argument that a placeholder becomes.
    """

    def __init__(self, facts: Facts, argument: Callable[[Placeholder], str]) -> None:
        self.facts = facts
        self.argument = argument

    def names(self) -> Iterator[tuple[ast.expr, str]]:
        """Yields the places where methods that build a graph read it by other names, with those of the functions.

        What cannot be named is refused.
        """
        for owner in self.facts.owners:
            if isinstance(owner.node, ast.ClassDef):
                given = set(self._results(owner.node))
                for method in owner.methods:
                    if method not in self.facts.helpers and method not in self.facts.creating:
                        yield from self._of_method(method, given)

    def _results(self, node: ast.ClassDef) -> Iterator[Item]:
        """Yields the statements of a class that only give names to what a method has returned."""
        for item in self.facts.items.values():
            call = item.node.value if item.owner.node is node and isinstance(item.node, ast.Assign) else None
            function = self.facts.values.get(call.func) if isinstance(call, ast.Call) else None
            if isinstance(function, Function) and function.instance is not None and not is_later(item):
                yield item

    def _of_method(self, method: ast.FunctionDef, given: set[Item]) -> Iterator[tuple[ast.expr, str]]:
        parameters = {each.arg for each in [*method.args.args[1:], *method.args.kwonlyargs]}
        defined = {name for node in trees.walk(method) if isinstance(node, ast.stmt) for name in self._defines(node)}
        for node in trees.walk(method):
            own = self._name(node, parameters, given)
            value = self.facts.values.get(node)
            if own is None or not isinstance(node, ast.expr) or not isinstance(value, Tensor) or not is_gone(value):
                continue
            if isinstance(node, ast.Name) and own in parameters:
                value = self.facts.parameters.get((method, own))
            name = self._label(value)
            if name == own:
                continue
            if name and name not in defined:
                yield node, name
                continue
            reason = f"{name} stands for something else there" if name else "which part of a graph it is is not known"
            self.facts.refusals.add(Refusal(node.lineno, own, reason, "give it one name everywhere"))

    def _name(self, node: ast.AST, parameters: set[str], given: set[Item]) -> str | None:
        """Returns the name by which a node reads what its method has been given, or what another one has returned."""
        if (
            isinstance(node, ast.Attribute)
            and isinstance(node.ctx, ast.Load)
            and isinstance(self.facts.values.get(node.value), Instance)
        ):
            return node.attr if any(node.attr in item.defines for item in given) else None
        if not isinstance(node, ast.Name) or not isinstance(node.ctx, ast.Load):
            return None
        items = self.facts.bound_by.get(node, frozenset())
        is_parameter = not items and node.id in parameters
        return node.id if is_parameter or (items and items <= given) else None

    def _label(self, value: Value | None) -> str:
        if isinstance(value, Placeholder):
            return self.argument(value)
        return value.label if isinstance(value, Tensor) else ""

    def _defines(self, node: ast.stmt) -> set[str]:
        item = self.facts.items.get(node)
        return item.defines if item is not None else set()
