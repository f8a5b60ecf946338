"""Momentum and the decay rates of running means."""

from __future__ import annotations

import numpy as np

from tf1graphs.verify.causes import _settings
from tf1graphs.verify.causes._seen import Explained, Seen

_CALLED = {
    "momentum": "momentum",
    "nesterov": "Nesterov momentum",
    "beta_1": "beta1",
    "beta_2": "beta2",
    "rho": "decay of the mean square",
    "centered": "centered",
}
_EXACT = 1e-2


def explain(what: Seen) -> Explained:
    """Settings differ, or the second step goes further in the direction of the first."""
    return _settings.explain(what, (), _CALLED) or _measured(what)


def _measured(what: Seen) -> Explained:
    """Finds how much of the update before an update repeats, beside its own gradient."""
    if not what.in_update or what.step < 2:
        return None
    first, second = (_repeated(what, side) for side in (0, 1))
    if first is None or second is None or abs(first[0] - second[0]) < _EXACT:
        return None
    of_programs = f"{round(second[0], 3):g} in the second program, {round(first[0], 3):g} in the first"
    if what.step == 2:
        return 0.85, f"momentum {of_programs}, as their updates show"
    if abs(first[1] - second[1]) > _EXACT * abs(first[1]):
        return None
    return 0.85, (
        f"momentum: of the update before, step {what.step} repeats {of_programs}, and the gradient counts the same: "
        "TensorFlow 1 multiplies the velocity by the learning rate of the step, Keras what is added to it"
    )


def _repeated(what: Seen, side: int) -> tuple[float, float] | None:
    """Returns how much of the update before and of the gradient makes an update; None if that does not explain it."""
    rows, targets = [], []
    for name, *updates in what.updates(what.step):
        before, gradient = what.array("update", name, what.step - 1), what.array("gradient", name, what.step)
        if before is None or gradient is None:
            continue
        rows.append(np.stack([before[side].ravel(), gradient[side].ravel()], axis=1))
        targets.append(updates[side].ravel())
    if not rows:
        return None
    all_rows, all_targets = np.concatenate(rows), np.concatenate(targets)
    if not (np.isfinite(all_rows).all() and np.isfinite(all_targets).all()):
        return None
    factors, *_ = np.linalg.lstsq(all_rows, all_targets, rcond=None)
    rest = float(np.linalg.norm(all_rows @ factors - all_targets))
    return (float(factors[0]), float(factors[1])) if rest <= _EXACT * float(np.linalg.norm(all_targets)) else None
