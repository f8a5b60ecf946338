"""Whether two programs, left alone, give their variables initial values of the same kind."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from tf1graphs.verify.recorder.initial import is_to_be_given
from tf1graphs.verify.recording import Overview

_STANDARD_ERRORS = 6.0
_SMALLEST = 64
_WRITTEN_DIGITS = 3
_SHAPE_OF_DISTRIBUTION = 0.25


def _describe(array: npt.NDArray[np.float64]) -> str:
    if array.size and (array == array.flat[0]).all():
        return f"all {array.flat[0]:g}"
    return f"mean {array.mean():.3g}, standard deviation {array.std():.3g}, largest {np.abs(array).max():.3g}"


def _is_constant(array: npt.NDArray[np.float64]) -> bool:
    """Whether an array was not drawn; a single number was not if it is one that people write, such as 0.1."""
    if array.size == 1:
        return bool(np.float32(array.flat[0]) == np.float32(f"{array.flat[0]:.{_WRITTEN_DIGITS}g}"))
    return bool((array == array.flat[0]).all())


def _differ(first: npt.NDArray[np.float64], second: npt.NDArray[np.float64]) -> bool:
    """Whether two arrays are not drawn from one distribution, beyond chance."""
    if first.size != second.size or not first.size or np.array_equal(first, second):
        return False
    if _is_constant(first) or _is_constant(second):
        return True
    if first.size < _SMALLEST:
        return False
    spread = max(first.std(), second.std())
    error = _STANDARD_ERRORS / np.sqrt(first.size)
    if abs(first.mean() - second.mean()) > 1.5 * error * spread:
        return True
    if abs(first.std() - second.std()) > error * spread:
        return True
    # Uniform, normal and truncated normal numbers of one deviation differ in their fourth moment.
    moments = [float(np.mean(((a - a.mean()) / a.std()) ** 4)) for a in (first, second)]
    return bool(abs(moments[0] - moments[1]) > max(4 * error, _SHAPE_OF_DISTRIBUTION) * max(moments))


def differences(first: Overview, second: Overview, pairs: dict[str, str]) -> dict[str, str]:
    """Returns variable -> how its initial values differ, for the variables that both programs have."""
    found = {}
    trainable = {variable.name for variable in second.variables if variable.trainable}
    for name, other in pairs.items():
        a, b = (np.asarray(values, np.float64) for values in (first.initial[name], second.initial[other]))
        if is_to_be_given(other in trainable, b) and _differ(a, b):
            found[name] = f"{_describe(a)}; in the second program {_describe(b)}"
    return found
