"""Takes a step of training out of the branches that choose its optimizer: only the optimizer is chosen there."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from tf1graphs.migrate.facts.program import Facts
from tf1graphs.migrate.facts.values import Optimizer
from tf1graphs.migrate.rewriting.rewritten import Rewritten, edited
from tf1graphs.migrate.source import Edit, Source


def optimizer(facts: Facts) -> Rewritten | None:
    """Returns a program in which one ``if`` chooses an optimizer that trains behind it; None if none trains in all."""
    source = facts.source
    for node in source.nodes:
        # An ``elif`` has nothing behind it that is its own.
        if isinstance(node, ast.If) and not source.text.startswith("elif", source.start(node)):
            found = list(_leaves(node))
            steps = [step for leaf in found if (step := _step(facts, leaf))]
            raised = [leaf for leaf in found if leaf and isinstance(leaf[-1], ast.Raise)]
            if len(steps) > 1 and len(steps) + len(raised) == len(found) and len(set(map(_told, steps))) == 1:
                return edited(source, _edits(source, node, found, steps))
    return None


def _leaves(node: ast.If) -> Iterator[Sequence[ast.stmt]]:
    """Yields the blocks of an ``if`` with all its ``elif``; an empty one for an ``else`` that is not there."""
    yield node.body
    if len(node.orelse) == 1 and isinstance(node.orelse[0], ast.If):
        yield from _leaves(node.orelse[0])
    else:
        yield node.orelse


def _step(facts: Facts, block: Sequence[ast.stmt]) -> ast.Assign | None:
    """Returns the end of a block if that gives a name to what an optimizer minimizes."""
    last = block[-1] if block else None
    call = last.value if isinstance(last, ast.Assign) and len(last.targets) == 1 else None
    if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Attribute) or call.func.attr != "minimize":
        return None
    assert isinstance(last, ast.Assign)
    return last if isinstance(facts.values.get(call.func.value), Optimizer) else None


def _told(step: ast.Assign) -> tuple[str, str]:
    """Returns all of a step but its optimizer."""
    return ast.unparse(step.targets[0]), ast.unparse(step.value).removeprefix(ast.unparse(_optimizer(step)))


def _optimizer(step: ast.Assign) -> ast.expr:
    assert isinstance(step.value, ast.Call) and isinstance(step.value.func, ast.Attribute)
    return step.value.func.value


def _edits(
    source: Source, node: ast.If, leaves: Sequence[Sequence[ast.stmt]], steps: Sequence[ast.Assign]
) -> Iterator[Edit]:
    names = {each.id if isinstance(each, ast.Name) else None for each in map(_optimizer, steps)}
    is_one = len(names) == 1 and None not in names and all(len(leaf) > 1 for leaf in leaves if leaf[-1] in steps)
    name = names.pop() if is_one else _free(source)
    for step in steps:
        if is_one:
            start = source.line_end(source.first_line(step) - 1)
            yield Edit(start, source.line_end(step.end_lineno or 0), "")
        else:
            yield Edit(source.start(step), source.end(step), f"{name} = {source.segment(_optimizer(step))}")
    behind = source.line_end(node.end_lineno or 0)
    first = steps[0]
    rest = source.text[source.end(_optimizer(first)) : source.end(first)]
    text = f"{source.segment(first.targets[0])} = {name}{rest}"
    yield Edit(behind, behind, f"\n{' ' * node.col_offset}{text}")


def _free(source: Source) -> str:
    """Returns a name for the optimizer that nothing else has."""
    taken = {each.id for each in source.nodes if isinstance(each, ast.Name)}
    taken |= {each.arg for each in source.nodes if isinstance(each, ast.arg)}
    taken |= {each.name for each in source.nodes if isinstance(each, (ast.FunctionDef, ast.ClassDef))}
    wanted = ["optimizer", *(f"optimizer_{number}" for number in range(2, len(taken) + 3))]
    return next(name for name in wanted if name not in taken)
