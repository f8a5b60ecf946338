"""Which files run in one process: a process has one TensorFlow, so they are migrated together or not at all."""

from __future__ import annotations

import ast
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
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


@dataclass(frozen=True)
class Import:
    """One name of an import statement.

    Attributes:
        node: the statement.
        alias: what it imports.
        files: the files on disk that this runs, in order.
        is_module: whether it is the last of these as a whole, not something in it.
    """

    node: ast.Import | ast.ImportFrom
    alias: ast.alias
    files: tuple[Path, ...]
    is_module: bool


def imports(file: Path, tree: ast.AST) -> Iterator[Import]:
    """Yields what a file imports from other files on disk."""
    search = [file.parent, _package_root(file.parent), Path.cwd()]
    for node in names.statements(tree):
        if not isinstance(node, (ast.Import, ast.ImportFrom)):
            continue
        bases, module = search, ""
        if isinstance(node, ast.ImportFrom):
            module = f"{node.module}." if node.module else ""
            for package in list(file.parents)[node.level - 1 : node.level] if node.level else ():
                bases, module = [package.parent], f"{package.name}.{module}"
        for alias in node.names:
            if (module + alias.name).partition(".")[0] not in _INSTALLED:
                yield from _found(node, alias, bases, module + alias.name)


def _found(node: ast.Import | ast.ImportFrom, alias: ast.alias, bases: list[Path], module: str) -> Iterator[Import]:
    # As Python does, the first folder that has it counts.
    base = next((base for base in bases if _files_of(base, module)), None)
    if base is not None:
        files = _files_of(base, module)
        whole = base.joinpath(*module.split("."))
        yield Import(node, alias, files, files[-1] in (whole / "__init__.py", Path(f"{whole}.py")))


def imported(file: Path, text: str) -> dict[Path, int]:
    """Returns the files on disk that a program in ``file`` imports, each with the line; none if it is no Python 3."""
    try:
        tree = trees.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return {}
    found: dict[Path, int] = {}
    for each in imports(file, tree):
        found = {**dict.fromkeys(each.files, each.node.lineno), **found}
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
