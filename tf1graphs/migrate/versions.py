"""What hangs on TensorFlow's version: branches for other ones go, the rest is refused as it would be otherwise."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from tf1graphs.migrate import shown, trees
from tf1graphs.migrate.facts import symbols
from tf1graphs.migrate.facts.expressions import VERSION
from tf1graphs.migrate.facts.program import Facts
from tf1graphs.migrate.facts.values import Host, Symbol
from tf1graphs.migrate.refusals import Refusal
from tf1graphs.migrate.source import Edit, Lines, Source, strings

_NUMBERS = re.compile(r"\d+(\.\d+)+")


def asked(found: Facts) -> Iterator[Refusal]:
    """Yields the places where a program asks for the version; only to print it makes no difference."""
    if not found.sites:
        return
    harmless = {
        child
        for node in found.source.nodes
        if _is_shown(node) or _is_left_out(found, node)
        for child in trees.walk(node)
    }
    for node in found.source.nodes:
        if isinstance(node, ast.Attribute) and _is_version(found, node) and node not in harmless:
            yield Refusal(node.lineno, "tf.__version__", "TensorFlow 2 has another one", "leave the test out")


def without_others(found: Facts) -> str | None:
    """Returns a program without a branch that is for other versions than 1.15; None if it has no such branch.

    All lines keep their numbers.
    """
    for node in found.source.nodes:
        if not isinstance(node, ast.If) or found.source.segment(node).startswith("elif"):
            continue
        test = found.literals.get(node.test)
        if not isinstance(test, Host) or test.literal is ... or any(map(_is_misordered, trees.walk(node.test))):
            continue
        if _asks(found, node.test):
            return _decided(found.source, node, node.body if test.literal else node.orelse)
    return None


def _is_misordered(node: ast.AST) -> bool:
    """Says whether a text is another one's side of 1.15.5 than the version that it says: as texts, 1.4 comes later."""
    if not isinstance(node, ast.Constant) or not isinstance(node.value, str) or not _NUMBERS.fullmatch(node.value):
        return False
    numbers = [int(each) for each in node.value.split(".")]
    return (node.value < VERSION) != (numbers < [int(each) for each in VERSION.split(".")])


def _asks(found: Facts, node: ast.expr) -> bool:
    """Says whether an expression asks for the version."""
    return any(_is_version(found, each) for each in trees.walk(node))


def _is_version(found: Facts, node: ast.AST) -> bool:
    value = found.values.get(node.value) if isinstance(node, ast.Attribute) and node.attr == "__version__" else None
    return isinstance(value, Symbol) and value.name == "tf"


def _decided(source: Source, node: ast.If, taken: list[ast.stmt]) -> str:
    """Returns a program with a block, if it has statements, in place of the branch that chooses it."""
    first, last = node.lineno, node.end_lineno or 0
    lines = []
    if taken:
        start, end = source.first_line(taken[0]), taken[-1].end_lineno or 0
        text = source.lines(start, end)
        is_elif = source.segment(taken[0]).startswith("elif")
        text = text.replace("elif", "if", 1) if is_elif else text
        lines = Lines(text, strings(node, start)).indented(taken[0].col_offset, node.col_offset).split("\n")
    elif any([node] in vars(each).values() for each in source.nodes):
        lines = [f"{' ' * node.col_offset}pass"]
    lines += [""] * (last - first + 1 - len(lines))
    return source.edited(0, len(source.text), [Edit(source.line_start(first), source.line_end(last), "\n".join(lines))])


def _is_shown(node: ast.AST) -> bool:
    """Says whether a node prints something, or is a statement that a notebook prints."""
    return shown.is_print(node) or (isinstance(node, ast.Expr) and isinstance(node.value, ast.Attribute))


def _is_left_out(found: Facts, node: ast.AST) -> bool:
    """Says whether a branch does nothing but what TensorFlow 2 needs to behave as 1.15."""
    body = node.body if isinstance(node, ast.If) and not node.orelse else []
    calls = [each.value.func for each in body if isinstance(each, ast.Expr) and isinstance(each.value, ast.Call)]
    names = [value.name for each in calls if isinstance(value := found.values.get(each), Symbol)]
    return bool(body) and len(names) == len(body) and set(names) <= symbols.BEHAVIOUR
