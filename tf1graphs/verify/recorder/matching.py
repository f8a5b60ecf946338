"""Which variable of one program is which of another: by name, else by order and shape."""

from __future__ import annotations

import collections
from typing import Callable, Hashable, Iterable, NamedTuple, Sequence


class Described(NamedTuple):
    """A variable as a recording knows it."""

    name: str
    shape: tuple[int, ...]
    trainable: bool


# What Keras, slim and people call the same part of a layer.
_ROLES = {"weights": "kernel", "W": "kernel", "w": "kernel", "biases": "bias", "b": "bias"}


def plain(name: str) -> str:
    """Returns a variable's name without the number of its output."""
    return name[:-2] if name.endswith(":0") else name


def _ends_with(name: str, other: str) -> bool:
    parts, end = plain(name).split("/"), plain(other).split("/")
    return parts[-len(end) :] == end


def _whole_name(variable: Described) -> Hashable:
    return plain(variable.name), tuple(variable.shape)


def _last_part(variable: Described) -> Hashable:
    return plain(variable.name).rpartition("/")[2], tuple(variable.shape)


def _grouped(
    variables: Sequence[Described], indexes: Iterable[int], key: Callable[[Described], Hashable]
) -> dict[Hashable, list[int]]:
    groups: dict[Hashable, list[int]] = collections.defaultdict(list)
    for index in indexes:
        groups[key(variables[index])].append(index)
    return groups


def _by_name(
    first: Sequence[Described],
    second: Sequence[Described],
    free: tuple[set[int], set[int]],
    key: Callable[[Described], Hashable],
) -> list[tuple[int, int]]:
    """Returns the pairs of which one name is the other's end and each has no other candidate on either side."""
    groups = _grouped(first, sorted(free[0]), key), _grouped(second, sorted(free[1]), key)
    candidates = [
        (i, j)
        for group, indexes in groups[0].items()
        for i in indexes
        for j in groups[1].get(group, ())
        if _ends_with(first[i].name, second[j].name) or _ends_with(second[j].name, first[i].name)
    ]
    times1 = collections.Counter(i for i, _ in candidates)
    times2 = collections.Counter(j for _, j in candidates)
    return [(i, j) for i, j in candidates if times1[i] == times2[j] == 1]


def _shape(variable: Described) -> Hashable:
    return tuple(variable.shape)


def _role(variable: Described) -> Hashable:
    part = plain(variable.name).rpartition("/")[2]
    return _ROLES.get(part, part), tuple(variable.shape)


def _trainable_groups(
    first: Sequence[Described],
    second: Sequence[Described],
    free: tuple[set[int], set[int]],
    key: Callable[[Described], Hashable],
) -> list[tuple[list[int], list[int]]]:
    trainable1 = [i for i in sorted(free[0]) if first[i].trainable]
    trainable2 = [j for j in sorted(free[1]) if second[j].trainable]
    groups = _grouped(first, trainable1, key), _grouped(second, trainable2, key)
    return [(indexes, groups[1].get(group, [])) for group, indexes in groups[0].items()]


def match(first: Sequence[Described], second: Sequence[Described]) -> dict[int, int]:
    """Returns which of ``second`` is which of ``first``: index in second -> index in first.

    Names that are equal win, then names of which one is the other within further scopes; what is left of the
    trainable ones is matched in order of creation: among those of one role in their layer, such as ``beta``, of which
    both have as many, then among those of the same shape. As variables of Keras's frozen layers could be trained, what
    is left of those in ``second`` is matched with what ``first`` does not train, if both have as many of one role.
    Shapes always agree.
    """
    free = set(range(len(first))), set(range(len(second)))
    found = {}

    def take(pairs: Iterable[tuple[int, int]]) -> None:
        for i, j in pairs:
            found[j] = i
            free[0].discard(i)
            free[1].discard(j)

    take(_by_name(first, second, free, _whole_name))
    take(_by_name(first, second, free, _last_part))
    for ones, others in _trainable_groups(first, second, free, _role):
        if len(ones) == len(others):
            take(zip(ones, others))
    for ones, others in _trainable_groups(first, second, free, _shape):
        take(zip(ones, others))
    frozen = _grouped(first, [i for i in sorted(free[0]) if not first[i].trainable], _role)
    left = _grouped(second, [j for j in sorted(free[1]) if second[j].trainable], _role)
    for group, indexes in frozen.items():
        if len(indexes) == len(left.get(group, [])):
            take(zip(indexes, left[group]))
    return found
