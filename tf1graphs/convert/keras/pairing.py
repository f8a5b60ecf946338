"""Pairs what can be one, in stages: by name, by shape, by order. A pair is made only if its stage knows no other."""

from __future__ import annotations

from collections.abc import Sequence

from tf1graphs.convert.carrying.rows import Row
from tf1graphs.convert.keras.names import number_in
from tf1graphs.convert.keras.report import Match

Pair = tuple[str, str]


def _place(name: str, creation: Sequence[str]) -> int | None:
    """Where a variable, or the first one of a scope, stands in the order of creation."""
    return next((place for place, each in enumerate(creation) if f"{each}/".startswith(f"{name}/")), None)


def _by_numbers(names: Sequence[str]) -> list[str] | None:
    """Names that differ in one number alone, as ``dense``, ``dense_1``, ``dense_2``, by that number."""
    split = [[number_in(part) for part in name.split("/")] for name in names]
    if len({tuple(base for base, _ in parts) for parts in split}) > 1:
        return None
    numbers = [[number or 0 for _, number in parts] for parts in split]
    if sum(len(set(column)) > 1 for column in zip(*numbers, strict=True)) != 1:
        return None
    return [name for _, name in sorted(zip(numbers, names, strict=True))]


def in_order(names: Sequence[str], creation: Sequence[str] | None) -> list[str] | None:
    """Names of variables or scopes as they were created, None if that is not known.

    ``creation`` is the order of all variables, which a meta graph has; without it the names' numbers tell.
    """
    if creation is None:
        return _by_numbers(names)
    places = {name: _place(name, creation) for name in names}
    if None in places.values():
        return None
    return sorted(names, key=lambda name: places[name] or 0)


class Pairing:
    """The pairs that were made of those that are possible.

    ``possible`` has the rows by target and source; targets are in the order of the model. Each tensor gets one place:
    a row is open as long as none of its tensors, on either side, is in a match.
    """

    def __init__(self, possible: dict[Pair, Row]) -> None:
        self._possible = possible
        self.matches: list[Match] = []

    def _open(self) -> list[Pair]:
        sources = {name for match in self.matches for name in match.row.sources}
        targets = {path for match in self.matches for path in match.row.targets}
        return [
            pair
            for pair, row in self._possible.items()
            if not sources.intersection(row.sources) and not targets.intersection(row.targets)
        ]

    def _make(self, pair: Pair, how: str) -> None:
        self.matches.append(Match(self._possible[pair], how))

    def by_name(self, scores: dict[Pair, int]) -> None:
        """Pairs of a score above zero, the highest first, where neither side has another pair of that score."""
        for score in sorted(set(scores.values()) - {0}, reverse=True):
            pairs = [pair for pair in self._open() if scores.get(pair) == score]
            targets, sources = [target for target, _ in pairs], [source for _, source in pairs]
            for pair in pairs:
                if targets.count(pair[0]) == sources.count(pair[1]) == 1:
                    self._make(pair, "name")

    def by_shape(self, creation: Sequence[str] | None) -> None:
        """Pairs without another on either side; and as many targets as sources, if their order is known."""
        choices: dict[str, list[str]] = {}
        for target, source in self._open():
            choices.setdefault(target, []).append(source)
        for sources in {tuple(each): None for each in choices.values()}:
            targets = [target for target, each in choices.items() if set(each) & set(sources)]
            if any(choices[target] != list(sources) for target in targets) or len(targets) != len(sources):
                continue
            ordered = in_order(sources, creation) if len(sources) > 1 else list(sources)
            for pair in zip(targets, ordered or (), strict=False):
                self._make(pair, "order" if len(sources) > 1 else "shape")
