"""Arrays of one element as numbers: since NumPy 2.4 only those without dimensions are converted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

from tf1graphs.run import builtin_types


def _converting(method: str) -> Callable[[npt.NDArray[Any]], Any]:
    original = getattr(np.ndarray, method)

    def convert(array: npt.NDArray[Any]) -> Any:
        return original(array.reshape(()) if array.size == 1 else array)

    return convert


def restore() -> None:
    """Makes ``int``, ``float``, ``complex`` and what calls them take such arrays, for this process."""
    builtin_types.put(np.ndarray, {name: _converting(name) for name in ("__int__", "__float__", "__complex__")})
