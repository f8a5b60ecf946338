"""What calls stand for that open scopes."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from typing import TYPE_CHECKING

from tf1graphs.migrate.facts import defaults, syntax
from tf1graphs.migrate.facts.creating import literal_text
from tf1graphs.migrate.facts.values import Host, Scoping, Value

if TYPE_CHECKING:
    from tf1graphs.migrate.facts.expressions import Expressions


def scope(self: Expressions, node: ast.Call, values: Sequence[Value]) -> Value:
    """Returns what a name scope stands for."""
    del values
    name = literal_text(self, node, 0, "name", "name_or_scope")
    return Scoping(name=name, is_known=name is not None)


def variable_scope(self: Expressions, node: ast.Call, values: Sequence[Value]) -> Value:
    """Returns what a variable scope stands for."""
    del values
    reuse = syntax.argument(node, None, "reuse")
    value = self.facts.values.get(reuse) if reuse is not None else None
    literal = value.literal if isinstance(value, Host) else None
    is_reused = bool(literal) if literal is not ... else None
    arguments = defaults.of_variables(self, node)
    given = syntax.argument(node, 0, "name_or_scope", "scope")
    entered = self.facts.values.get(given) if given is not None else Host(literal=None)
    if isinstance(entered, Scoping) and entered.path is not None:
        last = entered.path.rstrip("/").rpartition("/")[2]
        return Scoping(
            name=last, is_variable_scope=True, reuse=is_reused, defaults=arguments, path=entered.path, is_again=True
        )
    is_numbered = isinstance(entered, Host) and entered.literal is None
    name = (
        literal_text(self, node, 1, "default_name")
        if is_numbered
        else literal_text(self, node, 0, "name_or_scope", "scope")
    )
    return Scoping(
        name=name,
        is_variable_scope=True,
        reuse=is_reused,
        is_known=name is not None,
        is_numbered=is_numbered,
        defaults=arguments,
    )
