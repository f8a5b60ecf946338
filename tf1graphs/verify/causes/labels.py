"""Labels that are off by one."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from tf1graphs.verify.causes import _batches
from tf1graphs.verify.causes._seen import Explained, Seen
from tf1graphs.verify.recording import Batch


def _classes(batch: Batch) -> tuple[npt.NDArray[np.int64], int] | None:
    """Returns the class of each row and how many there are, of integers or one-hot rows."""
    array = batch.array
    if array.dtype.kind in "iu":
        return array.astype(np.int64), int(array.max(initial=0)) + 1
    if len(batch.shape) == 2 and batch.is_whole and set(np.unique(array)) <= {0, 1}:
        table = array.reshape(batch.shape)
        return table.argmax(axis=1).astype(np.int64), batch.shape[1]
    return None


def explain(what: Seen) -> Explained:
    """All labels of a batch differ by the same number of classes."""
    for first, second in _batches.other(what):
        a, b = _classes(first), _classes(second)
        if a is None or b is None or not a[0].size:
            continue
        apart = b[0] - a[0]
        count = max(a[1], b[1])
        shifts = set(apart.tolist()) if len(set(apart.tolist())) == 1 else set((apart % count).tolist())
        if len(shifts) == 1:
            shift = shifts.pop()
            shift = shift - count if shift > count // 2 else shift
            return 0.97, f"labels: all of step {what.step} are {shift:+d} in the second program"
    return None
