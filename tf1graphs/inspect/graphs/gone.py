"""Ops of a graph that today's TensorFlow does not have."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tf1graphs.inspect.graphs.ops import known_ops


@dataclass(frozen=True)
class GoneOp:
    """An op that TensorFlow 2.16 to 2.21 lack.

    Attributes:
        op: its name.
        count: how many operations of the graph and its functions are of this type.
        library: what had it in TensorFlow 1.15; ``"unknown"`` if neither 1.15 nor today's TensorFlow knows it, as of
            an op that was compiled for a program.
    """

    op: str
    count: int
    library: str


def gone_ops(counts: Mapping[str, int], functions: Iterable[str]) -> tuple[GoneOp, ...]:
    """Those of the counted ops that are gone or unknown; names of ``functions`` are ops of the graph itself."""
    own = set(functions)
    known = known_ops()
    missing = {op: known[op].library if op in known else "unknown" for op in counts if op not in own}
    return tuple(GoneOp(op, counts[op], library) for op, library in sorted(missing.items()) if library)
