"""Looks at modules as soon as they have been imported, however late that is."""

from __future__ import annotations

import functools
import sys
from types import ModuleType
from typing import Any, Callable, Optional, Tuple

_Action = Callable[[ModuleType], None]


class _Finder:
    def __init__(self, action: _Action, prefixes: Tuple[str, ...]) -> None:
        self._action = action
        self._prefixes = prefixes

    def find_spec(self, name: str, path: Any = None, target: Optional[ModuleType] = None) -> Any:
        """Has the finders behind this one find the module, and looks at it when it has run."""
        if not name.startswith(self._prefixes):
            return None
        for finder in sys.meta_path[sys.meta_path.index(self) + 1 :]:
            spec = finder.find_spec(name, path, target)
            if spec is not None:
                self._look_after(spec.loader)
                return spec
        return None

    def _look_after(self, loader: Any) -> None:
        execute = getattr(loader, "exec_module", None)
        if execute is None or not hasattr(loader, "__dict__"):
            return

        @functools.wraps(execute)
        def exec_module(module: ModuleType) -> None:
            execute(module)
            self._action(module)

        loader.exec_module = exec_module


def call(action: _Action, prefixes: Tuple[str, ...]) -> None:
    """Calls ``action`` with each module that is imported from now on and whose name begins with one of ``prefixes``."""
    sys.meta_path.insert(0, _Finder(action, prefixes))
