"""Inputs of another scale."""

from __future__ import annotations

from tf1graphs.verify.causes import _batches
from tf1graphs.verify.causes._seen import Explained, Seen
from tf1graphs.verify.evidence import proportion

_RESIDUE = 1e-5


def explain(what: Seen) -> Explained:
    """What is fed to one program is a multiple of what is fed to the other, or a multiple and a shift."""
    for first, second in _batches.other(what):
        if first.array.dtype.kind != "f" or second.array.dtype.kind != "f":
            continue
        factor, rest = proportion(first.array, second.array)
        if factor > 0 and rest < _RESIDUE:
            by = f"{factor:.4g} times as large" if factor > 1 else f"divided by {1 / factor:.4g}"
            return 0.97, f"scale of the inputs: what the second program is fed is {by}"
        centered = proportion(first.array - first.array.mean(), second.array - second.array.mean())
        if centered[0] > 0 and centered[1] < _RESIDUE:
            shift = float(second.array.mean() - centered[0] * first.array.mean())
            return 0.96, f"scale of the inputs: the second program is fed {centered[0]:.4g} x {shift:+.4g}"
    return None
