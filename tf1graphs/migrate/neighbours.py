"""Which files run in one process: a process has one TensorFlow, so they are migrated together or not at all."""

from __future__ import annotations

import ast
import os
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

from tf1graphs.migrate import names, trees

# A folder of one of these names that stands somewhere about is not what a program imports by it.
_INSTALLED = {"keras", "tensorflow", "tf1graphs"}

Imports = Mapping[Path, Mapping[Path, int]]


@cache
def _package_root(folder: Path) -> Path:
    while (folder / "__init__.py").exists() and folder.parent != folder:
        folder = folder.parent
    return folder


@cache
def _files_of(base: Path, module: str) -> tuple[Path, ...]:
    """Returns the files that an import of a module runs, if it stands below a folder."""
    parts = module.split(".")
    heads = [base.joinpath(*parts[:count]) for count in range(1, len(parts) + 1)]
    files = [file for head in heads for file in (head / "__init__.py", Path(f"{head}.py"))]
    return tuple(filter(os.path.isfile, files))


def _modules(file: Path, tree: ast.AST) -> Iterator[tuple[int, list[Path], str]]:
    """Yields the line of each import, the folders in which Python may look, and the module or name that it imports."""
    search = [file.parent, _package_root(file.parent), Path.cwd()]
    for node in names.statements(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, search, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = f"{node.module}." if node.module else ""
            bases = search
            for package in list(file.parents)[node.level - 1 : node.level] if node.level else ():
                bases, module = [package.parent], f"{package.name}.{module}"
            yield from ((node.lineno, bases, module + alias.name) for alias in node.names)


def imported(file: Path, text: str) -> dict[Path, int]:
    """Returns the files on disk that a program in ``file`` imports, each with the line; none if it is no Python 3."""
    try:
        tree = trees.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return {}
    found: dict[Path, int] = {}
    for line, bases, module in _modules(file, tree):
        if module.partition(".")[0] not in _INSTALLED:
            # As Python does, the first folder that has it counts.
            files = next(filter(None, (_files_of(base, module) for base in bases)), ())
            found = {**dict.fromkeys(files, line), **found}
    found.pop(file, None)
    return found


def reached(file: Path, imports: Imports) -> set[Path]:
    """Returns a file and all that it imports, directly or not."""
    found, waiting = set[Path](), [file]
    while waiting:
        each = waiting.pop()
        if each not in found:
            found.add(each)
            waiting += imports.get(each, {})
    return found


def groups(members: Iterable[Path], imports: Imports) -> list[set[Path]]:
    """Returns sets of members, none of which runs in one process with a member of another set.

    Args:
        members: the files in question.
        imports: file -> the files that it imports, for members and others.
    """
    found = [{member} for member in members]
    known = set().union(*found)
    for file in imports:
        together = reached(file, imports) & known
        touched = [group for group in found if group & together]
        if len(touched) > 1:
            found = [group for group in found if not group & together] + [set().union(*touched)]
    return found
