"""The migrated text of a program's files, as files again."""

from __future__ import annotations

import ast
import builtins
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from tf1graphs.migrate import names, neighbours, trees
from tf1graphs.migrate.linking.joined import IMPORT, LETTER, MARK, PART, Joined
from tf1graphs.migrate.linking.parts import NotLinked, Part, Place, brought, imports
from tf1graphs.migrate.source import Edit, Source
from tf1graphs.migrate.writing.imports import with_imports, without_idle


class _New:
    """The migrated text of one file, in which names are as in the joined one."""

    def __init__(self, part: Part, text: str) -> None:
        self.part = part
        self.source = Source(text)
        self.names = names.of(self.source.tree)
        self.imported = dict(pair for node in imports(self.source.tree) for pair in brought(node))

    @property
    def free(self) -> Iterator[ast.Name]:
        """The names that it reads and that it does not bind."""
        for name in self.names.outer:
            if name.id not in self.names.bound and not hasattr(builtins, name.id):
                yield name


def parted(joined: Joined, text: str) -> dict[Path, str]:
    """Returns the text of each file.

    Args:
        joined: the files before.
        text: the migrated text of all.

    Raises:
        NotLinked: a file reads what one binds that imports it.
    """
    parts = joined.program.parts
    sections = _sections(text)
    old = set(joined.called.values())
    moved = True
    while moved:
        news = [_New(part, each) for part, each in zip(parts, sections, strict=True)]
        moved = _moved(news, sections, old)
    return {new.part.path: _Writer(joined, news, number).text() for number, new in enumerate(news)}


def _sections(text: str) -> list[str]:
    found = [match for match in MARK.finditer(text) if match[1] == PART]
    ends = [match.start() for match in found[1:]] + [len(text)]
    return [text[match.end() : end].strip("\n") + "\n" for match, end in zip(found, ends, strict=True)]


def _moved(news: list[_New], sections: list[str], old: set[str]) -> bool:
    """Moves a new definition to the first file that reads it; says whether there was one to move."""
    for number, new in enumerate(news):
        wanted = {name.id for name in new.free} - old
        for later in range(number + 1, len(news)):
            for node in news[later].source.tree.body:
                if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and node.name in wanted:
                    source = news[later].source
                    first, last = source.first_line(node), node.end_lineno or node.lineno
                    definition = source.lines(first, last)
                    sections[later] = source.lines(1, first - 1) + "\n" + source.lines(last + 1, source.last_line)
                    sections[number] = _behind_imports(sections[number], f"\n\n{definition}\n\n")
                    return True
    return False


class _Writer:
    """Writes one file."""

    def __init__(self, joined: Joined, news: list[_New], number: int) -> None:
        self._joined = joined
        self._news = news
        self._number = number
        self._new = news[number]
        self._part = self._new.part
        self._spelled = {joined.called[use.place]: ast.unparse(use.node) for use in joined.program.uses(self._part)}
        self._added: defaultdict[Path, set[str]] = defaultdict(set)
        self._lacking: list[str] = []

    def text(self) -> str:
        """Returns the text of the file."""
        source = self._new.source
        edits = []
        for name in self._new.free:
            spelled = self._read(name)
            if spelled != name.id:
                edits.append(Edit(source.start(name), source.end(name), spelled))
        text = source.edited(0, len(source.text), edits)
        text = MARK.sub(self._import, text)
        text = LETTER.sub("", text)
        lines = [f"from {_module(self._part.path, path)} import {', '.join(sorted(found))}" for path, found in self._added.items()]
        text = with_imports(text, self._lacking)
        for line in lines:
            text = _behind_imports(text, line)
        return without_idle(re.sub(r"\n{4,}", "\n\n\n", text), self._part.source.tree)

    def _read(self, name: ast.Name) -> str:
        """Returns how the file reads a name that it does not bind."""
        owner = next((each for each in self._news if name.id in each.names.bound), None)
        if owner is None:
            return name.id
        if name.id in owner.imported:
            self._lacking.append(LETTER.sub("", owner.imported[name.id]))
            return name.id
        if owner.part not in self._news_before():
            reason = f"it would need {LETTER.sub('', name.id)} of {owner.part.path.name}, which imports it"
            raise NotLinked(self._part.path, 1, reason)
        if name.id in self._spelled:
            return self._spelled[name.id]
        local = LETTER.sub("", name.id)
        for link in self._part.links:
            if link.files[-1] == owner.part.path and link.is_module:
                return f"{link.alias.asname or link.alias.name}.{local}"
        self._added[owner.part.path].add(local)
        return local

    def _news_before(self) -> list[Part]:
        return [each.part for each in self._news[: self._number]]

    def _import(self, match: re.Match[str]) -> str:
        """Returns what becomes of an import from another file."""
        assert match[1] == IMPORT
        text = self._joined.kept[int(match[2])]
        node = ast.parse(text).body[0]
        links = [each for each in self._part.links if ast.unparse(each.node) == ast.unparse(node)]
        if not links or not isinstance(node, ast.ImportFrom) or links[0].alias.name == "*":
            for each in links:
                self._added.pop(each.files[-1], None) if each.alias.name == "*" else None
            return text
        aliases = [link.alias for link in links if link.is_module or self._is_bound(link)]
        new = set()
        for path in {link.files[-1] for link in links if not link.is_module}:
            new |= self._added.pop(path, set())
        if len(aliases) == len(links) and not new:
            return text
        aliases += [ast.alias(name) for name in sorted(new)]
        return ast.unparse(ast.ImportFrom(node.module, aliases, node.level)) if aliases else ""

    def _is_bound(self, link: neighbours.Import) -> bool:
        place = self._joined.program.owner(link.files[-1], link.alias.name)
        called = self._joined.called[place] if place else ""
        return any(called in each.names.bound for each in self._news)


def _module(path: Path, other: Path) -> str:
    """Returns the name by which a file imports another one."""
    return ".".join(other.relative_to(path.parent).with_suffix("").parts)


def _behind_imports(text: str, lines: str) -> str:
    found = imports(trees.parse(text))
    old = text.split("\n")
    last = max((node.end_lineno or 0 for node in found), default=0)
    return "\n".join([*old[:last], lines, *old[last:]])
