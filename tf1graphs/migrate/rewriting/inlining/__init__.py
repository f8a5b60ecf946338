"""Writes functions that build a part of the graph out where they are called: its names are those of the caller then."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from tf1graphs.migrate import trees
from tf1graphs.migrate.facts import syntax
from tf1graphs.migrate.facts.program import Facts
from tf1graphs.migrate.facts.values import Function
from tf1graphs.migrate.rewriting.inlining.calls import only_call
from tf1graphs.migrate.rewriting.inlining.texts import written_out
from tf1graphs.migrate.rewriting.rewritten import Rewritten
from tf1graphs.migrate.source import Source

# Methods and classes by which a function runs a session, or makes one for others.
_RUNNING = re.compile(r"run|eval|\w*[sS]ession|Supervisor")
_NAME = re.compile(r"\w+")


def inlined(facts: Facts) -> Rewritten | None:
    """Returns a program in which functions that build stand where they are called; None if none can."""
    found = [node for node in facts.source.tree.body if isinstance(node, ast.FunctionDef) and _only_builds(facts, node)]
    text, lines = facts.source.text, list(range(1, facts.source.last_line + 1))
    for node in [each for each in found if _is_named(facts, each)] or found:
        call = only_call(Source(text), node.name)
        written = written_out(call) if call else None
        if written:
            text, lines = written.text, [lines[line - 1] for line in written.lines]
    return Rewritten(text, lines) if text != facts.source.text else None


def _only_builds(facts: Facts, node: ast.FunctionDef) -> bool:
    """Says whether a function makes placeholders or train ops, and neither makes nor runs a session."""
    waiting, seen = [node], {node}
    while waiting:
        for each in trees.walk(waiting.pop()):
            if not isinstance(each, ast.Call):
                continue
            name = each.func.attr if isinstance(each.func, ast.Attribute) else getattr(each.func, "id", "")
            if each in facts.sites or _RUNNING.fullmatch(name):
                return False
            called = facts.values.get(each.func)
            inner = called.node if isinstance(called, Function) else None
            if isinstance(inner, ast.FunctionDef) and inner not in seen:
                seen.add(inner)
                waiting.append(inner)
    return facts.builders.get(node, False)


def _is_named(facts: Facts, node: ast.FunctionDef) -> bool:
    """Says whether something is refused in a function, or one of its names or of those that its result gets."""
    names = set(_names(facts.source, node))
    return any(
        node.lineno <= each.line <= (node.end_lineno or 0) or names & set(_NAME.findall(each.construct))
        for each in facts.refusals
    )


def _names(source: Source, node: ast.FunctionDef) -> Iterator[str]:
    yield from syntax.stored(node)
    yield from (each.arg for each in trees.walk(node) if isinstance(each, ast.arg))
    for each in source.nodes:
        call = each.value if isinstance(each, ast.Assign) else None
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == node.name:
            yield from syntax.stored(each)
