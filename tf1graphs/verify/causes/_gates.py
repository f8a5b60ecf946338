"""Whether the gradients of a cell's variables would agree if its gates were in another order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import permutations

import numpy as np
import numpy.typing as npt

from tf1graphs.verify.causes._seen import Seen, cosine

# How many gates the kernel of a cell has side by side.
_GATES = {"LSTM": 4, "GRU": 2}


@dataclass(frozen=True)
class Alike:
    """How alike the gradients are, from -1 to 1.

    Attributes:
        as_they_are: with the blocks where they are.
        reordered: with the second program's blocks in the best order.
        block: the first program's block of the largest gradients, counted from 1.
        counterpart: the second program's block that the best order puts there.
    """

    as_they_are: float
    reordered: float
    block: int
    counterpart: int


def _blocks(what: Seen, gates: int) -> Iterator[tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]]:
    """Yields the gradients of what may be a cell's variables, [gates, all else] in both programs."""
    for name, first, second in what.gradients(what.step):
        shape = what.shape(name)
        if _is_of_cell(name, gates) and shape and shape[-1] % gates == 0 and first.size == np.prod(shape):
            one, two = (np.moveaxis(a.reshape(-1, gates, shape[-1] // gates), 1, 0) for a in (first, second))
            yield one.reshape(gates, -1), two.reshape(gates, -1)


def _is_of_cell(name: str, gates: int) -> bool:
    if gates == _GATES["GRU"]:
        return "gates" in name
    return any(part in name.lower() for part in ("lstm", "kernel", "bias"))


def alike(what: Seen) -> Alike | None:
    """Compares the gradients of what may be a cell's variables, if one of the programs has a cell."""
    cells = {fact["name"] for facts in what.facts("cell") for fact in facts}
    gates = next((count for name, count in _GATES.items() if name in cells), None)
    blocks = list(_blocks(what, gates)) if gates else []
    if not gates or not blocks:
        return None
    first, second = (np.concatenate([pair[side] for pair in blocks], axis=1) for side in (0, 1))
    found = {order: cosine(first.ravel(), second[list(order)].ravel()) for order in permutations(range(gates))}
    best = max(found, key=lambda order: found[order])
    largest = int(np.argmax(np.linalg.norm(first, axis=1)))
    return Alike(found[tuple(range(gates))], found[best], largest + 1, best[largest] + 1)
