"""Why two programs differ: guesses from what was seen, best first.

Each module of this package is a cause, called by the module's name; those with an underscore are what causes share.
Its function ``explain`` gets what was seen and returns a score from 0 to 1 and a sentence that says it, or None.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np

from tf1graphs.verify.causes._seen import Seen
from tf1graphs.verify.comparison import Comparison


class Cause(NamedTuple):
    """A likely cause.

    Attributes:
        name: the module that found it.
        sentence: what was seen, in the words of the report.
        score: how likely it is beside the others, from 0 to 1.
    """

    name: str
    sentence: str
    score: float


def _modules() -> Iterator[Any]:
    for found in pkgutil.iter_modules(__path__):
        if not found.name.startswith("_"):
            yield importlib.import_module(f"{__name__}.{found.name}")


def likely(comparison: Comparison) -> list[Cause]:
    """Returns what may have made two programs differ, the most likely first; of equivalent ones nothing."""
    if comparison.is_equivalent:
        return []
    what = Seen(comparison)
    found = []
    for module in _modules():
        with np.errstate(all="ignore"):  # what has become infinite is compared too
            explained = module.explain(what)
        if explained:
            score, sentence = explained
            found.append(Cause(module.__name__.rpartition(".")[2], sentence, score))
    return sorted(found, key=lambda cause: -cause.score)
