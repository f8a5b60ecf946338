"""Arrays of rows that differ in length: until NumPy 1.24 they became arrays of objects, now they are an error."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import numpy as np

_RAGGED = "inhomogeneous shape"


def _accepting(function: Callable[..., Any]) -> Callable[..., Any]:
    """Returns ``function``, which makes an array, as one that makes an array of objects where no dtype is asked for."""

    @functools.wraps(function)
    def make(*arguments: Any, **options: Any) -> Any:
        try:
            return function(*arguments, **options)
        except ValueError as error:
            if _RAGGED not in str(error) or len(arguments) != 1 or "dtype" in options:
                raise
            return function(arguments[0], object, **options)

    return make


def restore() -> None:
    """Makes ``np.array`` and its relatives take such rows, for this process."""
    for name in ("array", "asarray", "asanyarray"):
        setattr(np, name, _accepting(getattr(np, name)))
