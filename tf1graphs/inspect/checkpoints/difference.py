"""Where two checkpoints differ."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from tf1graphs.inspect.reading.checkpoints import Checkpoint

# Wider copies are made of one piece at a time.
_PIECE = 1 << 20


@dataclass(frozen=True)
class TensorDifference:
    """A tensor of both checkpoints.

    Attributes:
        name: in both.
        shapes: the first one's shape and the second one's.
        dtypes: the first one's dtype and the second one's.
        absolute: the largest absolute difference of two values; infinite where one of them is not finite. None if the
            shapes differ, or for values that are no numbers.
        relative: the largest difference relative to the first one's value.
        differing: how many values differ; None if the shapes differ.
    """

    name: str
    shapes: tuple[tuple[int, ...], tuple[int, ...]]
    dtypes: tuple[str, str]
    absolute: float | None
    relative: float | None
    differing: int | None

    @property
    def is_different(self) -> bool:
        """Whether shapes, dtypes or values differ."""
        return self.differing != 0 or self.dtypes[0] != self.dtypes[1]


@dataclass(frozen=True)
class CheckpointDifference:
    """The names of tensors that one checkpoint alone has, and the tensors of both; all sorted by name."""

    first: str
    second: str
    only_first: tuple[str, ...]
    only_second: tuple[str, ...]
    tensors: tuple[TensorDifference, ...]

    @property
    def is_different(self) -> bool:
        """Whether anything differs."""
        return bool(self.only_first or self.only_second) or any(tensor.is_different for tensor in self.tensors)


def _is_numeric(array: np.ndarray) -> bool:
    # Those of ml_dtypes, such as bfloat16, are of the kind V.
    return array.dtype.kind in "biufcV" and np.can_cast(array.dtype, np.complex128)


def _differences(first: np.ndarray, second: np.ndarray) -> tuple[float, float, int]:
    """The largest absolute and relative difference of flat arrays, and the number of values that differ."""
    absolute, relative, differing = 0.0, 0.0, 0
    wide = np.complex128 if "c" in (first.dtype.kind, second.dtype.kind) else np.float64
    for start in range(0, first.size, _PIECE):
        a, b = (array[start : start + _PIECE].astype(wide) for array in (first, second))
        differs = (a != b) & ~(np.isnan(a) & np.isnan(b))
        a, b = a[differs], b[differs]
        with np.errstate(all="ignore"):
            apart = np.where(np.isfinite(a) & np.isfinite(b), np.abs(a - b), np.inf)
            ratio = np.where(np.isfinite(a) & (a != 0), apart / np.abs(a), np.inf)
        absolute, relative = apart.max(initial=absolute), ratio.max(initial=relative)
        differing += a.size
    return float(absolute), float(relative), differing


def _compare(name: str, first: Checkpoint, second: Checkpoint) -> TensorDifference:
    entry, other = first.entries[name], second.entries[name]
    shapes, dtypes = (entry.shape, other.shape), (entry.dtype, other.dtype)
    if entry.shape != other.shape:
        return TensorDifference(name, shapes, dtypes, None, None, None)
    a, b = first.read(name).reshape(-1), second.read(name).reshape(-1)
    if _is_numeric(a) and _is_numeric(b):
        return TensorDifference(name, shapes, dtypes, *_differences(a, b))
    return TensorDifference(name, shapes, dtypes, None, None, int(np.count_nonzero(a != b)))


def compare(
    first: Checkpoint, second: Checkpoint, advance: Callable[[int], None] | None = None
) -> CheckpointDifference:
    """Compares two checkpoints tensor by tensor, by name; one tensor of each is in memory at a time.

    Args:
        first: the reference.
        second: what is compared with it.
        advance: is told the bytes of each tensor of the first checkpoint that was compared.

    Raises:
        InvalidFile: one of them is damaged.
    """
    tensors = []
    for name in sorted(first.entries.keys() & second.entries.keys()):
        tensors.append(_compare(name, first, second))
        if advance:
            advance(first.entries[name].size)
    return CheckpointDifference(
        first=str(first.path),
        second=str(second.path),
        only_first=tuple(sorted(first.entries.keys() - second.entries.keys())),
        only_second=tuple(sorted(second.entries.keys() - first.entries.keys())),
        tensors=tuple(tensors),
    )
