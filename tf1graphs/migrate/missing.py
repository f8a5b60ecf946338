"""Names that a migrated file reads although nothing gives them a value."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tf1graphs.migrate import names, trees
from tf1graphs.migrate.refusals import Refusal

# What Python gives every file.
_MODULE = {"__name__", "__file__", "__doc__", "__package__", "__spec__", "__builtins__", "__class__"}


def refused(old: ast.Module, migrated: str) -> Iterator[Refusal]:
    """Yields the names that a migrated file reads although nothing gives them a value any more."""
    known = {node.id for node in names.unbound(old)} | _MODULE
    missing = {node.id for node in names.unbound(trees.parse(migrated))} - known
    lines = {node.id: node.lineno for node in reversed(trees.walk(old)) if isinstance(node, ast.Name)}
    for name in sorted(missing & lines.keys()):
        reason = "it is used outside of what a session runs"
        yield Refusal(lines[name], name, reason, "use the value that a run returned")
    for name in sorted(missing - lines.keys()):
        yield Refusal(1, "this file", f"its new text would read {name}, which nothing makes", "write this part by hand")
