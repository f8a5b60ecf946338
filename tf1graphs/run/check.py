"""Finds, without running it, what in a program and its helper files cannot run: names gone, modules missing."""

from __future__ import annotations

import ast
import importlib.util
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tf1graphs.run import aliases, missing, notebook
from tf1graphs.run.program import Program


def _imports(tree: ast.AST) -> Iterator[tuple[ast.stmt, str, str | None, str]]:
    """Yields (statement, module, name imported from it or None, local name) for every import."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                local = alias.asname or alias.name.partition(".")[0]
                yield node, alias.name if alias.asname else alias.name.partition(".")[0], None, local
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            for alias in node.names:
                yield node, node.module, alias.name, alias.asname or alias.name


def _dotted(node: ast.expr) -> list[str]:
    if isinstance(node, ast.Attribute):
        owner = _dotted(node.value)
        return [*owner, node.attr] if owner else []
    return [node.id] if isinstance(node, ast.Name) else []


def _problem(parts: list[str]) -> str | None:
    """Says what is wrong with a dotted name below ``tensorflow``, as far as modules and functions go."""
    from tf1graphs.v1._gone import Gone

    value: Any = importlib.import_module("tf1graphs.v1")
    for number, part in enumerate(parts, start=1):
        if part in ("python", "core", "models"):
            return None
        try:
            value = getattr(value, part)
        except AttributeError:
            return f"tf.{'.'.join(parts[:number])} is not in TensorFlow 1.15"
        if isinstance(value, Gone):
            return value.message
        if not isinstance(value, type(sys)):
            return None
    return None


def _names(tree: ast.AST, local_names: dict[str, list[str]]) -> Iterator[tuple[int, list[str]]]:
    """Yields (line, dotted name below ``tensorflow``) for every use of TensorFlow in a part of a file.

    ``local_names`` says what the parts before have imported, and gets what this one imports.
    """
    for node, module, name, local in _imports(tree):
        root, *path = module.split(".")
        if root == "tensorflow" and not aliases.is_internal(module):
            local_names[local] = path + ([name] if name else [])
            yield node.lineno, local_names[local]
    for use in ast.walk(tree):
        if isinstance(use, ast.Attribute):
            head, *rest = _dotted(use) or [""]
            if head in local_names:
                yield use.lineno, local_names[head] + rest


def _helpers(tree: ast.AST, folder: Path, file: Path) -> Iterator[Path]:
    """Yields the files that a file imports from its own package or from the program's folder."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from _files(folder, [alias.name for alias in node.names])
        elif isinstance(node, ast.ImportFrom):
            base = file.parents[node.level - 1] if node.level else folder
            module = node.module or ""
            yield from _files(base, [module, *(f"{module}.{alias.name}".lstrip(".") for alias in node.names)])


def _files(base: Path, modules: list[str]) -> Iterator[Path]:
    for path in (base.joinpath(*module.split(".")) for module in modules if module):
        yield from (file for file in (path.with_suffix(".py"), path / "__init__.py") if file.exists())


def _missing_modules(tree: ast.AST, folder: Path) -> Iterator[tuple[int, str]]:
    for node, module, _, _ in _imports(tree):
        root = module.partition(".")[0]
        found = (folder / root).exists() or (folder / f"{root}.py").exists() or root in ("tensorflow", "keras")
        if not found and importlib.util.find_spec(root) is None:
            yield node.lineno, str(missing.remedy(ModuleNotFoundError(name=root)))


def _parts(file: Path) -> list[tuple[str, str | bytes]]:
    """Returns the name and source of a script, or of each cell of a notebook."""
    name = os.path.relpath(file)
    if file.suffix != ".ipynb":
        return [(name, file.read_bytes())]
    cells = notebook.cells(file.read_bytes(), name)
    return [(f"{name}, cell {number}", cell) for number, cell in enumerate(cells, start=1)]


def _problems_of(file: Path, folder: Path) -> tuple[list[str], list[Path]]:
    """Returns the problems of one file, and the files that it imports."""
    found: list[str] = []
    helpers: list[Path] = []
    local_names: dict[str, list[str]] = {}
    for name, source in _parts(file):
        try:
            tree = ast.parse(source, name)
        except SyntaxError as error:
            found.append(f"{name}:{error.lineno}: {error.msg}; if this is Python 2, run it with --py2")
            continue
        lines = set(_missing_modules(tree, folder))
        lines |= {(line, problem) for line, parts in _names(tree, local_names) if (problem := _problem(parts))}
        found += [f"{name}:{line}: {text}" for line, text in sorted(lines)]
        helpers += _helpers(tree, folder, file)
    return found, helpers


def problems(program: Program) -> tuple[list[str], int]:
    """Returns one line for each problem, file by file in order of line, and the number of files that were read."""
    waiting, seen = [Path(program.file).absolute()], set[Path]()
    found: list[str] = []
    while waiting:
        file = waiting.pop()
        if file not in seen:
            seen.add(file)
            lines, helpers = _problems_of(file, Path(program.search))
            found += lines
            waiting += helpers
    return found, len(seen)
