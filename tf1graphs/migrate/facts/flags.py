"""Flags of the command line, whose values are numbers and strings of Python, and ``tf.app.run``."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from typing import TYPE_CHECKING

from tf1graphs.migrate import renames
from tf1graphs.migrate.facts import syntax
from tf1graphs.migrate.facts.values import Function, Host, Symbol, Value
from tf1graphs.migrate.rules.flags import VALUES

if TYPE_CHECKING:
    from tf1graphs.migrate.facts.expressions import Expressions


def has_values(value: Value | None) -> bool:
    """Says whether something is the object whose attributes are the values of the flags."""
    return isinstance(value, Symbol) and renames.current(value.name) in VALUES


def run(self: Expressions, node: ast.Call, values: Sequence[Value]) -> Value:
    """Follows ``tf.app.run`` into the function that it calls: the one it is given, or ``main``."""
    del values
    given = syntax.argument(node, 0, "main")
    main = self.facts.values[given] if given is not None else Host(literal=None)
    found = self.scope.find("main")
    if isinstance(main, Host) and main.literal is None and found is not None:
        main = found[0].value
    if isinstance(main, Function):
        self.call(main, [Host()], {})
    return Host()
