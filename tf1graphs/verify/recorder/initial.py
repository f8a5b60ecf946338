"""The variables' initial values: recorded from the first program, given to the second."""

from __future__ import annotations

from typing import Any, Mapping, Sequence

import numpy as np

from . import stream
from .matching import Described, match

Arrays = Mapping[int, np.ndarray]


def is_to_be_given(trainable: bool, array: np.ndarray) -> bool:
    """Whether a variable that starts as ``array`` gets the start of its counterpart.

    What is not trained and starts the same everywhere, as counters, moving averages and the slots of optimizers do,
    starts so for a reason of the program's own: an accumulator that starts at another number has other updates.
    """
    return trainable or bool(array.size and (array != array.flat[0]).any())


class Recorded:
    """Records the initial values of the program's own."""

    def __init__(self, events: stream.Stream) -> None:
        self._stream = events

    def values(self, described: Sequence[Described], arrays: Arrays) -> dict[int, np.ndarray]:
        """Records initial values; returns index -> value to set instead, which are none.

        Args:
            described: all variables that the program has so far.
            arrays: index in ``described`` -> the value that the program itself has given it just now.
        """
        for index, array in arrays.items():
            variable = described[index]
            self._stream.write(
                "variable",
                name=variable.name,
                trainable=variable.trainable,
                value=stream.encode(array, whole=variable.trainable),
            )
        return {}


class Followed(Recorded):
    """Gives the program the initial values of another one's recording, and records both.

    Args:
        events: the stream of this program.
        given: (``Described``, array or None) of each variable of the other program, in order.
    """

    def __init__(self, events: stream.Stream, given: Sequence[tuple[Described, Any]]) -> None:
        super().__init__(events)
        self._given = given
        self._taken: dict[str, int] = {}

    def values(self, described: Sequence[Described], arrays: Arrays) -> dict[int, np.ndarray]:
        """Records the program's own values; returns index -> value of the other program for those that match.

        An earlier variable that the new ones have pushed to another match is among them.
        """
        super().values(described, arrays)
        found = {}
        for index, given in match([variable for variable, _ in self._given], described).items():
            name = described[index].name
            value = self._given[given][1]
            own = arrays.get(index)
            if own is not None and not is_to_be_given(described[index].trainable, own):
                continue
            if value is not None and (index in arrays or self._taken.get(name, given) != given):
                self._taken[name] = given
                found[index] = value
        return found
