"""Calls a function when a module has been imported, or at once if it has been already."""

from __future__ import annotations

import sys
import types
from collections.abc import Callable, Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec

Change = Callable[[types.ModuleType], None]


def spec_of_others(finder: MetaPathFinder, name: str, path: Sequence[str] | None) -> ModuleSpec | None:
    """Returns what the finders that come after ``finder`` know of the module ``name``."""
    others = sys.meta_path[sys.meta_path.index(finder) + 1 :]
    specs = (other.find_spec(name, path, None) for other in others)
    return next((spec for spec in specs if spec), None)


class ChangingLoader(Loader):
    """Loads a module as ``loader`` does, and then changes it."""

    def __init__(self, loader: Loader, change: Change) -> None:
        self._loader = loader
        self._change = change

    def create_module(self, spec: ModuleSpec) -> types.ModuleType | None:
        """Leaves the making of the module to its own loader."""
        return self._loader.create_module(spec)

    def exec_module(self, module: types.ModuleType) -> None:
        """Runs the module, then changes it."""
        self._loader.exec_module(module)
        self._change(module)


class _ChangingFinder(MetaPathFinder):
    def __init__(self, name: str, change: Change) -> None:
        self._name = name
        self._change = change

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: types.ModuleType | None = None
    ) -> ModuleSpec | None:
        spec = spec_of_others(self, name, path) if name == self._name else None
        if spec and spec.loader:
            spec.loader = ChangingLoader(spec.loader, self._change)
        return spec


def after_import(name: str, change: Change) -> None:
    """Applies ``change`` to the module ``name``, now or when a program imports it."""
    if name in sys.modules:
        change(sys.modules[name])
    else:
        sys.meta_path.insert(0, _ChangingFinder(name, change))
