"""The data of the tutorials: MNIST, the animal table, word lists, texts and melodies.

Importing this package is cheap: NumPy is imported when a reader is first used, and what
downloads and draws a progress bar only when something is downloaded.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from . import melodies, text, words
from .errors import DatasetError

if TYPE_CHECKING:
    from .animal_table import animals
    from .dataset import DataSet
    from .mnist_sets import Mnist, mnist, raw_mnist

__all__ = ["DataSet", "DatasetError", "Mnist", "animals", "melodies", "mnist", "raw_mnist", "text", "words"]

_HOMES = {
    "DataSet": ".dataset",
    "Mnist": ".mnist_sets",
    "animals": ".animal_table",
    "mnist": ".mnist_sets",
    "raw_mnist": ".mnist_sets",
}


def __getattr__(name: str) -> object:
    """Import a public name's module on the name's first use (PEP 562)."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(_HOMES[name], __name__), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """List the public names, imported or not yet."""
    return sorted(__all__)
