"""How what the programs are fed differs."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from tf1graphs.verify.causes._seen import Seen
from tf1graphs.verify.recording import Batch


def pairs(what: Seen) -> Iterator[tuple[Batch, Batch]]:
    """Yields the arrays that the programs are fed in the step in which they part, equal ones with each other.

    Others go by shape, the last first: before it trains, a program may have been fed something to test.
    """
    free = [program.batches.get(what.step, []) for program in (what.comparison.first, what.comparison.second)]
    first, second = (list(reversed(batches)) for batches in free)
    for agree in (_are_equal, _have_one_shape):
        for batch in list(first):
            other = next((other for other in second if agree(batch, other)), None)
            if other is not None:
                first = [one for one in first if one is not batch]
                second = [one for one in second if one is not other]
                yield batch, other


def other(what: Seen) -> list[tuple[Batch, Batch]]:
    """Returns those that are not equal."""
    return [(a, b) for a, b in pairs(what) if not _are_equal(a, b)]


def _have_one_shape(first: Batch, second: Batch) -> bool:
    return first.shape == second.shape and first.array.shape == second.array.shape


def _are_equal(first: Batch, second: Batch) -> bool:
    return _have_one_shape(first, second) and bool(np.allclose(first.array, second.array, rtol=1e-6, atol=1e-9))


def rows(batches: list[Batch]) -> set[bytes]:
    """Returns the distinct rows of arrays."""
    return {
        row.tobytes()
        for batch in batches
        if batch.is_whole and batch.shape
        for row in batch.array.astype(np.float32).reshape(batch.shape[0], -1)
    }
