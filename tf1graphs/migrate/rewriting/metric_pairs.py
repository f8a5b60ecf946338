"""Reads the value and the update of a metric, which 1.15 gives as a pair, as two statements."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tf1graphs.migrate.facts.metrics import NAMES, RESULT
from tf1graphs.migrate.facts.program import Facts
from tf1graphs.migrate.facts.values import Symbol
from tf1graphs.migrate.rewriting.rewritten import Rewritten, edited
from tf1graphs.migrate.source import Edit, Source


def taken_apart(facts: Facts) -> Rewritten | None:
    """Returns a program whose metrics are read as two statements each; None if it is one already."""
    found = [node for node in facts.source.nodes if isinstance(node, ast.Assign) and _is_pair(facts, node)]
    return edited(facts.source, [edit for node in found for edit in _edits(facts.source, node)]) if found else None


def _is_pair(facts: Facts, node: ast.Assign) -> bool:
    """Says whether a statement gives the value and the update of a metric a name each."""
    target = node.targets[0]
    function = facts.values.get(node.value.func) if isinstance(node.value, ast.Call) else None
    is_pair = isinstance(target, (ast.Tuple, ast.List)) and len(node.targets) == 1 and len(target.elts) == 2
    return is_pair and isinstance(function, Symbol) and function.name in NAMES


def _edits(source: Source, node: ast.Assign) -> Iterator[Edit]:
    assert isinstance(node.targets[0], (ast.Tuple, ast.List))
    value, update = (source.segment(each) for each in node.targets[0].elts)
    yield Edit(source.start(node.targets[0]), source.end(node.targets[0]), update)
    behind = f"\n{' ' * node.col_offset}{value} = {update}.{RESULT}" if value != update else ""
    yield Edit(source.end(node), source.end(node), f"[1]{behind}")
