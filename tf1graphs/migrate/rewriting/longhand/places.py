"""A call that is written out, and the statement in which it stands."""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import dataclass

from tf1graphs.migrate.facts import syntax
from tf1graphs.migrate.facts.program import Facts
from tf1graphs.migrate.facts.values import Host, literal
from tf1graphs.migrate.names import free_name

# The statements before the one with a call, and the expression in the call's place.
Written = tuple[list[str], str]


@dataclass(frozen=True)
class Place:
    """A call in a statement.

    Attributes:
        facts: what is known about the program.
        call: the call.
        statement: the statement, which has no block.
        tf: how the program spells TensorFlow.
        taken: the names that the program has.
    """

    facts: Facts
    call: ast.Call
    statement: ast.stmt
    tf: str
    taken: set[str]

    @property
    def target(self) -> str | None:
        """The name that the statement gives to what the call returns, if that is all it does."""
        return syntax.only_name(self.statement, self.call)

    def bound(self, signature: str) -> dict[str, ast.expr] | None:
        """Returns the arguments by the names of parameters; None if they are not all seen."""
        names = signature.split()
        places, keywords = self.call.args, {each.arg or "": each.value for each in self.call.keywords}
        is_seen = len(places) <= len(names) and keywords.keys() <= set(names)
        if not is_seen or any(isinstance(each, ast.Starred) for each in places):
            return None
        return {**dict(zip(names, places, strict=False)), **keywords}

    def text(self, node: ast.expr) -> str:
        """Returns the text of an expression."""
        return self.facts.source.segment(node)

    def literal(self, node: ast.expr | None) -> object:
        """Returns the literal value of an argument, None if it is not given, or ``...``."""
        return None if node is None else literal(self.facts.values.get(node, Host()), node)

    def free(self, name: str) -> str:
        """Returns a name that the program does not have, and takes it."""
        return free_name(name, self.taken)

    def named(self, node: ast.expr, name: str, before: list[str]) -> str:
        """Returns a name for an expression: its own, or one that a statement before gives to it."""
        if isinstance(node, ast.Name):
            return node.id
        found = self.free(name)
        before.append(f"{found} = {self.text(node)}")
        return found


Writer = Callable[[Place], "Written | None"]
