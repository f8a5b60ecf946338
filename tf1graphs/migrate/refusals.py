"""What cannot be migrated, said by line and name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Refusal:
    """A construct that keeps a program from being migrated.

    Attributes:
        line: its line in the old source, from 1.
        construct: its name, such as ``tf.contrib.tpu.rewrite``.
        reason: why it cannot be migrated.
        remedy: what to do instead.
    """

    line: int
    construct: str
    reason: str
    remedy: str


class Refused(Exception):
    """A program cannot be migrated to TensorFlow 2 as a whole."""

    def __init__(self, refusals: Sequence[Refusal]) -> None:
        super().__init__("; ".join(f"line {each.line}: {each.construct}: {each.reason}" for each in refusals))
        self.refusals = sorted(set(refusals))


def failed(error: Exception) -> Refused:
    """Returns the refusal of a file on which tf1graphs itself has failed."""
    reason = f"tf1graphs failed on it ({type(error).__name__}: {error})"
    return Refused([Refusal(1, "this file", reason, "report it as a bug of tf1graphs")])
