"""The files of a program as one text."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from tf1graphs.migrate.linking.parts import NotLinked, Part, Place, Program, brought, imports
from tf1graphs.migrate.source import Edit

# Letters that nobody uses: one is put behind the names of each file that mean something else in another one.
_FIRST_LETTER = 0xA4D0
_LETTERS = 40
LETTER = re.compile(f"[{chr(_FIRST_LETTER)}-{chr(_FIRST_LETTER + _LETTERS - 1)}]")
# A string on a line of its own: here begins a file, stands an import from another one, or begins a new process.
_MARK = "{!r}"
PART, IMPORT, NEW = "part", "import", "new"


def mark(kind: str, number: int) -> str:
    """Returns a line that says what stands there."""
    return f'"{chr(_FIRST_LETTER)} {kind} {number}"'


MARK = re.compile(rf'^ *"{chr(_FIRST_LETTER)} (\w+) (\d+)"$', re.MULTILINE)


@dataclass
class Joined:
    """The text of a program's files.

    Attributes:
        program: the files.
        called: the names in the text of what they bind.
        text: the text.
        kept: what stands in the place of each mark of an import.
        lines: the line before the first one of each file.
    """

    program: Program
    called: dict[Place, str] = field(default_factory=dict)
    text: str = ""
    kept: list[str] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Joins the files.

        Raises:
            NotLinked: they cannot be read as one.
        """
        parts = self.program.parts
        uses = {part: list(self.program.uses(part)) for part in parts}
        read = {part: {use.place for use in found} for part, found in uses.items()}
        for number, part in enumerate(parts):
            for name in part.own:
                is_taken = any(_means_other(part, name, other, read[other]) for other in parts)
                self.called[Place(part.path, name)] = name + chr(_FIRST_LETTER + number + 1) if is_taken else name
        texts = []
        for number, part in enumerate(parts):
            edits = [*self._renamed(part), *self._marked(part)]
            for use in uses[part]:
                edits.append(Edit(part.source.start(use.node), part.source.end(use.node), self.called[use.place]))
            self.lines.append(sum(text.count("\n") for text in texts) + 1)
            texts.append(f"{mark(PART, number)}\n{part.source.edited(0, len(part.source.text), edits).rstrip()}\n")
        self.text = "".join(texts)

    def plain(self, text: str) -> str:
        """Returns a text about names of the joined one with those of the files."""
        return LETTER.sub("", text)

    def _renamed(self, part: Part) -> Iterator[Edit]:
        """Yields the changes of the names that a file binds."""
        new = {name: self.called[Place(part.path, name)] for name in part.own}
        new = {name: called for name, called in new.items() if name != called}
        source = part.source
        for name in part.names.outer:
            if name.id in new:
                if source.segment(name) != name.id:
                    raise NotLinked(part.path, name.lineno, f"{name.id} is read inside of a string")
                yield Edit(source.start(name), source.end(name), new[name.id])
        for node in source.nodes:
            if isinstance(node, ast.Global):
                names = [new.get(name, name) for name in node.names]
                yield Edit(source.start(node), source.end(node), f"global {', '.join(names)}")
        for statement in source.tree.body:
            if isinstance(statement, (ast.FunctionDef, ast.ClassDef)) and statement.name in new:
                start = source.start(statement)
                found = re.compile(rf"\b(?:def|class)\s+({statement.name})\b").search(source.text, start)
                assert found is not None
                yield Edit(*found.span(1), new[statement.name])
            elif isinstance(statement, (ast.Import, ast.ImportFrom)) and any(name in new for name, _ in brought(statement)):
                yield Edit(source.start(statement), source.end(statement), _imported_as(statement, new))

    def _marked(self, part: Part) -> Iterator[Edit]:
        """Yields the changes of a file's imports from others, and from the future."""
        source = part.source
        linking = {each.node for each in part.links}
        for node in imports(source.tree):
            if node in linking or (isinstance(node, ast.ImportFrom) and node.module == "__future__"):
                self.kept.append(source.segment(node))
                line = mark(IMPORT, len(self.kept) - 1)
                yield Edit(source.start(node), source.end(node), line)


def _imported_as(node: ast.Import | ast.ImportFrom, new: dict[str, str]) -> str:
    aliases = []
    for alias, (name, _) in zip(node.names, brought(node), strict=True):
        aliases.append(ast.alias(alias.name, new.get(name, alias.asname)))
    return ast.unparse(ast.Import(aliases) if isinstance(node, ast.Import) else ast.ImportFrom(node.module, aliases, node.level))


def _means_other(part: Part, name: str, other: Part, read: set[Place]) -> bool:
    """Says whether a name that a file binds means something else in another one."""
    if other is part:
        return False
    if name in other.own:
        return name not in part.imported or part.imported[name] != other.imported.get(name)
    if Place(part.path, name) in read:
        return name in other.names.inner
    return any(each.id == name and isinstance(each.ctx, ast.Load) for each in other.names.outer)
