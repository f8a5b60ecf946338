"""Batches of another size."""

from __future__ import annotations

from tf1graphs.verify.causes._seen import Explained, Seen


def explain(what: Seen) -> Explained:
    """Arrays of both programs agree in shape but for the number of rows."""
    firsts = what.comparison.first.batches.get(what.step, [])
    seconds = what.comparison.second.batches.get(what.step, [])
    for first in firsts:
        alike = [other.shape for other in seconds if other.shape[1:] == first.shape[1:] and other.shape]
        if alike and first.shape and first.shape not in alike:
            return 0.93, f"batch size {alike[0][0]} in the second program, {first.shape[0]} in the first"
    return None
