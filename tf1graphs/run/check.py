"""Finds, without running it, what in a program and its helper files cannot run: names gone, modules missing."""

from __future__ import annotations

import ast
import importlib.util
import os
import types
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tf1graphs.run import imports, missing, notebook
from tf1graphs.run.program import Program
from tf1graphs.v1 import _gone, _inner

# The packages whose names are looked up, and what they are in the words of a problem.
_VERSIONS = {"keras": "Keras 2", "tensorflow": "TensorFlow 1.15"}


def _imports(tree: ast.AST) -> Iterator[tuple[ast.stmt, str, str | None, str]]:
    """Yields (statement, module, name imported from it or None, local name) for every import."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node, alias.name, None, alias.asname or alias.name.partition(".")[0]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            for alias in node.names:
                yield node, node.module, alias.name, alias.asname or alias.name


def _dotted(node: ast.expr) -> list[str]:
    if isinstance(node, ast.Attribute):
        owner = _dotted(node.value)
        return [*owner, node.attr] if owner else []
    return [node.id] if isinstance(node, ast.Name) else []


def _part(value: Any, name: str) -> Any:
    try:
        return getattr(value, name)
    except AttributeError:
        return importlib.import_module(f"{value.__name__}.{name}")


def _problem(parts: list[str]) -> str | None:
    """Says what is wrong with a dotted name from ``tensorflow`` or ``keras`` on, as far as modules and names go."""
    value: Any = importlib.import_module(parts[0])
    for number, name in enumerate(parts[1:], start=1):
        try:
            value = _part(value, name)
        except (AttributeError, ImportError):
            return _left(parts[1:number], name) or f"{_said(parts[: number + 1])} is not in {_VERSIONS[parts[0]]}"
        if isinstance(value, _gone.Gone):
            return value.message
        if isinstance(value, imports.GoneModule):
            return _left(parts[1:number], name)
        if not isinstance(value, types.ModuleType):
            return None
    return None


def _left(module: list[str], name: str) -> str | None:
    """Says of a name that 1.15 had inside a module what is wrong with it."""
    try:
        return _inner.find(".".join(module), name).message
    except KeyError:
        return None


def _said(parts: list[str]) -> str:
    return ".".join(["tf" if parts[0] == "tensorflow" else parts[0], *parts[1:]])


def _rebound(tree: ast.AST) -> Counter[str]:
    """Returns how often a file binds each name other than by an import: as a variable, argument, function or class."""
    found: Counter[str] = Counter()
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            found[node.id] += 1
        elif isinstance(node, ast.arg):
            found[node.arg] += 1
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.ExceptHandler)) and node.name:
            found[node.name] += 1
    return found


def _add_variables(tree: ast.AST, local_names: dict[str, list[str]]) -> None:
    """Adds what stands for a part of TensorFlow, as after ``layers = tf.contrib.layers``, drops what may be else."""
    rebound = _rebound(tree)
    for name in rebound:
        local_names.pop(name, None)
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            head, *rest = _dotted(node.value) or [""]
            if head in local_names and rebound[node.targets[0].id] == 1:
                local_names[node.targets[0].id] = local_names[head] + rest


def _names(tree: ast.AST, local_names: dict[str, list[str]]) -> Iterator[tuple[int, list[str]]]:
    """Yields (line, dotted name from ``tensorflow`` or ``keras`` on) for every use of them in a part of a file.

    ``local_names`` says what the parts before have imported, and gets what this one imports.
    """
    for node, module, name, local in _imports(tree):
        path = [*module.split("."), *([name] if name and name != "*" else [])]
        if path[0] in _VERSIONS:
            yield node.lineno, path
            local_names[local] = path[:1] if local == path[0] else path
    _add_variables(tree, local_names)
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
        found = (folder / root).exists() or (folder / f"{root}.py").exists() or root in _VERSIONS
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
