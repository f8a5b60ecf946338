"""The same data in another order."""

from __future__ import annotations

import numpy as np

from tf1graphs.verify.causes import _batches
from tf1graphs.verify.causes._seen import Explained, Seen
from tf1graphs.verify.recording import Batch

# Few rows, such as labels, are in every batch.
_DISTINCT = 8


def explain(what: Seen) -> Explained:
    """Batches have the same rows elsewhere in them, or rows of the other program's other batches."""
    other = _batches.other(what)
    if not other:
        return None
    if all(_is_permuted(a, b) for a, b in other):
        whole = " against the rest of the batch" if len(other) < len(list(_batches.pairs(what))) else ""
        return 0.96, f"data order: the batch of step {what.step} has the same rows in another order{whole}"
    known = [batch for batches in what.comparison.first.batches.values() for batch in batches]
    of_shapes = [_batches.rows([batch for batch in known if batch.shape[1:] == b.shape[1:]]) for _, b in other]
    telling = [(b, rows) for (_, b), rows in zip(other, of_shapes, strict=True) if len(rows) >= _DISTINCT]
    if telling and all(_overlap(b, rows) for b, rows in telling):
        return 0.95, f"data order: the rows of step {what.step} are fed in other steps by the first program"
    return None


def _is_permuted(first: Batch, second: Batch) -> bool:
    if first.is_whole and first.shape:
        a, b = (batch.array.reshape(batch.shape[0], -1) for batch in (first, second))
        return bool(np.array_equal(a[np.lexsort(a.T)], b[np.lexsort(b.T)]))
    return bool(np.isclose(first.norm, second.norm, rtol=1e-9))


def _overlap(batch: Batch, rows: set[bytes]) -> bool:
    own = _batches.rows([batch])
    return bool(own) and len(own & rows) >= len(own) / 2
