"""How much two computations of the same thing may differ.

Rounding errors grow as training goes on, so the bound does: the first 10 steps within 1e-5, step 100 within 1 %.

Before the first update all is held to the bound of the first steps. After it arrays, and what is computed of each
variable, may differ ten times as much: Adam and RMSProp divide by gradients, so that the rounding errors of a few
elements whose gradients nearly vanish become a visible part of a step. A loss averages over them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tf1graphs.verify.recording import Sample

_FIRST_STEPS = 10
_GROWTH = 3  # from 1e-5 at step 10 to 1e-2 at step 100
_LARGEST = 1e-2
_AMPLIFIED = 10
_FLOAT32 = float(np.finfo(np.float32).eps)


@dataclass(frozen=True)
class Tolerance:
    """Bounds on differences.

    Attributes:
        rtol: relative, in the first 10 steps.
        atol: what is added to it.
    """

    rtol: float = 1e-5
    atol: float = 1e-7

    def relative(self, step: int, amplified: int = 1) -> float:
        """Returns the relative bound after ``step`` training steps, ``amplified`` so many times."""
        grown = amplified * self.rtol * max(1.0, step / _FIRST_STEPS) ** _GROWTH
        return min(grown, max(_LARGEST, self.rtol))


@dataclass(frozen=True)
class Difference:
    """How far two samples are apart.

    Attributes:
        absolute: the largest difference of two elements.
        relative: the same relative to the largest element, or the norm of the difference to that of the reference;
            not a number where one side alone is not.
        is_too_large: whether the two are different.
    """

    absolute: float
    relative: float
    is_too_large: bool


def _apart(first: Sample, second: Sample) -> npt.NDArray[np.float64]:
    """Returns the difference of each element, beyond what rounding a printed number to its last place makes of it."""
    a, b = first.array.astype(np.complex128), second.array.astype(np.complex128)
    same = (a == b) | (np.isnan(a) & np.isnan(b))
    with np.errstate(invalid="ignore"):
        apart = np.where(same, 0.0, np.abs(a - b))
    if first.unit is None or second.unit is None:
        return apart
    beyond: npt.NDArray[np.float64] = np.maximum(apart - 1.01 * np.maximum(first.unit, second.unit), 0.0)
    return beyond


def _magnitudes(sample: Sample) -> npt.NDArray[np.float64]:
    """Returns what the rounding errors of each element are relative to: the largest element.

    A whole number in a printed line, such as a step, is no measure for the others, nor they for it.
    """
    own = np.where(np.isfinite(sample.array), np.abs(sample.array), 0.0)
    whole = np.zeros(own.shape, bool) if sample.unit is None else sample.unit == 0
    return np.where(whole, own, own[~whole].max(initial=0.0))


def difference(first: Sample, second: Sample, tolerance: Tolerance, step: int | None = None) -> Difference:
    """Compares two samples of the same shape, element by element.

    Args:
        first: the reference.
        second: what is compared with it.
        tolerance: the bounds.
        step: how many training steps may have had a part in it, by default those of the samples.
    """
    step = max(first.step, second.step) if step is None else step
    apart, magnitudes = _apart(first, second), _magnitudes(first)
    is_amplified = step > 1 and first.unit is None and first.array.size > 1
    allowed = tolerance.atol + tolerance.relative(step, _AMPLIFIED if is_amplified else 1) * magnitudes
    absolute, largest = float(apart.max(initial=0.0)), float(magnitudes.max(initial=0.0))
    relative = absolute / largest if largest else float(absolute > 0)
    return Difference(absolute, relative, not (apart <= allowed).all())


def difference_of_variables(
    first: Sample,
    second: Sample,
    tolerance: Tolerance,
    *,
    is_updated: bool,
    rounding: float = 0.0,
    excused: npt.NDArray[np.float64] | float = 0.0,
) -> Difference:
    """Compares what two programs computed of a variable by the norms of the samples.

    Args:
        first: the reference.
        second: what is compared with it.
        tolerance: the bounds.
        is_updated: whether optimizers have had a part in it.
        rounding: the magnitude of float32 numbers of which these are differences.
        excused: what of each element's difference is explained otherwise.
    """
    apart = np.maximum(_apart(first, second) - excused, 0.0)
    finite = np.where(np.isfinite(first.array), np.abs(first.array), 0.0)
    norm, size = float(np.linalg.norm(finite)), apart.size**0.5
    relative = tolerance.relative(max(first.step, second.step), amplified=_AMPLIFIED if is_updated else 1)
    allowed = relative * norm + size * (tolerance.atol + 4 * _FLOAT32 * rounding)
    with np.errstate(invalid="ignore"):
        distance = float(np.linalg.norm(apart))
    return Difference(
        float(apart.max(initial=0.0)),
        distance / norm if norm else float(distance > 0),
        not distance <= allowed or not _norms_agree(first, second, relative, tolerance.atol),
    )


def _norms_agree(first: Sample, second: Sample, relative: float, atol: float) -> bool:
    """Whether the norms of all elements agree, where only some elements have been kept."""
    if first.norm is None or second.norm is None:
        return True
    size = (first.every * first.array.size) ** 0.5
    return bool(np.isclose(second.norm, first.norm, rtol=relative, atol=size * atol, equal_nan=True))
