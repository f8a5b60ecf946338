"""Modules whose own code runs only when something of it is asked for.

A package's ``__init__`` often imports far more than the submodule that is wanted from it: ``import
tensorflow.python.ops`` first runs all of ``tensorflow/__init__.py``, Keras 3 included.
"""

from __future__ import annotations

import importlib
import importlib.util
import sys
import types
from importlib.machinery import PathFinder
from typing import Any

# The import system, inspect and unittest ask these of every loaded module; that is no use of it.
_ASKED_OF_ANY_MODULE = frozenset(["__path__", "__all__", "__wrapped__", "__warningregistry__"])


class DeferredModule(types.ModuleType):
    """Stands in ``sys.modules`` for a module that has not run yet; its submodules import as always."""

    def __getattr__(self, name: str) -> Any:
        if name in _ASKED_OF_ANY_MODULE:
            raise AttributeError(f"module {self.__name__!r} has no attribute {name!r}")
        if self._is_plain_submodule(name):
            return importlib.import_module(f"{self.__name__}.{name}")
        self.execute()
        return getattr(self, name)

    def __dir__(self) -> list[str]:
        self.execute()
        return dir(self)

    def _is_plain_submodule(self, name: str) -> bool:
        # TensorFlow's own packages stand in the first folder; what a later folder of the path also has
        # (tensorflow/lite and the public tf.lite) is an API name, which the module's own code binds.
        own, *api = getattr(self, "__path__", [""])
        full_name = f"{self.__name__}.{name}"
        return bool(PathFinder.find_spec(full_name, [own])) and not PathFinder.find_spec(full_name, api)

    def execute(self) -> None:
        """Runs the module's own code in its namespace; from then on it is an ordinary module."""
        self.__class__ = types.ModuleType  # type: ignore[assignment]
        loader = self.__spec__.loader if self.__spec__ else None
        if loader is None:
            raise ImportError(f"{self.__name__} has no code to run")
        loader.exec_module(self)


def defer(name: str, kind: type[DeferredModule] = DeferredModule) -> None:
    """Puts a deferred module into ``sys.modules``; one that is loaded or not installed stays as it is."""
    spec = None if name in sys.modules else importlib.util.find_spec(name)
    if spec:
        module = importlib.util.module_from_spec(spec)
        module.__class__ = kind
        sys.modules[name] = module
