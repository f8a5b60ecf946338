"""Says which statements the new program does not have: what made sessions and graphs, and ran initializers."""

from __future__ import annotations

import ast
from functools import cached_property

from tf1graphs.migrate import initializations
from tf1graphs.migrate.facts import putting, syntax
from tf1graphs.migrate.facts.symbols import BEHAVIOUR
from tf1graphs.migrate.facts.values import (
    Elements,
    Graph,
    Initializer,
    Placeholder,
    Scoping,
    Session,
    Settings,
    Symbol,
    Value,
    VariableList,
    Writer,
    flat,
)
from tf1graphs.migrate.slices import is_initialization
from tf1graphs.migrate.writing.gone import is_gone
from tf1graphs.migrate.writing.monitored import Monitors
from tf1graphs.migrate.writing.summaries import Summaries

_GONE = (Settings, Session, Graph, Initializer, Placeholder, Scoping)
_GONE_CALLS = BEHAVIOUR | {"tf.reset_default_graph", "tf.add_to_collection", "tf.losses.add_loss"}


class Leaving:
    """Finds the statements of one file that go."""

    def __init__(self, monitors: Monitors, summaries: Summaries) -> None:
        self.facts = monitors.facts
        self.summaries = summaries
        self.texts = monitors.texts
        self.monitors = monitors
        self._anew = initializations.anew(self.facts)

    # Contexts.

    def is_unwrapped(self, node: ast.With) -> bool:
        """Says whether only the block of a ``with`` statement stays."""
        return all(map(self.is_context_gone, node.items))

    def is_context_gone(self, part: ast.withitem) -> bool:
        """Says whether a context goes: a session, a graph or the scope of names."""
        return isinstance(self._stands_for(part.context_expr), (Session, Graph, Scoping))

    def is_rewritten(self, node: ast.With) -> bool:
        """Says whether a context goes or, as that of a writer, becomes another."""
        return any(
            self.is_context_gone(part) or isinstance(self._stands_for(part.context_expr), Writer) for part in node.items
        )

    # Statements.

    def is_gone(self, node: ast.stmt) -> bool:
        """Says whether a statement goes that no function takes."""
        return self._is_gone(node) or self.monitors.is_gone(node)

    def _is_gone(self, node: ast.stmt) -> bool:
        if isinstance(node, ast.FunctionDef):
            # All it does is to open scopes, which it returns.
            returned = [each.value for each in syntax.walk(node.body) if isinstance(each, ast.Return)]
            return bool(returned) and all(each and isinstance(self._stands_for(each), Scoping) for each in returned)
        if isinstance(node, ast.Assign):
            return self._is_assignment_gone(node)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
            return self._is_call_gone(node.value)
        return False

    def _is_assignment_gone(self, node: ast.Assign) -> bool:
        if putting.pairs(node, self.facts.putting) == []:
            return True
        value = self._stands_for(node.value)
        if isinstance(value, VariableList):
            return is_gone(value)
        if node in self.facts.locals and value is not None and all(isinstance(v, Placeholder) for v in flat(value)):
            # A function that computes something is given what is fed.
            return False
        if isinstance(value, Elements):
            return bool(value.elements) and all(isinstance(each, _GONE) for each in value.elements)
        if self.summaries.is_empty(node.value):
            return not {each.id for each in node.targets if isinstance(each, ast.Name)} & self._read
        if isinstance(value, Placeholder) and node in self.facts.locals:
            # What a function is given stays, whatever it is given.
            return False
        held = self._stands_for(node.targets[0].value) if isinstance(node.targets[0], ast.Attribute) else None
        return isinstance(value, _GONE) or isinstance(held, Settings) or self.texts.is_module_alias(node)

    def _is_call_gone(self, call: ast.Call) -> bool:
        site = self.facts.sites.get(call)
        if site is not None and is_initialization(site):
            return site not in self._anew
        if self.summaries.is_idle(call):
            return True
        function = self._stands_for(call.func)
        if isinstance(function, Symbol) and function.name in _GONE_CALLS:
            return True
        if isinstance(call.func, ast.Attribute):
            owner = self._stands_for(call.func.value)
            return isinstance(owner, (Session, Graph, Scoping)) and site is None
        return False

    @cached_property
    def _read(self) -> set[str]:
        return syntax.read(self.facts.source.tree)

    def _stands_for(self, node: ast.expr) -> Value | None:
        return self.facts.values.get(node)
