"""The migrated text of a program's files, as files again."""

from __future__ import annotations

import ast
import builtins
import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from functools import cached_property
from pathlib import Path

from tf1graphs.migrate import names, neighbours, trees
from tf1graphs.migrate.linking.joined import KEPT, LETTER, PART, Joined
from tf1graphs.migrate.linking.parts import NotLinked, Part, brought, imports
from tf1graphs.migrate.source import Edit, Source
from tf1graphs.migrate.writing.classes import class_name
from tf1graphs.migrate.writing.imports import with_imports, without_idle

# What is left of an import by another name.
_SAME = re.compile(r"^((?:import|from [\w.]+ import) (\w+)) as \2$", re.MULTILINE)


def parted(joined: Joined, text: str) -> dict[Path, str]:
    """Returns the text of each file.

    Args:
        joined: the files before.
        text: the migrated text of all.

    Raises:
        NotLinked: a file reads what one binds that imports it.
    """
    news = [_New(part, each) for part, each in zip(joined.program.parts, _sections(text), strict=True)]
    while _move_definition(news, set(joined.called.values())):
        continue
    return {new.part.path: _Writer(joined, news, number).text() for number, new in enumerate(news)}


def _sections(text: str) -> list[str]:
    """Returns the text of each file."""
    found = list(PART.finditer(text))
    ends = [match.start() for match in found[1:]] + [len(text)]
    return [text[match.end() : end].strip("\n") + "\n" for match, end in zip(found, ends, strict=True)]


class _New:
    """The migrated text of one file, in which names are still those of the joined one."""

    def __init__(self, part: Part, text: str) -> None:
        self.part = part
        self.source = Source(text)

    @cached_property
    def names(self) -> names.Names:
        """What its names stand for."""
        return names.of(self.source.tree)

    @property
    def imported(self) -> dict[str, str]:
        """The names that it imports, and how."""
        return dict(pair for node in imports(self.source.tree) for pair in brought(node))

    @property
    def free(self) -> Iterator[ast.Name]:
        """The names that it reads and does not bind."""
        for name in self.names.outer:
            if name.id not in self.names.bound and not hasattr(builtins, name.id):
                yield name

    @cached_property
    def defined(self) -> dict[str, ast.stmt]:
        """The names that statements at the top level define, and these."""
        return {name: node for node in self.source.tree.body for name in _defined(node)}

    def reads(self, name: str, definition: ast.stmt) -> bool:
        """Says whether a name is read outside of its definition."""
        inside = set(trees.walk(definition))
        return any(
            each.id == name and isinstance(each.ctx, ast.Load) for each in self.names.outer if each not in inside
        )

    def is_alone(self, definition: ast.stmt, new: Collection[str]) -> bool:
        """Says whether a definition is none of what the file had before, and needs nothing but imports and such."""
        if isinstance(definition, (ast.ClassDef, ast.FunctionDef)):
            own = {class_name(name) for name in self.part.own}
            if ast.get_docstring(definition) is None or LETTER.sub("", definition.name) in own:
                return False
        elif "namedtuple" not in ast.unparse(definition):
            return False
        inside = set(trees.walk(definition))
        read = {name.id for name in self.names.outer if name in inside and isinstance(name.ctx, ast.Load)}
        return all(name in new or name in self.imported or hasattr(builtins, name) for name in read)

    def text_of(self, node: ast.stmt) -> str:
        """Returns the lines of a statement."""
        return self.source.lines(self.source.first_line(node), node.end_lineno or node.lineno)

    def without(self, node: ast.stmt) -> _New:
        """Returns the text without a statement."""
        source = self.source
        before = source.lines(1, source.first_line(node) - 1)
        return _New(self.part, f"{before}\n{source.lines((node.end_lineno or 0) + 1, source.last_line)}")

    def with_definition(self, text: str) -> _New:
        """Returns the text with a definition before what is not an import."""
        return _New(self.part, _behind_imports(self.source.text, f"\n\n{text}\n\n"))


def _move_definition(news: list[_New], old: set[str]) -> bool:
    """Moves a definition that no file had to the first file that reads it; says whether there was one to move."""
    new = {name: number for number, each in enumerate(news) for name in each.defined if name not in old}
    for name, number in new.items():
        node = news[number].defined[name]
        reading = [other for other, each in enumerate(news) if each.reads(name, node)]
        if reading and (reading[0] < number or (reading[0] > number and news[number].is_alone(node, new.keys()))):
            text = news[number].text_of(node)
            news[number] = news[number].without(node)
            news[reading[0]] = news[reading[0]].with_definition(text)
            return True
    return False


def _defined(node: ast.stmt) -> set[str]:
    """Returns the names that a statement defines."""
    if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
        return {node.name}
    targets = node.targets if isinstance(node, ast.Assign) else []
    return {target.id for target in targets if isinstance(target, ast.Name)}


def _behind_imports(text: str, lines: str) -> str:
    """Returns a file with lines behind the imports at its head, which all come before its functions and classes."""
    old, last = text.split("\n"), 0
    for node in trees.parse(text).body:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            break
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            last = node.end_lineno or 0
    return "\n".join([*old[:last], lines, *old[last:]])


class _Writer:
    """Writes one file."""

    def __init__(self, joined: Joined, news: Sequence[_New], number: int) -> None:
        self._joined = joined
        self._before = news[:number]
        self._news = news
        self._new = news[number]
        self._part = self._new.part
        self._spelled = {joined.called[use.place]: ast.unparse(use.node) for use in joined.program.uses[self._part]}
        self._wanted: defaultdict[Path, set[str]] = defaultdict(set)
        self._lacking: list[str] = []

    def text(self) -> str:
        """Returns the text of the file."""
        source = self._new.source
        edits = [Edit(source.start(name), source.end(name), self._read(name)) for name in self._new.free]
        text = KEPT.sub(self._kept, source.edited(0, len(source.text), edits))
        text = _SAME.sub(r"\1", self._joined.plain(text))
        text = with_imports(text, self._lacking)
        for path, wanted in self._wanted.items():
            text = _behind_imports(text, f"from {self._module(path)} import {', '.join(sorted(wanted))}")
        text = without_idle(_without_others(text, self._part), self._part.source.tree)
        return re.sub(r"\n{4,}", "\n\n\n", text)

    def _read(self, name: ast.Name) -> str:
        """Returns how the file reads a name that it does not bind."""
        owner = next((each for each in self._news if name.id in each.names.bound), None)
        local = self._joined.plain(name.id)
        if owner is None:
            return name.id
        if name.id in owner.imported:
            self._lacking.append(self._joined.plain(owner.imported[name.id]))
            return local
        if owner not in self._before:
            raise NotLinked(self._part.path, 1, f"it would need {local} of {owner.part.path.name}, which imports it")
        if name.id in self._spelled:
            return self._spelled[name.id]
        for link in self._part.links:
            if link.files[-1] == owner.part.path and link.is_module:
                return f"{link.alias.asname or link.alias.name}.{local}"
        if owner.part.path not in {each.files[-1] for each in self._part.stars}:
            self._wanted[owner.part.path].add(local)
        return local

    def _kept(self, match: re.Match[str]) -> str:
        """Returns what becomes of a statement that was kept."""
        node = self._joined.kept[int(match[1] or match[2])]
        text = self._part.source.segment(node)
        links = [each for each in self._part.links if each.node is node]
        named = [each for each in links if not each.is_module and each.alias.name != "*"]
        if not named or not isinstance(node, ast.ImportFrom):
            return text
        new = self._wanted.pop(named[0].files[-1], set())
        aliases = [each.alias for each in links if each.is_module or self._is_bound(each)]
        if len(aliases) == len(links) and not new:
            return text
        aliases += [ast.alias(name) for name in sorted(new)]
        return ast.unparse(ast.ImportFrom(node.module, aliases, node.level)) if aliases else ""

    def _is_bound(self, link: neighbours.Import) -> bool:
        """Says whether what an import brings is still there."""
        place = self._joined.program.owner(link.files[-1], link.alias.name)
        return place is not None and any(self._joined.called[place] in each.names.bound for each in self._before)

    def _module(self, path: Path) -> str:
        """Returns the name by which the file imports another one."""
        folder = self._part.path.parent
        while folder not in path.parents:
            folder = folder.parent
        return ".".join(path.relative_to(folder).with_suffix("").parts)


def _without_others(text: str, part: Part) -> str:
    """Returns a file without the new imports that only other files read, or that it has already."""
    tree = trees.parse(text)
    read = {node.id for node in trees.walk(tree) if isinstance(node, ast.Name)}
    had = [ast.unparse(node) for node in imports(part.source.tree)]
    idle, seen = set(), list[str]()
    for node in imports(tree):
        line = ast.unparse(node)
        is_again = seen.count(line) >= max(1, had.count(line))
        if is_again or (line not in had and not any(name in read for name, _ in brought(node))):
            idle.add(node.lineno)
        seen.append(line)
    return "\n".join(line for number, line in enumerate(text.split("\n"), 1) if number not in idle)
