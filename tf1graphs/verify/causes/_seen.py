"""What causes look at: where the programs part, what they said of themselves, and arrays of the first steps."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from tf1graphs.verify.comparison import Comparison
from tf1graphs.verify.recording import LOSS, Overview

Explained = tuple[float, str] | None
Pair = tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]

# Settings that mean nothing: what is off, and what was read as the program ran.
_OFF = (None, "computed")


class Seen:
    """A comparison, prepared for those who explain it.

    Attributes:
        comparison: all of it.
        step: the training step at which the programs part; 1 where that is not known.
    """

    def __init__(self, comparison: Comparison) -> None:
        self.comparison = comparison
        self.step = comparison.parted or 1

    def _parts(self, kind: str) -> bool:
        return any(
            q.is_different and q.series.kind == kind and q.at_step == self.step for q in self.comparison.quantities
        )

    @cached_property
    def in_loss(self) -> bool:
        """Whether the first thing to differ is a loss: so the model, its data or the loss is another."""
        return self._parts(LOSS)

    @cached_property
    def in_gradient(self) -> bool:
        """Whether gradients differ where the loss does not yet."""
        return not self.in_loss and self._parts("gradient")

    @cached_property
    def in_update(self) -> bool:
        """Whether updates differ where losses and gradients do not yet: so the optimizer is another."""
        return not self.in_loss and not self.in_gradient and self._parts("update")

    @cached_property
    def outside_training(self) -> bool:
        """Whether all steps are the same, and only what is computed beside them differs."""
        kinds = {q.series.kind for q in self.comparison.quantities if q.is_different}
        return not kinds & {LOSS, "gradient", "update", "weight"}

    def facts(self, topic: str) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        """Returns what each program uses of a topic: its settings, and its ``name``."""
        return _facts(self.comparison.first, topic), _facts(self.comparison.second, topic)

    def settings(self, topic: str, setting: str) -> tuple[list[Any], list[Any]]:
        """Returns the values that each program gives a setting, sorted, without those that say nothing."""
        first, second = ({fact.get(setting) for fact in facts} - set(_OFF) for facts in self.facts(topic))
        return sorted(first, key=str), sorted(second, key=str)

    def other_setting(self, topic: str, setting: str) -> str | None:
        """Returns in words how a setting differs that both programs give; None if it does not."""
        first, second = self.settings(topic, setting)
        if not first or not second or first == second:
            return None
        return f"{words(second)} in the second program, {words(first)} in the first"

    def gradients(self, step: int = 1) -> Iterator[tuple[str, npt.NDArray[np.float64], npt.NDArray[np.float64]]]:
        """Yields (variable, gradient in the first, gradient in the second) of a step."""
        yield from self._arrays("gradient", step)

    def updates(self, step: int) -> Iterator[tuple[str, npt.NDArray[np.float64], npt.NDArray[np.float64]]]:
        """Yields (variable, what a step added to it in the first, and in the second)."""
        yield from self._arrays("update", step)

    def array(self, kind: str, name: str, step: int) -> Pair | None:
        """Returns the arrays of one quantity in both programs."""
        found = self.comparison.evidence.arrays.get((kind, name, step))
        return None if found is None else (found[0].astype(np.float64), found[1].astype(np.float64))

    def shape(self, variable: str) -> tuple[int, ...]:
        """Returns the shape of a variable of the first program."""
        return next((tuple(v.shape) for v in self.comparison.first.variables if v.name == variable), ())

    def _arrays(self, kind: str, step: int) -> Iterator[tuple[str, npt.NDArray[np.float64], npt.NDArray[np.float64]]]:
        for (of_kind, name, at), (first, second) in self.comparison.evidence.arrays.items():
            if of_kind == kind and at == step and first.size:
                yield name, first.astype(np.float64), second.astype(np.float64)

    def common_factor(self, step: int) -> float | None:
        """Returns how many times as large all of the second program's updates of a step are; None if that varies."""
        found = [pair for pair in self.comparison.evidence.updates.get(step, {}).values() if pair[0]]
        if not found or any(rest > _RESIDUE for _, rest in found):
            return None
        factors = [factor for factor, _ in found]
        return factors[0] if np.allclose(factors, factors[0], rtol=_RESIDUE) else None


# An update is a difference of float32 numbers, exact to a few parts in a thousand where it is small.
_RESIDUE = 5e-3


def _facts(program: Overview, topic: str) -> list[dict[str, Any]]:
    return [{"name": fact["name"], **fact["settings"]} for fact in program.facts if fact["topic"] == topic]


def words(values: list[Any]) -> str:
    """Returns settings as text."""
    return " and ".join(f"{value:g}" if isinstance(value, float) else str(value) for value in values) or "none"


def cosine(a: npt.NDArray[np.float64], b: npt.NDArray[np.float64]) -> float:
    """Returns how alike two arrays are, from -1 to 1, whatever their sizes."""
    size = float(np.linalg.norm(a) * np.linalg.norm(b))
    return float(np.vdot(a, b) / size) if size else 0.0
