"""Proof that two programs compute the same.

``verify(first, second)`` runs both from the same initial variables, random numbers and data, and compares what they
compute. ``Workers`` records single programs, ``compare`` compares two recordings.
"""

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tf1graphs.verify.comparison import Comparison, compare
    from tf1graphs.verify.pair import verify
    from tf1graphs.verify.processes import CouldNotRecord, Recorded, Workers
    from tf1graphs.verify.report import text
    from tf1graphs.verify.tolerance import Tolerance

__all__ = ["Comparison", "CouldNotRecord", "Recorded", "Tolerance", "Workers", "compare", "text", "verify"]

# Imported when asked for: the command line knows the command before it needs numpy.
_HOMES = {
    "Comparison": "comparison",
    "CouldNotRecord": "processes",
    "Recorded": "processes",
    "Tolerance": "tolerance",
    "Workers": "processes",
    "compare": "comparison",
    "text": "report",
    "verify": "pair",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)
