"""Names that stay apart when a program makes the same variables again."""

from __future__ import annotations

import collections


class Names:
    """Gives the first variable of a name the name itself, the second ``name#2``, and so on.

    A program that trains two networks one after the other makes ``W`` twice: in two graphs, by initializing one graph
    again, or as two TensorFlow 2 variables. All of these count alike.
    """

    def __init__(self) -> None:
        self._counts: collections.Counter[str] = collections.Counter()

    def new(self, name: str) -> str:
        """Returns the recorded name of another variable called ``name``."""
        self._counts[name] += 1
        return name if self._counts[name] == 1 else "%s#%d" % (name, self._counts[name])
