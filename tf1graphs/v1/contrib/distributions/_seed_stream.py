"""Seeds that differ, from one."""

from __future__ import annotations

import hashlib
from typing import Any


class SeedStream:
    """Gives another seed at each call, or always None where it was given None.

    Args:
        seed: An integer, another stream whose seed is taken, or None.
        salt: A text, so that streams of the same seed differ.
    """

    def __init__(self, seed: Any, salt: str) -> None:
        self._seed = seed.original_seed if isinstance(seed, SeedStream) else seed
        self._salt = salt
        self._counter = 0

    def __call__(self) -> int | None:
        """Returns the next seed."""
        self._counter += 1
        if self._seed is None:
            return None
        text = str((self._seed, self._counter, self._salt))
        return int(hashlib.sha512(text.encode()).hexdigest(), 16)

    @property
    def original_seed(self) -> Any:
        """What it was given."""
        return self._seed

    @property
    def salt(self) -> str:
        """What it was given to differ by."""
        return self._salt
