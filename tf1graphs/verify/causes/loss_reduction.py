"""The sum of the losses of a batch for their mean, or another factor."""

from __future__ import annotations

import math

from tf1graphs.verify.causes._seen import Explained, Seen
from tf1graphs.verify.evidence import proportion

_RESIDUE = 1e-3


def explain(what: Seen) -> Explained:
    """Loss and gradients of the second program are the same multiple of the first's."""
    losses = what.array("loss", "loss", what.step)
    if losses is None or not losses[0].any():
        return None
    factor = float(losses[1].ravel()[0] / losses[0].ravel()[0])
    found = [proportion(first, second) for _, first, second in what.gradients(what.step)]
    if not found or not factor or not math.isfinite(factor) or abs(factor - 1) < _RESIDUE:
        return None
    if any(rest > _RESIDUE or abs(of_gradient / factor - 1) > _RESIDUE for of_gradient, rest in found if of_gradient):
        return None
    return 0.96, f"loss reduction: loss and gradients are {factor:.4g} times as large{_why(what, factor)}"


def _why(what: Seen, factor: float) -> str:
    count = round(max(factor, 1 / factor)) if factor > 0 else 0
    shapes = [batch.shape for batch in what.comparison.first.batches.get(what.step, []) if batch.shape]
    if count > 1 and any(count in (shape[0], math.prod(shape)) for shape in shapes):
        return f" in the second program, and a batch has {count}: one takes the sum and the other the mean"
    return " in the second program"
