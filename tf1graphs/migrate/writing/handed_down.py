"""Finds the functions that a function is given: it calls what a caller of it defines, and cannot see it."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterable, Mapping

from tf1graphs.migrate import trees
from tf1graphs.migrate.facts.items import Owner
from tf1graphs.migrate.facts.program import Facts
from tf1graphs.migrate.facts.values import Function

_Definition = ast.FunctionDef | None


class Callers:
    """The functions that call each other in a program."""

    def __init__(self, facts: Facts) -> None:
        self._callers: defaultdict[ast.AST, set[_Definition]] = defaultdict(set)
        self._held: set[str] = set()
        around = _around(facts.source.nodes)
        called = set[ast.AST]()
        for node in facts.source.nodes:
            if isinstance(node, ast.Call):
                called.add(node.func)
                value = facts.values.get(node.func)
                if isinstance(value, Function) and value.node is not None:
                    self._callers[value.node].add(around.get(node))
            elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node not in called:
                self._held.add(node.id)

    def between(self, owner: Owner, user: Owner) -> set[ast.FunctionDef]:
        """Returns the functions by which what an owner defines comes to one that it calls; none if that cannot be."""
        inside = set(trees.walk(owner.node))
        waiting, found = [user.node], set[ast.FunctionDef]()
        is_reached = False
        while waiting:
            node = waiting.pop()
            if not isinstance(node, ast.FunctionDef) or node.name in self._held:
                return set()
            found.add(node)
            callers = self._callers[node]
            is_reached |= bool(callers & inside)
            waiting += [each for each in callers - inside - found if each is not None]
        return found if is_reached else set()


def _around(nodes: Iterable[ast.AST]) -> Mapping[ast.AST, ast.FunctionDef]:
    """Returns the innermost function around each node."""
    functions = [each for each in nodes if isinstance(each, ast.FunctionDef)]
    return {child: each for each in functions for child in trees.walk(each) if child is not each}
