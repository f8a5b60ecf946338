"""Gives the imports of a legacy program TensorFlow 1.15's API."""

from __future__ import annotations

import contextlib
import importlib
import sys
import types
from collections.abc import Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from pathlib import Path
from typing import Any

from tf1graphs.run import aliases
from tf1graphs.v1 import _after_import, _gone, _inner

# Modules that import in the name of another.
_IMPORTING = ("importlib", "tf1graphs.v1._deferred", __name__)

# They look whether names of TensorFlow's internals are there.
_LIBRARIES = ("tensorflow.", "tensorflow_estimator.", "tf1graphs.v1.", "tf_keras.", "tf_slim.")

_SCIPY = ("scipy.misc", "scipy.sparse.linalg.eigen")
_ROOTS = ("tensorflow.", "tensorflow_core", "keras", "tf_keras.api._v1.keras.", *_SCIPY)
_TF_KERAS = "tf1graphs.v1._tf_keras"
# The package that a module has moved to -> what must have been imported before anything of it is.
_PREPARING = {"tf_keras": _TF_KERAS, "tensorflow_estimator": "tf1graphs.v1._tf_estimator"}
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


def _path(module: str) -> str:
    return module.removeprefix("tensorflow.")


def _no_attribute(module: types.ModuleType, name: str) -> AttributeError:
    return AttributeError(f"module {module.__name__!r} has no attribute {name!r}")


def _stand_in(module: types.ModuleType, name: str) -> _gone.Gone:
    """Returns what stands for a name that a module had in 1.15; a name that it had not is an ``AttributeError``."""
    path = _path(module.__name__)
    if aliases.stood_earlier(path) and _gone.holds(path):
        return _gone.find(f"{path}.{name}")
    try:
        return _inner.find(path, name)
    except KeyError:
        raise _no_attribute(module, name) from None


def _find(module: types.ModuleType, name: str, home: str) -> Any:
    """Returns what a module of 1.15 had by a name: a module below it, what ``home`` has, or what says that it is gone.

    Raises:
        AttributeError: the module had no such name.
    """
    if name.startswith("__"):
        raise _no_attribute(module, name)
    value = getattr(importlib.import_module(home), name, None)
    if value is None or isinstance(value, types.ModuleType) or _inner.is_child(_path(module.__name__), name):
        # "tf.contrib.rnn.python.ops" is a module of its own, not what the public module calls ops; and
        # "tf.contrib.factorization.python.ops.gmm" is none of the function that the public module calls gmm.
        with contextlib.suppress(ModuleNotFoundError):
            return importlib.import_module(f"{module.__name__}.{name}")
    if value is None and _asking_module().startswith(_LIBRARIES):
        raise _no_attribute(module, name)
    return _stand_in(module, name) if value is None else value


class _Internals(types.ModuleType):
    """A module of TensorFlow's internals that still has the names which 1.15 had there and which moved since."""

    def __getattr__(self, name: str) -> Any:
        moved = None if _asking_module().startswith(_LIBRARIES) else aliases.moved_name(self.__name__, name)
        if moved:
            return getattr(importlib.import_module(moved[0]), moved[1])
        return _find(self, name, aliases.public_module(self.__name__))


class _DeepContrib(types.ModuleType):
    """A module inside a contrib package of 1.15, whose names the public module of today has."""

    def __init__(self, name: str, home: str) -> None:
        super().__init__(name)
        self._home = home

    def __getattr__(self, name: str) -> Any:
        return _inner.public_names(_path(self.__name__)) if name == "__all__" else _find(self, name, self._home)


class _DeepContribLoader(Loader):
    def __init__(self, home: str) -> None:
        self._home = home

    def create_module(self, spec: ModuleSpec) -> types.ModuleType:
        return _DeepContrib(spec.name, self._home)

    def exec_module(self, module: types.ModuleType) -> None:
        """Runs nothing: names come from the module's home when they are asked for."""


class GoneModule(types.ModuleType):
    """A module that is gone: what a program imports from it refuses when it is used."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise _no_attribute(self, name)
        return _stand_in(self, name)


class _GoneLoader(Loader):
    def create_module(self, spec: ModuleSpec) -> types.ModuleType:
        return GoneModule(spec.name)

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


def _asking_module() -> str:
    """Returns the name of the module whose code asks for the module or name that is now looked for."""
    frame = sys._getframe(1)
    while frame.f_back and frame.f_globals.get("__name__", "").startswith(_IMPORTING):
        frame = frame.f_back
    return str(frame.f_globals.get("__name__", ""))


def _asked_by_tensorflow() -> bool:
    """Whether the import now under way stands in TensorFlow's own code, which needs its own modules."""
    return _asking_module().startswith(("tensorflow.", "tf1graphs.v1."))


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
        path_of_115 = _path(name)
        if _gone.holds(path_of_115) and (_inner.is_module(path_of_115) or aliases.stood_earlier(path_of_115)):
            return ModuleSpec(name, _GoneLoader(), is_package=True)
        spec = None if _asked_by_tensorflow() else self._moved(name)
        return spec or self._in_place(name, path) or self._gone(name)

    def _moved(self, name: str) -> ModuleSpec | None:
        home = aliases.home(name)
        preparing = _PREPARING.get(home.partition(".")[0]) if home else None
        if preparing:
            importlib.import_module(preparing)
        if home and aliases.exists(home):
            loader = _DeepContribLoader if aliases.is_deep_contrib(name) else _AliasLoader
            return ModuleSpec(name, loader(home), is_package=True)
        return ModuleSpec(name, None, is_package=True) if aliases.has_parts(name) else None

    def _in_place(self, name: str, path: Sequence[str] | None) -> ModuleSpec | None:
        spec = _after_import.spec_of_others(self, name, path)
        if spec and spec.loader and aliases.has_lost_names(name):
            spec.loader = _after_import.ChangingLoader(spec.loader, _find_lost_names)
        return spec or self._below_alias(name)

    def _gone(self, name: str) -> ModuleSpec | None:
        """Returns the spec of a stand-in for a module that has left, for programs; libraries are to miss it."""
        if not _inner.is_module(_path(name)) or _asking_module().startswith(_LIBRARIES):
            return None
        return ModuleSpec(name, _GoneLoader(), is_package=True)

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
    _after_import.change(_TF_KERAS, _forget_own_keras)
    sys.meta_path.insert(0, _LegacyFinder(Path(str(real.__file__)).parent))
    for name in list(sys.modules):
        if aliases.has_lost_names(name):
            _find_lost_names(sys.modules[name])
