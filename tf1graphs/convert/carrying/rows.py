"""The rows of a map: which tensors become which, and how."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from tf1graphs.convert.carrying import carrier
from tf1graphs.convert.errors import CouldNotConvert

_FIELDS = {"sources": list, "targets": list, "carry": str, "settings": dict}
_REQUIRED = ("sources", "targets", "carry")


@dataclass(frozen=True)
class Row:
    """Tensors that are carried together.

    Attributes:
        sources: names of TensorFlow 1's tensors, in the order that the way asks for.
        targets: paths of Keras 3's variables, in the order that the way gives.
        carry: the name of the way.
        settings: what else the way must know, such as ``{"forget_bias": 1.0}``.
    """

    sources: tuple[str, ...]
    targets: tuple[str, ...]
    carry: str = "as_it_is"
    settings: dict[str, Any] = field(default_factory=dict)

    def forward(self, arrays: Sequence[np.ndarray]) -> list[np.ndarray]:
        """The targets' arrays from the sources'.

        Raises:
            CouldNotConvert: the way does not carry these arrays with these settings.
        """
        return self._counted(carrier(self.carry).forward(arrays, **self.settings), self.targets)

    def backward(self, arrays: Sequence[np.ndarray]) -> list[np.ndarray]:
        """The sources' arrays from the targets'; errors as of ``forward``."""
        return self._counted(carrier(self.carry).backward(arrays, **self.settings), self.sources)

    def _counted(self, arrays: list[np.ndarray], named: tuple[str, ...]) -> list[np.ndarray]:
        if len(arrays) != len(named):
            raise CouldNotConvert(f"{self.carry} gives {len(arrays)} tensors, not {len(named)}: {', '.join(named)}")
        return arrays


def to_json(rows: Sequence[Row]) -> list[dict[str, Any]]:
    """What a map file holds of ``rows``."""
    return [
        {"sources": list(row.sources), "targets": list(row.targets), "carry": row.carry, "settings": row.settings}
        for row in rows
    ]


def _names(entry: dict[str, Any], key: str, number: int) -> tuple[str, ...]:
    if not all(isinstance(name, str) for name in entry[key]):
        raise CouldNotConvert(f'row {number} of the map: "{key}" is a list of names')
    return tuple(entry[key])


def _row(entry: Any, number: int) -> Row:
    if not isinstance(entry, dict) or not set(_REQUIRED) <= set(entry) <= set(_FIELDS):
        raise CouldNotConvert(f"row {number} of the map needs {', '.join(_REQUIRED)} and may have settings, no more")
    for key, kind in _FIELDS.items():
        if key in entry and not isinstance(entry[key], kind):
            raise CouldNotConvert(f'row {number} of the map: "{key}" is no {kind.__name__}')
    carrier(entry["carry"])
    return Row(
        _names(entry, "sources", number), _names(entry, "targets", number), entry["carry"], entry.get("settings", {})
    )


def from_json(entries: Any) -> list[Row]:
    """The rows in what was read from a map file; they are counted from 1 in errors.

    Raises:
        CouldNotConvert: a row is malformed, or names a way that there is not.
    """
    if not isinstance(entries, list):
        raise CouldNotConvert("a map is a list of rows")
    return [_row(entry, number) for number, entry in enumerate(entries, 1)]
