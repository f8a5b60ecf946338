"""Names of a package that are imported when they are first used, where what has them takes long to import."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from typing import Any


def from_modules(package: str, names: Mapping[str, str]) -> Callable[[str], Any]:
    """Returns the ``__getattr__`` of a package of ``tf1graphs.v1``.

    Args:
        package: Its name.
        names: Module below it -> the names that come from there.
    """
    modules = {name: module for module, listed in names.items() for name in listed.split()}

    def find(name: str) -> Any:
        if name not in modules:
            of_115 = package.replace("tf1graphs.v1", "tensorflow", 1)
            raise AttributeError(f"module {of_115!r} has no attribute {name!r}")
        return getattr(importlib.import_module(f"{package}.{modules[name]}"), name)

    return find
