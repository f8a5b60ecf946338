"""One text for a file that several programs import, and each of which has asked for other functions in it."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tf1graphs.migrate.source import Source

_Block = ast.Module | ast.ClassDef


@dataclass(frozen=True)
class Version:
    """What a file becomes for a program.

    Attributes:
        text: its text.
        unreached: the functions and classes in it that this program does not use.
    """

    text: str
    unreached: frozenset[str] = frozenset()


class NotMerged(Exception):
    """Programs need something in different ways: its name."""


@dataclass(frozen=True)
class _Unit:
    """A statement with the comments and blank lines above it.

    Attributes:
        key: what it defines, or else its text.
        text: its lines.
        node: the statement.
        source: the file that it stands in.
        is_reached: whether the program uses it.
    """

    key: str
    text: str
    node: ast.stmt
    source: Source
    is_reached: bool = True

    @property
    def bare(self) -> str:
        """What it is, however it is laid out."""
        return ast.unparse(self.node)


def merged(old: str, versions: Sequence[Version]) -> str:
    """Returns a file that has what each program has asked for.

    Args:
        old: the file as it was.
        versions: what it became for each program.

    Raises:
        NotMerged: two have made something else of one statement.
    """
    before = Source(old)
    known = {unit.key: unit.bare for unit in _units(before, before.tree)}
    first, *others = sorted(versions, key=lambda version: len(version.unreached))
    text, unreached = first.text, first.unreached
    for other in others:
        one, two = Source(text), Source(other.text)
        units = _merged(known, _units(one, one.tree, unreached), _units(two, two.tree, other.unreached))
        text = "\n".join([*units, *one.lines(_end(one.tree) + 1, one.last_line).split("\n")])
        unreached &= other.unreached
    return text


def _end(block: _Block) -> int:
    return block.body[-1].end_lineno or 0 if block.body else 0


def _merged(old: Mapping[str, str], one: list[_Unit], other: list[_Unit]) -> list[str]:
    """Returns the texts of statements: those of one block, and among them those that only the other one has."""
    theirs = {unit.key: unit for unit in other}
    mine = {unit.key for unit in one}
    texts = []
    waiting = list(other)
    for unit in one:
        # What stands before it in the other block, and is not in this one.
        while unit.key in theirs and waiting and waiting[0].key != unit.key:
            first = waiting.pop(0)
            texts += [first.text] if first.key not in mine else []
        if unit.key in theirs:
            waiting = [each for each in waiting if each.key != unit.key]
        texts.append(_chosen(old.get(unit.key), unit, theirs[unit.key]) if unit.key in theirs else unit.text)
    return texts + [unit.text for unit in waiting if unit.key not in mine]


def _chosen(old: str | None, one: _Unit, other: _Unit) -> str:
    """Returns the text of a statement that stands in both blocks."""
    if not (one.is_reached and other.is_reached):
        return one.text if one.is_reached or not other.is_reached else other.text
    if one.bare in (other.bare, old):
        return other.text if one.bare == old else one.text
    if other.bare == old or _has(one.text, other.text):
        return one.text
    if _has(other.text, one.text):
        return other.text
    if isinstance(one.node, ast.ClassDef) and isinstance(other.node, ast.ClassDef):
        head = one.source.lines(one.node.lineno, one.node.body[0].lineno - 1)
        units = _merged({}, _units(one.source, one.node), _units(other.source, other.node))
        return "\n".join([_above(one), head, *units])
    raise NotMerged(one.key)


def _above(unit: _Unit) -> str:
    """Returns the blank lines and comments above a statement."""
    count = unit.text.count("\n") - ((unit.node.end_lineno or 0) - unit.source.first_line(unit.node))
    return "\n".join(unit.text.split("\n")[:count])


def _has(text: str, part: str) -> bool:
    """Says whether a text has all lines of another one, in the same order."""
    lines = iter(text.strip("\n").split("\n"))
    return all(line in lines for line in part.strip("\n").split("\n"))


def _units(source: Source, block: _Block, unreached: Collection[str] = ()) -> list[_Unit]:
    return list(_each(source, block, unreached))


def _each(source: Source, block: _Block, unreached: Collection[str]) -> Iterator[_Unit]:
    line = block.body[0].lineno if isinstance(block, ast.ClassDef) else 1
    seen: set[str] = set()
    for node in block.body:
        end = node.end_lineno or node.lineno
        key = _key(node)
        while key in seen:
            key += "'"
        seen.add(key)
        yield _Unit(key, source.lines(line, end), node, source, key not in unreached)
        line = end + 1


def _key(node: ast.stmt) -> str:
    if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
        return node.name
    if isinstance(node, ast.Assign):
        return ast.unparse(node.targets[0])
    return ast.unparse(node.test if isinstance(node, ast.If) else node)
