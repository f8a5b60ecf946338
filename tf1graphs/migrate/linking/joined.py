"""The files of a program as one text."""

from __future__ import annotations

import ast
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from pathlib import Path

from tf1graphs.migrate.facts import syntax
from tf1graphs.migrate.facts.trace import Seen
from tf1graphs.migrate.linking.parts import NotLinked, Part, Place, Program, brought, imports
from tf1graphs.migrate.rewriting.rewritten import moved
from tf1graphs.migrate.source import Edit

# Letters that nobody uses: one is put behind each name of a file that means something else in another one.
_FIRST = 0xA4D0
_COUNT = 40
LETTER = re.compile(f"[{chr(_FIRST)}-{chr(_FIRST + _COUNT - 1)}]")
# Lines with such a letter say that a file begins there, or stand for a statement that is kept: an import, or another.
_PART = f'"{chr(_FIRST)} part {{}}"'
_IMPORT = f"import {chr(_FIRST)}{{}}"
_OTHER = f'"{chr(_FIRST)} {{}}"'
PART = re.compile(f"^{_PART.format('[0-9]+')}$", re.MULTILINE)
KEPT = re.compile(f"^ *(?:{_IMPORT.format('([0-9]+)')}|{_OTHER.format('([0-9]+)')})$", re.MULTILINE)


class Joined:
    """The text of a program's files.

    Attributes:
        program: the files.
        called: what each name that they bind is called in the text.
        kept: the statements that marks stand for.
        lines: the line before the first one of each file.
        edits: the changes of each file.
        text: the text.
    """

    def __init__(self, program: Program) -> None:
        """Joins the files.

        Raises:
            NotLinked: they cannot be read as one.
        """
        self.program = program
        self.called: dict[Place, str] = {}
        self.kept: list[ast.stmt] = []
        self.lines: list[int] = []
        self.edits: list[list[Edit]] = []
        self.text = ""
        parts = program.parts
        if len(parts) >= _COUNT:
            raise NotLinked(parts[-1].path, 1, f"the program has more than {_COUNT - 1} files")
        marked = next((part for part in parts if LETTER.search(part.source.text)), None)
        if marked:
            raise NotLinked(marked.path, 1, "it has letters of the Lisu script, by which files are told apart")
        self._name(parts)
        for number, part in enumerate(parts):
            self.edits.append(self._edits(part))
            self.lines.append(self.text.count("\n") + 1)
            text = part.source.edited(0, len(part.source.text), self.edits[number]).rstrip()
            self.text += f"{_PART.format(number)}\n{text}\n"

    def seen(self, part: Part, facts: Seen) -> Seen:
        """Returns what a run has shown of a file, by the places in the text of what is not changed there."""
        number = self.program.parts.index(part)
        first = self.lines[number]
        found = moved(part.source, self.edits[number], facts)
        return {(line + first, start, end + first, last): fact for (line, start, end, last), fact in found.items()}

    def origin(self, line: int) -> tuple[Path, int]:
        """Returns the file of a line of the text, and its number there."""
        number = bisect_right(self.lines, line - 1) - 1
        return self.program.parts[number].path, line - self.lines[number]

    def plain(self, text: str) -> str:
        """Returns a part of the text with the names of the files."""
        return LETTER.sub("", text)

    def _edits(self, part: Part) -> list[Edit]:
        kept = list(self._kept(part))
        edits = [*self._renamed(part), *self._used(part)]
        return [*kept, *(each for each in edits if not any(one.start <= each.start < one.end for one in kept))]

    def _name(self, parts: Sequence[Part]) -> None:
        read = {part: {use.place for use in self.program.uses[part]} for part in parts}
        for number, part in enumerate(parts):
            for name in part.own:
                is_taken = any(_means_other(part, name, other, read[other]) for other in parts if other is not part)
                self.called[Place(part.path, name)] = name + chr(_FIRST + number + 1) if is_taken else name

    def _used(self, part: Part) -> Iterator[Edit]:
        """Yields the changes of what a file reads from others."""
        for use in self.program.uses[part]:
            yield Edit(part.source.start(use.node), part.source.end(use.node), self.called[use.place])

    def _renamed(self, part: Part) -> Iterator[Edit]:
        """Yields the changes of the names that a file binds."""
        called = {name: self.called[Place(part.path, name)] for name in part.own}
        new = {name: other for name, other in called.items() if name != other}
        source = part.source
        for name in part.names.outer:
            if name.id in new:
                if source.segment(name) != name.id:
                    raise NotLinked(part.path, name.lineno, f"{name.id} is read inside of a string")
                yield Edit(source.start(name), source.end(name), new[name.id])
        for node in source.nodes:
            if isinstance(node, ast.Global):
                names = ", ".join(new.get(name, name) for name in node.names)
                yield Edit(source.start(node), source.end(node), f"global {names}")
        for statement in source.tree.body:
            if isinstance(statement, (ast.FunctionDef, ast.ClassDef)) and statement.name in new:
                found = re.compile(r"\b(?:def|class)\s+(\w+)").search(source.text, source.start(statement))
                assert found is not None
                yield Edit(*found.span(1), new[statement.name])
        for node in imports(source.tree):
            if any(name in new for name, _ in brought(node)):
                if any(_meaning(how) != how for name, how in brought(node) if name in new):
                    raise NotLinked(part.path, node.lineno, "another file calls something else by its name")
                yield Edit(source.start(node), source.end(node), _brings(node, new))

    def _kept(self, part: Part) -> Iterator[Edit]:
        """Yields the changes of a file's imports from others and from the future, and of what only runs it itself."""
        source = part.source
        linking = {each.node for each in part.links}
        is_last = part is self.program.parts[-1]
        tests = [each for each in source.tree.body if isinstance(each, ast.If)]
        mains = [] if is_last else [each for each in tests if syntax.is_main(each)]
        inside = {each for node in mains for each in node.body}
        future = {node for node in imports(source.tree) if getattr(node, "module", "") == "__future__"}
        for node in [*mains, *(linking | future) - inside]:
            self.kept.append(node)
            mark = (_IMPORT if node in linking else _OTHER).format(len(self.kept) - 1)
            yield Edit(source.start(node), source.end(node), mark)


def _brings(node: ast.Import | ast.ImportFrom, new: dict[str, str]) -> str:
    """Returns an import that binds other names."""
    local = [name for name, _ in brought(node)]
    aliases = [ast.alias(each.name, new.get(name, each.asname)) for each, name in zip(node.names, local, strict=True)]
    if isinstance(node, ast.Import):
        return ast.unparse(ast.Import(aliases))
    return ast.unparse(ast.ImportFrom(node.module, aliases, node.level))


def _meaning(brings: str) -> str:
    """Returns an import without the submodules that it only loads: ``import os`` for ``import os.path``."""
    return brings.partition(".")[0] if brings.startswith("import ") and " as " not in brings else brings


def _means_other(part: Part, name: str, other: Part, read: set[Place]) -> bool:
    """Says whether a name that a file binds means something else in another one."""
    if name in other.own:
        return name not in part.imported or _meaning(part.imported[name]) != _meaning(other.imported.get(name, ""))
    if Place(part.path, name) in read:
        return name in other.names.inner
    return any(each.id == name and isinstance(each.ctx, ast.Load) for each in other.names.outer)
