"""For which object of a class of the program variables and layers are made: each object has those of its own."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from typing import TYPE_CHECKING

from tf1graphs.migrate.facts.values import Instance, VariableList

if TYPE_CHECKING:
    from tf1graphs.migrate.facts.expressions import Expressions


def _present(self: Expressions) -> Instance | None:
    """Returns the object whose method is interpreted, if one is."""
    return next((each.instance for each in reversed(self.calling) if each.instance is not None), None)


def note(self: Expressions, name: str) -> None:
    """Notes that a variable or layer is made for the present object."""
    present = _present(self)
    if present is not None:
        self.made_for.setdefault(name, present)


def check_list(self: Expressions, node: ast.expr, value: VariableList) -> None:
    """Refuses a list of variables if some are of layers of another object."""
    check(self, node, [made[0] for made in value.made.values() if not isinstance(made, str)])


def check(self: Expressions, node: ast.expr, names: Iterable[str]) -> None:
    """Refuses a list of what has been made if a part of it is another object's, which has the same attributes."""
    present = _present(self)
    others = {self.made_for[name] for name in names if name in self.made_for} - {present}
    if present is not None and any(each.of is present.of for each in others):
        reason = "it lists variables of another object of its class"
        self.refuse(node, self.source.segment(node), reason, "list them in a method of that object")
