"""Other data."""

from __future__ import annotations

from tf1graphs.verify.causes import _batches, data_order, labels, scale
from tf1graphs.verify.causes._seen import Explained, Seen


def explain(what: Seen) -> Explained:
    """What is fed is neither equal nor explained by an order, a scale or shifted labels."""
    other = _batches.other(what)
    if not other or any(module.explain(what) for module in (data_order, labels, scale)):
        return None
    shapes = ", ".join(str(list(batch.shape)) for batch, _ in other)
    return 0.75, f"data: the programs are fed other numbers in step {what.step} (arrays of shape {shapes})"
