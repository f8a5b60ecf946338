"""What single training steps add to variables, and how much of a difference there rounding explains."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from tf1graphs.verify.recorder.run import FIRST_STEPS
from tf1graphs.verify.recording import Sample

# How far an update may be apart, in parts of itself, for each part that the gradient's element is apart.
_EXCUSE = 2.0


class Updates:
    """Makes of the variables' values before two steps in a row what the step has added to them."""

    def __init__(self) -> None:
        self._before: dict[str, tuple[Sample, Sample]] = {}
        self._doubt: dict[str, npt.NDArray[np.float64]] = {}

    def saw_gradient(self, name: str, first: Sample, second: Sample) -> None:
        """Notes how much of each element is rounding error.

        Of an element near zero that may be all, sign included, and Adam or RMSProp then make a full step of it.
        """
        a, b = first.array.astype(np.float64), second.array.astype(np.float64)
        with np.errstate(all="ignore"):
            doubt = np.nan_to_num(np.abs(a - b) / np.maximum(np.abs(a), np.abs(b)))
        self._doubt[name] = np.maximum(doubt, self._doubt.get(name, 0.0))

    def excused(self, name: str, first: Sample, second: Sample) -> npt.NDArray[np.float64] | float:
        """Returns how much of an update's difference the gradients' rounding errors explain."""
        doubt = self._doubt.get(name)
        if doubt is None or doubt.shape != first.array.shape:
            return 0.0
        excuse: npt.NDArray[np.float64] = doubt * _EXCUSE * np.maximum(np.abs(first.array), np.abs(second.array))
        return excuse

    def between(self, name: str, first: Sample, second: Sample) -> tuple[Sample, Sample, float] | None:
        """Takes the variable before a step; returns the updates of the step before, and the variable's magnitude."""
        before = self._before.get(name)
        self._before[name] = first, second
        # Programs with two optimizers train the variables of each in every other step.
        if before is None or not (before[0].step == first.step - 1 or first.step <= FIRST_STEPS):
            return None
        one, two = (
            Sample(old.at, old.step, new.array.astype(np.float64) - old.array)
            for old, new in zip(before, (first, second), strict=True)
        )
        return one, two, float(np.abs(first.array).max(initial=0.0))
