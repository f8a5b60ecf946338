"""Syntax trees: parsed once for each text, and gone through faster than by ``ast``."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from functools import lru_cache

# Fields that say how a node is used or computed: they hold no expressions or statements.
_NO_CHILDREN = {"ctx", "op", "ops", "id", "attr", "arg"}


@lru_cache(maxsize=16)
def parse(text: str) -> ast.Module:
    """Returns the syntax tree of a program, which nobody may change.

    Raises:
        SyntaxError: it is not Python 3.
    """
    return ast.parse(text)


def is_same(text: str, other: str) -> bool:
    """Says whether two programs differ in their layout and comments at most."""
    one, two = parse(text).body, parse(other).body
    return len(one) == len(two) and all(ast.dump(a) == ast.dump(b) for a, b in zip(one, two, strict=True))


class _Fields(dict[type[ast.AST], tuple[str, ...]]):
    """Class of a node -> its fields that may hold nodes. A look-up in it costs much less than a call."""

    def __missing__(self, kind: type[ast.AST]) -> tuple[str, ...]:
        self[kind] = () if kind is ast.Constant else tuple(name for name in kind._fields if name not in _NO_CHILDREN)
        return self[kind]


_FIELDS = _Fields()


def children(node: ast.AST) -> list[ast.AST]:
    """Returns the nodes directly below a node, in order, without contexts and operators."""
    found: list[ast.AST] = []
    _add_children(node, found)
    return found


def _add_children(node: ast.AST, found: list[ast.AST]) -> None:
    for name in _FIELDS[node.__class__]:
        value = getattr(node, name, None)
        if isinstance(value, ast.AST):
            found.append(value)
        elif value.__class__ is list:
            for each in value:
                if isinstance(each, ast.AST):
                    found.append(each)


@lru_cache(maxsize=4096)
def walk(node: ast.AST) -> Sequence[ast.AST]:
    """Returns a node and all below it, outer ones first, as ``ast.walk`` does; contexts and operators are left out.

    The same statements are looked through for many things, so what is found is kept for a while.
    """
    found = [node]
    for each in found:
        _add_children(each, found)
    return found
