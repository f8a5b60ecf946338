"""Finds, without running it, what in a program and its helper files cannot run: names gone, modules missing."""

from __future__ import annotations

import ast
import importlib.util
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tf1graphs.run import aliases, missing
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
            return f"tf.{'.'.join(parts[:number])} is not in TensorFlow 1.15" if number else None
        if isinstance(value, Gone):
            return value.message
        if not isinstance(value, type(sys)):
            return None
    return None


def _names(tree: ast.AST) -> Iterator[tuple[int, list[str]]]:
    """Yields (line, dotted name below ``tensorflow``) for every use of TensorFlow in a file."""
    local_names: dict[str, list[str]] = {}
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


def _helpers(tree: ast.AST, folder: Path) -> Iterator[Path]:
    for _, module, name, _ in _imports(tree):
        for dotted in filter(None, [module, f"{module}.{name}" if name else ""]):
            base = folder.joinpath(*dotted.split("."))
            yield from (file for file in (base.with_suffix(".py"), base / "__init__.py") if file.exists())


def _missing_modules(tree: ast.AST, folder: Path) -> Iterator[tuple[int, str]]:
    for node, module, _, _ in _imports(tree):
        root = module.partition(".")[0]
        found = (folder / root).exists() or (folder / f"{root}.py").exists() or root in ("tensorflow", "keras")
        if not found and importlib.util.find_spec(root) is None:
            yield node.lineno, str(missing.remedy(ModuleNotFoundError(name=root)))


def problems(program: Program) -> tuple[list[str], int]:
    """Returns one line for each problem, in order of file and line, and the number of files that were read."""
    folder = Path(program.search)
    waiting, seen = [Path(program.file)], set()
    found: list[str] = []
    while waiting:
        file = waiting.pop()
        if file in seen or file.suffix != ".py":
            continue
        seen.add(file)
        tree = ast.parse(file.read_bytes(), str(file))
        lines = set(_missing_modules(tree, folder))
        lines |= {(line, problem) for line, parts in _names(tree) if (problem := _problem(parts))}
        found += [f"{os.path.relpath(file)}:{line}: {text}" for line, text in sorted(lines)]
        waiting += _helpers(tree, folder)
    return found, len(seen)
