"""Weight decay that is missing, or has another strength."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from tf1graphs.verify.causes._seen import Explained, Seen

_RESIDUE = 1e-2
_SMALLEST = 1e-9


def explain(what: Seen) -> Explained:
    """Gradients differ by a multiple of the variable itself, or of its signs."""
    found = []
    for name, first, second in what.gradients(what.step):
        variable = what.array("weight", name, what.step)
        if variable is None or first.size < 2 or np.allclose(first, second, rtol=1e-4, atol=1e-7):
            continue
        for norm, direction in (("L2", variable[0]), ("L1", np.sign(variable[0]))):
            factor = _factor(second - first, direction.ravel())
            if factor is not None:
                found.append(f"{name}: {norm} {abs(factor):.3g} {'more' if factor > 0 else 'less'}")
    if not found:
        return None
    return 0.97, (
        f"regularizer: gradients of the second program differ by a multiple of the variable ({'; '.join(found)})"
    )


def _factor(apart: npt.NDArray[np.float64], direction: npt.NDArray[np.float64]) -> float | None:
    if not direction.any():
        return None
    factor = float(apart.ravel() @ direction / (direction @ direction))
    rest = float(np.linalg.norm(apart.ravel() - factor * direction))
    is_multiple = rest <= _RESIDUE * float(np.linalg.norm(apart)) and abs(factor) > _SMALLEST
    return factor if is_multiple else None
