"""The modules of the API: own files at their TF1 paths first, then TensorFlow's table of ``tf.compat.v1``.

The table is TensorFlow's own: the import statements of its generated ``tensorflow/_api/v2/compat/v1/**/__init__.py``.
They are read, not run, and a name is imported when it is first used. A module has, in this order, what its own file
defines, the files and folders below it, and the names of the table.
"""

from __future__ import annotations

import contextlib
import importlib
import importlib.util
import re
import sys
import types
from collections.abc import Callable, Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from pathlib import Path
from typing import Any

from tf1graphs.v1 import _gone

_ROOT = "tf1graphs.v1"
_TABLE = "tensorflow._api.v2.compat.v1"
_IMPORT = re.compile(r"^from ([\w.]+) import (\w+)(?: as (\w+))?", re.MULTILINE)
# What compat/v1/__init__.py binds by assignment rather than by import.
_ASSIGNED = {"app": {"flags": ("tensorflow.python.platform", "flags")}}

# Functions that know names which are neither in a file nor in the table: dotted name below tf -> value, or KeyError.
_FALLBACKS: list[Callable[[str], Any]] = [_gone.find]


def _table_file(path: str) -> Path:
    package = Path(str(sys.modules["tensorflow"].__file__)).parent
    return package.parent.joinpath(*_TABLE.split("."), *path.split("."), "__init__.py")


def _read_table(path: str) -> dict[str, tuple[str, str]]:
    """Returns public name -> (module, name in that module) for the API module at the dotted path below ``tf``."""
    file = _table_file(path)
    imports = _IMPORT.findall(file.read_text(encoding="utf-8")) if file.exists() else []
    table = {alias or name: (module, name) for module, name, alias in imports}
    return table | _ASSIGNED.get(path, {})


def _is_public(name: str) -> bool:
    return not name.startswith("_") or (name.startswith("__") and name.endswith("__"))


class ApiModule(types.ModuleType):
    """An API module such as ``tf.nn``, whose names are imported when they are first used."""

    def __getattr__(self, name: str) -> Any:
        if name == "__all__":
            return [public for public in dir(self) if not public.startswith("_")]
        value = self._find(name)
        setattr(self, name, value)
        return value

    def __dir__(self) -> list[str]:
        own = [path.stem for folder in vars(self).get("__path__", ()) for path in Path(folder).glob("[a-z]*")]
        return sorted(name for name in {*vars(self), *self._table, *own} if _is_public(name))

    @property
    def _table(self) -> dict[str, tuple[str, str]]:
        if "_tensorflow_table" not in vars(self):
            vars(self)["_tensorflow_table"] = _read_table(self.__name__[len(_ROOT) + 1 :])
        table: dict[str, tuple[str, str]] = vars(self)["_tensorflow_table"]
        return table

    def _find(self, name: str) -> Any:
        submodule = f"{self.__name__}.{name}"
        if not name.startswith("_") and "__path__" in vars(self) and importlib.util.find_spec(submodule):
            return importlib.import_module(submodule)
        if name in self._table and _is_public(name):
            module, original = self._table[name]
            return getattr(importlib.import_module(module), original)
        dotted = submodule[len(_ROOT) + 1 :]
        for find in _FALLBACKS:
            with contextlib.suppress(KeyError):
                return find(dotted)
        raise AttributeError(f"module 'tensorflow{self.__name__[len(_ROOT) :]}' has no attribute {name!r}")


class _EmptyLoader(Loader):
    """Loads an API module that has no file of its own."""

    def create_module(self, spec: ModuleSpec) -> types.ModuleType:
        """Returns an empty API module; its names come when they are asked for."""
        return ApiModule(spec.name)

    def exec_module(self, module: types.ModuleType) -> None:
        """Runs nothing: the names are imported one by one, on first use."""


class _FileLoader(SourceFileLoader):
    """Loads an own file as an API module."""

    def create_module(self, spec: ModuleSpec) -> types.ModuleType:
        """Returns an empty API module, in which the file then runs."""
        return ApiModule(spec.name)


class ApiFinder(MetaPathFinder):
    """Finds the public modules below ``tf1graphs.v1``, whether or not they have a file of their own there."""

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: types.ModuleType | None = None
    ) -> ModuleSpec | None:
        """Returns a spec for a public module of the API; private files are left to Python's finder."""
        stem = name.rpartition(".")[2]
        if not name.startswith(f"{_ROOT}.") or stem.startswith("_"):
            return None
        spec = PathFinder.find_spec(name, path)
        if spec and spec.origin:
            spec.loader = _FileLoader(name, spec.origin)
            return spec
        if spec is None and not _table_file(name[len(_ROOT) + 1 :]).exists():
            return None
        folders = spec.submodule_search_locations if spec else None
        spec = ModuleSpec(name, _EmptyLoader(), is_package=True)
        spec.submodule_search_locations = list(folders or [])
        return spec


def install(root: types.ModuleType) -> None:
    """Makes ``root`` the API module ``tf`` and its API submodules importable."""
    root.__class__ = ApiModule
    sys.meta_path.insert(0, ApiFinder())


def add_names(find: Callable[[str], Any]) -> None:
    """Lets ``find`` supply names that the API does not have: dotted name below ``tf`` -> value, or ``KeyError``."""
    _FALLBACKS.append(find)
