"""What stood inside TensorFlow 1.15: the modules of contrib, examples and ``tensorflow.python``, and their names.

They are no part of the public API, but programs import them. ``tests/oracle/record_inner_names.py`` wrote the list.
"""

from __future__ import annotations

import functools
import gzip
from pathlib import Path

from tf1graphs.v1 import _gone

_FILE = Path(__file__).with_name("_inner_names.txt.gz")


@functools.cache
def _modules() -> dict[str, str]:
    """Returns module below ``tensorflow`` -> its names, with blanks between them."""
    lines = gzip.decompress(_FILE.read_bytes()).decode().splitlines()
    return {module: names for module, _, names in (line.partition(" ") for line in lines)}


def is_module(module: str) -> bool:
    """Whether 1.15 had a module at the dotted path below ``tensorflow``."""
    return module in _modules()


def has(module: str, name: str) -> bool:
    """Whether a module had the name, and not for a module that it had imported."""
    return name in _modules().get(module, "").split()


def is_child(module: str, name: str) -> bool:
    """Whether a module's name stood for a module below it, and not for what the module had set in its place."""
    return is_module(f"{module}.{name}") and not has(module, name)


def public_names(module: str) -> list[str]:
    """Returns the names that ``from module import *`` gave, but for modules that it had imported."""
    return [name for name in _modules().get(module, "").split() if not name.startswith("_")]


def find(module: str, name: str) -> _gone.Gone:
    """Returns the stand-in for a name that a module had and that today's TensorFlow has not.

    Raises:
        KeyError: the module had no such name in 1.15.
    """
    dotted = f"{module}.{name}"
    if not has(module, name) and not is_module(dotted):
        raise KeyError(dotted)
    if _gone.holds(dotted):
        return _gone.find(dotted)
    package = f"tf.{'.'.join(module.split('.')[:2])}" if module.startswith("contrib.") else "tf"
    return _gone.Gone(dotted, "it was internal to TensorFlow 1.15 and has left", f"use the public names of {package}")
