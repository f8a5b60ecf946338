"""Which tensors of a checkpoint are carried over, and under which names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tf1graphs.convert.carrying.rows import Row
from tf1graphs.convert.errors import CouldNotConvert
from tf1graphs.inspect.checkpoints.roles import BOOKKEEPING, SLOT, STATE
from tf1graphs.inspect.checkpoints.summary import roles_of
from tf1graphs.inspect.reading.checkpoints import Checkpoint

_OF_OPTIMIZERS = {SLOT, STATE}


@dataclass(frozen=True)
class Choice:
    """What a command line says of names. Patterns are Python's regular expressions, found anywhere in a name.

    Attributes:
        only: a tensor is carried over if one of these is found in its name; all are if there is none.
        without: a tensor is left out if one of these is found in its name.
        renames: what is found is replaced, one after the other, as by ``re.sub``.
        without_slots: optimizers' slots, moving averages and powers are left out.
    """

    only: Sequence[str] = ()
    without: Sequence[str] = ()
    renames: Sequence[tuple[str, str]] = ()
    without_slots: bool = False

    def takes(self, name: str) -> bool:
        """Whether the patterns take a tensor."""
        is_named = not self.only or any(re.search(pattern, name) for pattern in self.only)
        return is_named and not any(re.search(pattern, name) for pattern in self.without)

    def renamed(self, name: str) -> str:
        """The name under which it is carried over."""
        for pattern, replacement in self.renames:
            name = re.sub(pattern, replacement, name)
        return name


def checked(choice: Choice) -> Choice:
    """The choice, whose patterns are regular expressions.

    Raises:
        CouldNotConvert: one is none.
    """
    patterns = [*choice.only, *choice.without]
    try:
        for pattern in patterns:
            re.compile(pattern)
        for pattern, replacement in choice.renames:
            re.sub(pattern, replacement, "")
    except (re.error, IndexError) as error:
        raise CouldNotConvert(f"no regular expression: {error}") from None
    return choice


def rows_of(checkpoint: Checkpoint, choice: Choice) -> list[Row]:
    """A row for each tensor that ``choice`` takes, sorted by its new name.

    Raises:
        CouldNotConvert: nothing is taken, or two tensors would get one name.
    """
    left_out = {BOOKKEEPING} | (_OF_OPTIMIZERS if choice.without_slots else set())
    roles = roles_of(checkpoint)
    taken = [name for name in checkpoint.entries if choice.takes(name) and roles[name].name not in left_out]
    if not taken:
        raise CouldNotConvert(f"{checkpoint.path}: nothing is left of its {len(checkpoint.entries)} tensors")
    sources: dict[str, str] = {}
    for name in taken:
        target = choice.renamed(name)
        if target in sources:
            raise CouldNotConvert(f"{sources[target]} and {name} would both be called {target}")
        sources[target] = name
    return [Row((source,), (target,)) for target, source in sorted(sources.items())]
