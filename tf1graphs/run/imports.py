"""Gives the imports of a legacy program TensorFlow 1.15's API."""

from __future__ import annotations

import importlib
import sys
import types
from collections.abc import Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from pathlib import Path
from typing import Any

from tf1graphs.run import aliases, hooks
from tf1graphs.v1 import _gone

# Modules that import in the name of another.
_IMPORTING = ("importlib", "tf1graphs.v1._deferred", __name__)

_ROOTS = ("tensorflow.", "tensorflow_core", "keras", "tf_keras.api._v1.keras.", "scipy.misc")
_TF_KERAS = "tf1graphs.v1._tf_keras"
_INTERNAL_PACKAGES = ("core", "models", "python", "tools")


class LegacyTensorFlow(types.ModuleType):
    """The module ``tensorflow`` of a legacy program: 1.15's API, above the folders of the installed TensorFlow."""

    def __getattr__(self, name: str) -> Any:
        if name in _INTERNAL_PACKAGES:
            return importlib.import_module(f"{self.__name__}.{name}")
        value = getattr(sys.modules["tf1graphs.v1"], name)
        setattr(self, name, value)
        return value

    def __dir__(self) -> list[str]:
        return dir(sys.modules["tf1graphs.v1"])


class _Internals(types.ModuleType):
    """A module of TensorFlow's internals that still has the names which 1.15 had there and which moved since."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(f"module {self.__name__!r} has no attribute {name!r}")
        return getattr(importlib.import_module(aliases.public_module(self.__name__)), name)


class _DeepContrib(types.ModuleType):
    """A module inside a contrib package of 1.15, whose names the public module of today has."""

    def __init__(self, name: str, home: str) -> None:
        super().__init__(name)
        self._home = home

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(f"module {self.__name__!r} has no attribute {name!r}")
        home = importlib.import_module(self._home)
        is_folder = self.__name__.partition(".python")[2].count(".") < 2
        if is_folder and isinstance(getattr(home, name, home), types.ModuleType):
            # "tf.contrib.rnn.python.ops" is a module of its own, not what the public module calls ops.
            return importlib.import_module(f"{self.__name__}.{name}")
        return getattr(home, name)


class _DeepContribLoader(Loader):
    def __init__(self, home: str) -> None:
        self._home = home

    def create_module(self, spec: ModuleSpec) -> types.ModuleType:
        return _DeepContrib(spec.name, self._home)

    def exec_module(self, module: types.ModuleType) -> None:
        """Runs nothing: names come from the module's home when they are asked for."""


class _GoneModule(types.ModuleType):
    """A module that is gone: what a program imports from it refuses when it is used."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(f"module {self.__name__!r} has no attribute {name!r}")
        return _gone.find(f"{self.__name__}.{name}".removeprefix("tensorflow."))


class _GoneLoader(Loader):
    def create_module(self, spec: ModuleSpec) -> types.ModuleType:
        return _GoneModule(spec.name)

    def exec_module(self, module: types.ModuleType) -> None:
        """Runs nothing."""


class _AliasLoader(Loader):
    def __init__(self, home: str) -> None:
        self._home = home

    def create_module(self, spec: ModuleSpec) -> types.ModuleType:
        self._module = importlib.import_module(self._home)
        self._spec = self._module.__spec__
        return self._module

    def exec_module(self, module: types.ModuleType) -> None:
        # The import system has written the alias into it; it stays the module that it is.
        module.__spec__ = self._spec


def _asked_by_tensorflow() -> bool:
    """Whether the import now under way stands in TensorFlow's own code, which needs its own modules."""
    frame = sys._getframe(1)
    while frame.f_back and frame.f_globals.get("__name__", "").startswith(_IMPORTING):
        frame = frame.f_back
    return str(frame.f_globals.get("__name__", "")).startswith(("tensorflow.", "tf1graphs.v1."))


def _forget_own_keras(tf_keras: types.ModuleType) -> None:
    """Forgets the Keras that TensorFlow's own code has loaded for itself by the time that tf-keras is there."""
    own = ("tensorflow.python.keras.", "tensorflow.python.layers.")
    for name in [name for name in sys.modules if name.startswith(own)]:
        if not sys.modules[name].__name__.startswith("tf_keras"):
            del sys.modules[name]


class _LegacyFinder(MetaPathFinder):
    """Finds modules at the paths that they had in TensorFlow 1.15."""

    def __init__(self, package: Path) -> None:
        self._package = package

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: types.ModuleType | None = None
    ) -> ModuleSpec | None:
        """Returns a spec for modules that moved, and for those below a moved one that did not."""
        if not name.startswith(_ROOTS):
            return None
        if _gone.holds(name.removeprefix("tensorflow.")):
            return ModuleSpec(name, _GoneLoader(), is_package=True)
        if not _asked_by_tensorflow():
            home = aliases.home(name)
            if home and home.startswith("tf_keras"):
                importlib.import_module(_TF_KERAS)
            if home:
                loader = _DeepContribLoader if aliases.is_deep_contrib(name) else _AliasLoader
                return ModuleSpec(name, loader(home), is_package=True)
            if aliases.has_parts(name):
                return ModuleSpec(name, None, is_package=True)
        spec = hooks.spec_of_others(self, name, path)
        if spec and spec.loader and aliases.has_lost_names(name):
            spec.loader = hooks.ChangingLoader(spec.loader, _find_lost_names)
        return spec or self._below_alias(name)

    def _below_alias(self, name: str) -> ModuleSpec | None:
        """Returns the spec of a module of today's TensorFlow below a name of the API, such as ``tf.lite.python``."""
        folders = name.split(".")[1:-1]
        roots = [self._package, self._package / "_api" / "v2"]
        return PathFinder.find_spec(name, [str(root.joinpath(*folders)) for root in roots])


def _find_lost_names(module: types.ModuleType) -> None:
    if type(module) is types.ModuleType:
        module.__class__ = _Internals


def install() -> None:
    """Makes ``import tensorflow`` and everything below it give TensorFlow 1.15's API in this process.

    Raises:
        ImportError: TensorFlow is not installed.
        GraphModeError: TensorFlow 2 operations have already run eagerly in this process.
    """
    import tf1graphs.v1  # noqa: F401

    real = sys.modules["tensorflow"]
    legacy = LegacyTensorFlow("tensorflow")
    vars(legacy).update(__path__=real.__path__, __file__=real.__file__, __spec__=real.__spec__)
    sys.modules["tensorflow"] = legacy
    hooks.after_import(_TF_KERAS, _forget_own_keras)
    sys.meta_path.insert(0, _LegacyFinder(Path(str(real.__file__)).parent))
    for name in list(sys.modules):
        if aliases.has_lost_names(name):
            _find_lost_names(sys.modules[name])
