"""How TensorFlow 1's tensors become those of Keras 3, and back.

Each module of ``ways`` is one way, named as its file; those with an underscore are what ways share. Its functions
``forward`` and ``backward`` get arrays and the settings of a map's row, and return arrays. A module may say in
``SLOT_SETTINGS`` which settings have another value where an optimizer's slots are carried, None if slots cannot be.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from tf1graphs.convert.carrying import ways
from tf1graphs.convert.errors import CouldNotConvert

Carry = Callable[..., list[np.ndarray]]


@dataclass(frozen=True)
class Carrier:
    """One way to carry tensors over.

    Attributes:
        name: what a map's row calls it.
        forward: from TensorFlow 1's arrays to those of Keras 3.
        backward: its inverse.
        slot_settings: the settings that an optimizer's slots need in place of their variable's; None if a slot cannot
            be carried as its variable is.
    """

    name: str
    forward: Carry
    backward: Carry
    slot_settings: dict[str, Any] | None


def _checked(name: str, carry: Carry) -> Carry:
    """``carry``, whose errors are those of converting."""

    def checked(arrays: Sequence[np.ndarray], **settings: Any) -> list[np.ndarray]:
        try:
            return carry(arrays, **settings)
        except (TypeError, ValueError, IndexError) as error:
            shapes = ", ".join(str(list(array.shape)) for array in arrays)
            raise CouldNotConvert(f"{name} cannot carry tensors of the shapes {shapes}: {error}") from None

    return checked


@cache
def names() -> tuple[str, ...]:
    """All ways by name."""
    return tuple(found.name for found in pkgutil.iter_modules(ways.__path__) if not found.name.startswith("_"))


@cache
def carrier(name: str) -> Carrier:
    """The way that a map's row calls ``name``.

    Raises:
        CouldNotConvert: there is no such way.
    """
    if name not in names():
        raise CouldNotConvert(f'no way to carry tensors is called "{name}"; there are {", ".join(names())}')
    module = importlib.import_module(f"{ways.__name__}.{name}")
    return Carrier(
        name,
        _checked(name, module.forward),
        _checked(name, module.backward),
        getattr(module, "SLOT_SETTINGS", {}),
    )
