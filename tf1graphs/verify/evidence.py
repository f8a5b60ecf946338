"""What tells the causes of a difference apart."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from tf1graphs.verify.recording import LOSS, Sample, Series

_RECENT_STEPS = 2


@dataclass
class Evidence:
    """What tells causes apart, of both programs.

    Attributes:
        arrays: (kind, name, step) -> losses, gradients, variables and updates, of the first steps and of those just
            before the programs part.
        updates: step -> variable -> how many times as large the second program's update is, and what is left of it
            beside as many times the first program's, relative to it.
    """

    arrays: dict[tuple[str, str, int], tuple[npt.NDArray[Any], npt.NDArray[Any]]] = field(default_factory=dict)
    updates: dict[int, dict[str, tuple[float, float]]] = field(default_factory=dict)
    steps: int = 3
    _recent: dict[Series, list[int]] = field(default_factory=dict)
    _parted: int | None = None

    def add(self, series: Series, first: Sample, second: Sample, is_different: bool) -> None:
        """Keeps what a pair of samples tells."""
        if series.kind in ("gradient", "weight", "update", LOSS):
            self._keep(series, first, second)
            if is_different and self._parted is None:
                self._parted = first.step
        if series.kind == "update":
            self.updates.setdefault(first.step, {})[series.name] = proportion(first.array, second.array)

    def _keep(self, series: Series, first: Sample, second: Sample) -> None:
        if first.step > self.steps:
            if self._parted is not None and first.step > self._parted:
                return
            recent = self._recent.setdefault(series, [])
            recent.append(first.step)
            if len(recent) > _RECENT_STEPS:
                self.arrays.pop((series.kind, series.name, recent.pop(0)))
        self.arrays[series.kind, series.name, first.step] = first.array, second.array


def proportion(first: npt.NDArray[Any], second: npt.NDArray[Any]) -> tuple[float, float]:
    """Returns the factor that makes ``first`` most like ``second``, and the relative size of what then differs."""
    a, b = first.astype(np.float64).ravel(), second.astype(np.float64).ravel()
    size = float(np.linalg.norm(b))
    if not a.any() or not size:
        return 0.0, float(a.any() or size > 0)
    factor = float(a @ b / (a @ a))
    return factor, float(np.linalg.norm(b - factor * a)) / size
