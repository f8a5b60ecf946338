"""Builds the model anew in each round of a loop that gives its variables their initial values again."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from tf1graphs.migrate import checks, initializations, trees
from tf1graphs.migrate.facts import syntax
from tf1graphs.migrate.facts.items import Site
from tf1graphs.migrate.facts.program import Facts
from tf1graphs.migrate.facts.values import Class, Function, Graph, Host, Initializer, Session, Settings, Symbol, flat
from tf1graphs.migrate.rewriting import builders
from tf1graphs.migrate.rewriting.builders import Builder
from tf1graphs.migrate.rewriting.rewritten import Rewritten, edited
from tf1graphs.migrate.slices import is_initialization
from tf1graphs.migrate.source import Edit

_LOOPS = (ast.For, ast.While)
# What runs its parts not just once.
_PERHAPS = (ast.If, ast.Try, *_LOOPS, ast.IfExp, ast.BoolOp, ast.Lambda, ast.comprehension)
# What is no part of a graph, or stands for all of it.
_IDLE = (Host, Symbol, Function, Class, Session, Settings, Graph, Initializer)


def moved(facts: Facts) -> Rewritten | None:
    """Returns a program in which such a loop builds the graph; None if it is not known that this is the same."""
    builder = builders.builder(facts) if any(initializations.repeated(facts)) else None
    if builder is None or facts.savers or not _is_repeatable(facts, builder):
        return None
    for loop in facts.source.nodes:
        if isinstance(loop, _LOOPS) and _is_begun(facts, builder, loop) and _is_apart(facts, builder, loop):
            return edited(facts.source, _edits(facts, builder, loop))
    return None


def _is_repeatable(facts: Facts, builder: Builder) -> bool:
    """Says whether to call the function again does nothing but to build the same graph."""
    is_whole = isinstance(builder.item.node, ast.Assign) and builder.item.node.value is builder.call
    nodes = [*trees.walk(builder.node), *trees.walk(builder.item.node)]
    calls = [each for each in nodes if isinstance(each, ast.Call)]
    prints = any(isinstance(each.func, ast.Name) and each.func.id == "print" for each in calls)
    return is_whole and not prints and not any(checks.has_effects(facts, each) for each in calls)


def _is_begun(facts: Facts, builder: Builder, loop: ast.For | ast.While) -> bool:
    """Says whether a loop behind the call of the function initializes the variables in each round, before all else."""
    around = [each for each in facts.items.values() if loop in each.around and each.owner is builder.item.owner]
    if not around or not all(map(builder.is_before, around)):
        return False
    begun = next((each for each in _statements(loop.body) if _runs(facts, each)), None)
    if begun is None or any(isinstance(each, _PERHAPS) for each in trees.walk(begun)):
        return False
    runs = [each for each in trees.walk(begun) if isinstance(each, ast.Call) and _runs_by_itself(facts, each)]
    return len(runs) == 1 and _initializes(facts, runs[0])


def _statements(body: Sequence[ast.stmt]) -> Iterator[ast.stmt]:
    """Yields the statements of a block that are always run; those in ``with`` one by one."""
    for node in body:
        if isinstance(node, ast.With):
            yield from _statements(node.body)
        else:
            yield node


def _runs(facts: Facts, node: ast.AST) -> bool:
    return any(isinstance(each, ast.Call) and _runs_by_itself(facts, each) for each in trees.walk(node))


def _runs_by_itself(facts: Facts, call: ast.Call) -> bool:
    """Says whether a call runs a session or a function that does."""
    value = facts.values.get(call.func)
    function = value.node if isinstance(value, Function) else None
    return call in facts.sites or (isinstance(function, ast.FunctionDef) and facts.builders.get(function, False))


def _initializes(facts: Facts, call: ast.Call) -> bool:
    """Says whether a call initializes the variables before all else that it runs."""
    value = facts.values.get(call.func)
    if not isinstance(value, Function):
        return is_initialization(facts.sites[call])
    sites = sorted((each for each in facts.sites.values() if each.owner.node is value.node), key=_order)
    inside = [each for each in trees.walk(value.node) if isinstance(each, ast.Call)] if value.node else []
    calls = any(_runs_by_itself(facts, each) and each not in facts.sites for each in inside)
    is_first = bool(sites) and is_initialization(sites[0])
    return is_first and not calls and all(isinstance(around, ast.With) for around in sites[0].item.around)


def _order(site: Site) -> int:
    return site.item.order


def _is_apart(facts: Facts, builder: Builder, loop: ast.For | ast.While) -> bool:
    """Says whether nothing between the call of the function and a loop uses the graph, and the call does not change."""
    between = [node for node in _between(facts, builder, loop) if not isinstance(node, ast.FunctionDef)]
    given = syntax.stored(builder.item.node)
    changed = {name for node in [*between, loop] for name in syntax.stored(node)}
    is_fixed = not changed & (syntax.read(builder.call) | given)
    parts = [child for node in between for child in trees.walk(node) if isinstance(child, ast.expr)]
    is_idle = all(isinstance(each, _IDLE) for part in parts for each in flat(facts.values.get(part, Host())))
    return is_fixed and is_idle and not any(given & syntax.read(node) or _runs(facts, node) for node in between)


def _between(facts: Facts, builder: Builder, loop: ast.stmt) -> Iterator[ast.AST]:
    """Yields the statements between the call of the function and a loop; of those around the loop what they enter."""
    for item in facts.items.values():
        is_behind = item.owner is builder.item.owner and item.order > builder.item.order
        if is_behind and item.node.lineno < loop.lineno:
            yield from (
                [part.context_expr for part in item.node.items] if isinstance(item.node, ast.With) else [item.node]
            )


def _edits(facts: Facts, builder: Builder, loop: ast.For | ast.While) -> Iterator[Edit]:
    source, statement = facts.source, builder.item.node
    start = source.line_end(source.first_line(statement) - 1)
    yield Edit(start, source.line_end(statement.end_lineno or 0), "")
    place, column = source.start(loop.body[0]), " " * loop.body[0].col_offset
    again = f"{facts.tf}.reset_default_graph()\n{column}{source.segment(statement)}\n{column}"
    yield Edit(place, place, again)
