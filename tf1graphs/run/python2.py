"""Python 2 programs, converted in memory by fissix (lib2to3's successor)."""

from __future__ import annotations

import sys
import types
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from importlib.util import decode_source
from pathlib import Path
from typing import Any

from tf1graphs.run.errors import BadInput


def _tool() -> Any:
    try:
        from fissix import refactor
    except ModuleNotFoundError:
        raise BadInput("--py2 needs fissix: pip install 'tf1graphs[py2]'") from None
    return refactor.RefactoringTool(refactor.get_fixers_from_package("fissix.fixes"))


def convert(source: str, filename: str) -> str:
    """Returns Python 3 source for Python 2 source; Python 3 source comes back unchanged.

    Raises:
        BadInput: it is neither, or fissix is not installed.
    """
    try:
        compile(source, filename, "exec", dont_inherit=True)
    except SyntaxError:
        text = source if source.endswith("\n") else source + "\n"
        try:
            return str(_tool().refactor_string(text, filename))
        except Exception as error:
            line = error.context[1][0] if hasattr(error, "context") else 1
            raise BadInput(f"{filename}:{line}: neither Python 2 nor Python 3: {error}") from None
    return source


class _ConvertingLoader(SourceFileLoader):
    def get_data(self, path: str) -> bytes:
        data = super().get_data(path)
        return convert(decode_source(data), path).encode() if path.endswith(".py") else data


class _ConvertingFinder(MetaPathFinder):
    def __init__(self, folder: Path) -> None:
        self._folder = folder.resolve()

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: types.ModuleType | None = None
    ) -> ModuleSpec | None:
        spec = PathFinder.find_spec(name, path)
        if spec and spec.origin and spec.origin.endswith(".py") and self._folder in Path(spec.origin).parents:
            spec.loader = _ConvertingLoader(name, spec.origin)
            return spec
        return None


def convert_imports_below(folder: Path) -> None:
    """Converts the modules that stand below ``folder`` when they are imported."""
    sys.meta_path.insert(0, _ConvertingFinder(folder))
