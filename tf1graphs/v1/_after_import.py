"""Changes a module when it has been imported, or at once if it has been already; nothing is imported for it."""

from __future__ import annotations

import sys
import types
from collections.abc import Callable, Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from typing import Any

# Called with the module; it is ``Any`` because changes write into it.
Change = Callable[[Any], None]


def spec_of_others(finder: MetaPathFinder, name: str, path: Sequence[str] | None) -> ModuleSpec | None:
    """Returns what the finders that come after ``finder`` know of the module ``name``."""
    others = sys.meta_path[sys.meta_path.index(finder) + 1 :]
    specs = (other.find_spec(name, path, None) for other in others)
    return next((spec for spec in specs if spec), None)


class ChangingLoader(Loader):
    """Loads a module as ``loader`` does, and then changes it."""

    def __init__(self, loader: Loader, *changes: Change) -> None:
        self._loader = loader
        self._changes = changes

    def create_module(self, spec: ModuleSpec) -> types.ModuleType | None:
        """Leaves the making of the module to its own loader."""
        return self._loader.create_module(spec)

    def exec_module(self, module: types.ModuleType) -> None:
        """Runs the module, then changes it."""
        self._loader.exec_module(module)
        for change in self._changes:
            change(module)


class _ChangingFinder(MetaPathFinder):
    """Finds the modules of a table as the finders after it do, and gives them a loader that changes them."""

    def __init__(self) -> None:
        self.changes: dict[str, list[Change]] = {}

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: types.ModuleType | None = None
    ) -> ModuleSpec | None:
        spec = spec_of_others(self, name, path) if name in self.changes else None
        if spec and spec.loader:
            spec.loader = ChangingLoader(spec.loader, *self.changes[name])
        return spec


_finder = _ChangingFinder()


def change(name: str, change_module: Change) -> None:
    """Applies ``change_module`` to the module ``name``, now or when a program imports it."""
    if name in sys.modules:
        change_module(sys.modules[name])
        return
    _finder.changes.setdefault(name, []).append(change_module)
    if _finder not in sys.meta_path:
        sys.meta_path.insert(0, _finder)
